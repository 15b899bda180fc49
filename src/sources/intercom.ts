import { intercomAccount } from './intercom/account.ts'
import { deletedConversations } from './intercom/deleted.ts'
import { type IntercomMapping, intercomKinds } from './intercom/mapping.ts'
import { CONVERSED, contacts, conversations } from './intercom/search.ts'
import type { Source } from './source.ts'
import { vendorSource } from './vendor/source.ts'
import { TICKET_KINDS } from './vendor/ticket-kinds.ts'
import type { VendorEnvironment } from './vendor/vendor.ts'

/** An Intercom workspace: contacts as customers, conversations as events, what customers wrote and rated as voices. */
export function intercomSource(mapping: IntercomMapping, environment: VendorEnvironment): Source {
  const now = () => Math.floor(environment.now().getTime() / 1000)
  const since = mapping.since === undefined ? 0 : Date.parse(mapping.since) / 1000
  return vendorSource(
    {
      mapping,
      kinds: intercomKinds(mapping),
      optional: TICKET_KINDS,
      streams: [contacts(since, now), conversations(since, now), deletedConversations(CONVERSED, now)],
      account: () => intercomAccount(mapping, environment.variables),
      // A page of each stream tells it all: whatever is mapped comes with the row.
      examine: async () => [],
    },
    environment,
  )
}
