import { at, isObject } from './cells.ts'
import type { Source } from './source.ts'
import type { Ask } from './vendor/account.ts'
import { vendorSource } from './vendor/source.ts'
import { TICKET_KINDS } from './vendor/ticket-kinds.ts'
import type { VendorEnvironment } from './vendor/vendor.ts'
import { zendeskAccount } from './zendesk/account.ts'
import { comments } from './zendesk/comments.ts'
import { tickets, users } from './zendesk/exports.ts'
import { type ZendeskMapping, zendeskKinds } from './zendesk/mapping.ts'
import { ratings, surveys } from './zendesk/ratings.ts'

/** Exports end a minute ago, and refuse to begin later. */
const LAG_SECONDS = 120

/** A Zendesk account: users as customers, tickets as events, what customers wrote and rated as voices. */
export function zendeskSource(mapping: ZendeskMapping, environment: VendorEnvironment): Source {
  const recent = () => Math.floor(environment.now().getTime() / 1000) - LAG_SECONDS
  const since = Math.min(mapping.since === undefined ? 0 : Date.parse(mapping.since) / 1000, recent())
  return vendorSource(
    {
      mapping,
      kinds: zendeskKinds(mapping),
      optional: TICKET_KINDS,
      // Tickets come after what was said in them, so that a deleted one takes it along.
      streams: [
        users(since),
        comments(since, recent),
        ratings(since, environment.now),
        surveys(since, environment.now),
        tickets(since),
      ],
      account: () => zendeskAccount(mapping, environment.variables),
      examine: (ask) => examine(mapping, ask),
    },
    environment,
  )
}

async function examine(mapping: ZendeskMapping, ask: Ask): Promise<string[]> {
  const me = await ask({ path: '/api/v2/users/me.json' })
  const role = isObject(me) ? String(at(me, 'user.role')) : ''
  // A wrong token is answered as a visitor who may see nothing.
  if (role !== 'admin') {
    return [
      `Zendesk takes ${mapping.email} with ${mapping.token} for "${role}", but only admins may export; use an admin's e-mail and a token that holds, and allow token access`,
    ]
  }
  return []
}
