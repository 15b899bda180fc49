import type { PoolClient } from 'pg'
import { withoutErased } from './erased.ts'
import { lockCustomers, resolveIdentities } from './identity.ts'
import { writeCustomers } from './ingest-customers.ts'
import { writeEvents, writeFeedback } from './ingest-events.ts'
import { noteLinks } from './links.ts'
import type { Ingested, Sourced } from './rows.ts'

/**
 * Writes one batch of records; the same records again change no row. Customers are found by their identity keys
 * and created when none of the keys is known, also for events whose customer row has not come yet.
 * Two whom one record names are noted, to be merged (merges.ts). Rows of people who were erased are left out. `now` is since when an attribute without a date of its own is known. Must run inside a transaction of `client`.
 */
export async function ingest(
  client: PoolClient,
  embedded: boolean,
  given: readonly Sourced[],
  now: Date,
): Promise<Ingested> {
  const rows = await withoutErased(client, given)
  const described = rows.flatMap(({ source, record }) =>
    record.type === 'customer' ? [{ source, record }] : [],
  )
  const customers = described.map(({ record }) => record)
  const events = rows.flatMap(({ source, record }) => (record.type === 'event' ? [{ source, record }] : []))
  const feedback = rows.flatMap(({ source, record }) =>
    record.type === 'feedback' ? [{ source, record }] : [],
  )
  const who = await resolveIdentities(client, embedded, [
    ...customers.map((record) => record.keys),
    ...events.map(({ record }) => [record.customer]),
    ...feedback.flatMap(({ record }) => (record.customer === undefined ? [] : [[record.customer]])),
  ])
  // A field kept from another source is read before it is written back: two at once would lose one of them, or deadlock.
  if (customers.length > 0 && !embedded) await lockCustomers(client)
  const linked = who.links.map((link) => ({ ...link, source: described[link.group]!.source }))
  await noteLinks(client, linked, now)
  const counts = [
    await writeCustomers(client, embedded, customers, who, now),
    await writeEvents(client, embedded, events, who),
    await writeFeedback(client, embedded, feedback, who, now),
  ]
  return counts.reduce((sum, each) => ({
    created: sum.created + each.created,
    changed: sum.changed + each.changed,
    unchanged: sum.unchanged + each.unchanged,
  }))
}
