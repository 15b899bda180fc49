import fc from 'fast-check'
import { expect, it } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import type { SourceRecord } from '../../src/records/record.ts'
import { openTimeline } from '../../src/timeline/timeline.ts'
import { smallProfile } from '../features/small-profile.ts'
import { emptyTables, places } from '../places.ts'
import {
  batchOf,
  customerRecord,
  eventRecord,
  feedbackRecord,
  NOON,
  openTestStore,
} from '../store/samples.ts'
import { plain } from './plain.ts'

const list = featureList(smallProfile({ aggregates: [{ name: 'visits', fn: 'count', kind: 'visit' }] }))
const KEYS = ['K1', 'K2', 'K3', 'K4', 'K5']
/** Few ids, so that the same event comes again. */
const IDS = [
  ...Array.from({ length: 30 }, (_, id) => `s:${id}`),
  ...Array.from({ length: 9 }, (_, id) => `s:f${id}`),
]
const key = fc.constantFrom(...KEYS)
const at = fc.integer({ min: 1, max: 40 }).map((day) => new Date(Date.UTC(2026, 3, day)))

/** An event that was there before is corrected so, moved to another day or to somebody else. */
const record: fc.Arbitrary<SourceRecord> = fc.oneof(
  fc
    .record({ id: fc.nat(29), key, at, kind: fc.constantFrom('visit', 'order'), quantity: fc.nat(3) })
    .map(({ id, key: owner, ...more }) => eventRecord(IDS[id]!, owner, more)),
  fc
    .record({ id: fc.integer({ min: 30, max: 38 }), key: fc.option(key), at, rating: fc.nat(9) })
    .map(({ id, key: owner, ...more }) =>
      feedbackRecord(IDS[id]!, {
        ...more,
        ...(owner === null ? {} : { customer: { kind: 'crm', value: owner } }),
      }),
    ),
  fc.record({ key, name: fc.constantFrom('Li', '王芳') }).map((one) => customerRecord(one.key, one)),
)

/** One batch after the other; then these rows are no longer in their file; then the timeline is brought up to date. */
const step = fc.record({
  batches: fc.array(fc.array(record, { minLength: 8, maxLength: 12 }), { minLength: 1, maxLength: 2 }),
  gone: fc.array(fc.constantFrom(...IDS), { maxLength: 2 }),
})

it.each(places)(
  'whatever is written, only what is new is read, and columns are as if read anew: $name',
  async (where) => {
    const { database, store } = await openTestStore(where)
    const slow = where.name === 'PGlite' ? null : await database.pool.connect()
    const open = (more = {}) => openTimeline(store.timeline, list, undefined, more)
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 4 }), async (steps) => {
          await emptyTables(database)
          const timelines = [
            open(),
            open({ shardSize: { customers: 2, bytes: 2 ** 20 } }),
            open({ mostAdded: 3 }),
          ]
          for (const [nth, { batches, gone }] of steps.entries()) {
            // While this transaction runs, the feed's marks stay behind it: everything is reported again.
            if (nth === 1) await slow?.query('BEGIN; SELECT pg_current_xact_id()')
            for (const batch of batches) await store.sources.store('crm', batchOf(batch), NOON)
            const seen = new Set(IDS.filter((id) => !gone.includes(id)))
            if (gone.length > 0)
              await store.sources.store('crm', batchOf([]), NOON, { whole: new Map([['s', seen]]) })
            const fresh = open()
            await fresh.refresh()
            for (const timeline of timelines) {
              await timeline.refresh()
              expect(plain(timeline.columns)).toEqual(plain(fresh.columns))
            }
          }
          await slow?.query('ROLLBACK')
        }),
        { numRuns: 5 },
      )
    } finally {
      slow?.release()
      await database.close()
    }
  },
)
