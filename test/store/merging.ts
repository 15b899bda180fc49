import type { CustomerKey, SourceRecord } from '../../src/records/record.ts'
import type { TestPlace } from '../places.ts'
import { batchOf, NOON, openTestStore } from './samples.ts'

/** Two systems that know the same customers: how they are named, linked, merged and split, and what is then kept of them. */

export const crm = (value: string): CustomerKey => ({ kind: 'crm', value })
export const app = (value: string): CustomerKey => ({ kind: 'app', value })

export async function openMerging(where: TestPlace) {
  const { database, store } = await openTestStore(where)
  const ask = async (sql: string) => (await database.pool.query({ text: sql, rowMode: 'array' })).rows
  return {
    ...{ database, store, ask },
    ingest: (records: readonly SourceRecord[]) => store.sources.store('shop', batchOf(records), NOON),
    joinLinked: () => store.transaction(({ merges }) => merges.joinLinked(NOON)),
    split: (id: string) => store.transaction(({ merges }) => merges.split(id, 'max', NOON)),
    rejoin: (id: string) => store.transaction(({ merges }) => merges.rejoin(id, 'max', NOON)),
    /** Everything that says whose something is, and what is known of them. */
    whole: async () => ({
      customers: await ask('SELECT to_jsonb(c) - $$xid$$ FROM customer c ORDER BY no'),
      attributes: await ask(
        'SELECT customer, name, value, valid_from FROM customer_attribute ORDER BY 1, 2, 4',
      ),
      keys: await ask('SELECT kind, value, customer, part FROM customer_key ORDER BY 1, 2'),
      events: await ask('SELECT id, customer, part FROM event ORDER BY id'),
      voices: await ask('SELECT id, customer, part FROM feedback ORDER BY id'),
      cases: await ask('SELECT no, customer FROM alert ORDER BY no'),
      parts: await ask('SELECT id FROM customer_part UNION ALL SELECT customer FROM part_attribute'),
    }),
  }
}

export type Merging = Awaited<ReturnType<typeof openMerging>>
