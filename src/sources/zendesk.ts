import { at, isObject } from './cells.ts'
import { mappedColumns } from './row.ts'
import type { Source } from './source.ts'
import type { Ask } from './vendor/ask.ts'
import { listIn } from './vendor/list.ts'
import { type VendorEnvironment, vendorSource } from './vendor/source.ts'
import { zendeskAccount } from './zendesk/account.ts'
import { comments } from './zendesk/comments.ts'
import { tickets, users } from './zendesk/exports.ts'
import { type ZendeskMapping, zendeskKinds } from './zendesk/mapping.ts'
import { ratings } from './zendesk/ratings.ts'
import { commentRows, type Raw, ticketRow } from './zendesk/rows.ts'

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
      // Tickets come after what was said in them, so that a deleted one takes it along.
      feeds: [users(since), comments(since, recent), ratings(since, environment.now), tickets(since)],
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
  const one = { 'page[size]': 1 }
  const [user] = listIn(await ask({ path: '/api/v2/users.json?role=end-user', query: one }), 'users')
  const [ticket] = listIn(await ask({ path: '/api/v2/tickets.json', query: one }), 'tickets')
  const seen: Record<string, Raw | null> = {
    users: user ?? null,
    opened: ticket === undefined ? null : ticketRow(ticket, null),
    resolved: ticket === undefined ? null : ticketRow(ticket, null),
    comments: commentRows(COMMENTED, new Set())[0]!,
    ratings: null,
  }
  return Object.entries(zendeskKinds(mapping)).flatMap(([kind, meaning]) => {
    const row = seen[kind] ?? null
    const unseen =
      row === null ? [] : mappedColumns(meaning).filter((column) => at(row, column) === undefined)
    return unseen.map((column) => `Zendesk's ${kind} have no "${column}"`)
  })
}

/** What a comment's row holds is ours to say. */
const COMMENTED = {
  timestamp: 1,
  child_events: [{ event_type: 'Comment', id: 1, author_id: 1, body: '.' }],
  ticket_id: 1,
}
