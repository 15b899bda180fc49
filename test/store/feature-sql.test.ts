import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { computeFeatures } from '../../src/features/kernel.ts'
import { parentsOf } from '../../src/features/kind-tree.ts'
import type { SourceRecord } from '../../src/records/record.ts'
import type { Database } from '../../src/store/database.ts'
import { featureBuckets } from '../../src/store/feature-sql.ts'
import type { Store } from '../../src/store/store.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { isClose } from '../features/random-aggregates.ts'
import { shippedProfile } from '../features/shipped.ts'
import { emptyTables, places } from '../places.ts'
import { rowsOfPage } from '../timeline/rows-in-memory.ts'
import {
  batchOf,
  customerRecord,
  eventRecord,
  everyoneIn,
  feedbackRecord,
  NOON,
  openTestStore,
} from './samples.ts'

const list = featureList(shippedProfile('auto'), 'Asia/Shanghai')
const AS_OF = Date.UTC(2026, 4, 1)
const CUSTOMERS = 7

/** Instants from two years before asOf to a month after, many of them on an edge of a window. */
const instant = fc
  .oneof(
    fc.integer({ min: -30, max: 730 }).map((days) => days * 86_400_000),
    fc.integer({ min: -30 * 86_400_000, max: 730 * 86_400_000 }),
  )
  .map((before) => new Date(AS_OF - before))
const someone = fc
  .integer({ min: 0, max: CUSTOMERS - 1 })
  .map((index) => ({ kind: 'crm', value: `K${index}` }) as const)
const event = fc.record({
  customer: someone,
  kind: fc.constantFrom(
    'visit',
    'maintenance',
    'order',
    'login',
    'ticket_opened',
    'pack_bought',
    'odometer',
    'competitor_search',
  ),
  at: instant,
  amount: fc.record({
    minor: fc.integer({ min: 0, max: 900_000 }),
    currency: fc.constantFrom('CNY', 'CNY', 'JPY'),
  }),
  quantity: fc.integer({ min: 0, max: 40 }),
})
const voice = fc.record({
  customer: someone,
  channel: fc.constantFrom('survey', 'review', 'ticket'),
  at: instant,
  rating: fc.integer({ min: 0, max: 10 }),
  nps: fc.integer({ min: 0, max: 10 }),
})

describe.each(places)('features aggregated by the database on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const keep = (records: readonly SourceRecord[]) => store.sources.store('crm', batchOf(records), NOON)
  const people = Array.from({ length: CUSTOMERS }, (_, index) =>
    customerRecord(`K${index}`, {
      at: new Date(AS_OF - index * 15 * 86_400_000),
      attributes: {
        warranty_end: `2026-0${index + 1}-15`,
        mileage: index,
        third_party_authorised: index % 2 === 0,
      },
    }),
  )

  /** What the database says and what the kernel says of everyone, as of one instant. */
  async function both(asOf: number, bucket: number) {
    const facts = await everyoneIn(store)
    const rows: TimelineRow[] = []
    for await (const page of store.timeline.rows(null)) rows.push(...rowsOfPage(page))
    const columns = buildTimeline(facts, rows, parentsOf(list.profile))
    const sql: number[] = []
    for await (const part of featureBuckets(database.pool, list, 'CNY', facts, asOf, bucket))
      sql.push(...part.values)
    return { sql, kernel: [...computeFeatures(list, columns, asOf).values] }
  }

  it('are the kernel’s, for a shipped profile and rows in any order, late ones too', async () => {
    const histories = fc.tuple(
      fc.array(event, { maxLength: 80 }),
      fc.array(voice, { maxLength: 30 }),
      fc.constantFrom(AS_OF, AS_OF - 45 * 86_400_000),
    )
    await fc.assert(
      fc.asyncProperty(histories, async ([events, voices, asOf]) => {
        await emptyTables(database)
        await keep([
          ...people,
          ...events.map(({ customer, ...more }, index) => eventRecord(`e${index}`, customer.value, more)),
          ...voices.map((more, index) => feedbackRecord(`f${index}`, more)),
        ])
        const { sql, kernel } = await both(asOf, 3)
        expect(sql).toHaveLength(kernel.length)
        const wrong = kernel.flatMap((cell, place) =>
          isClose(cell, sql[place]!)
            ? []
            : [`${list.names[place % list.names.length]}: ${cell}, SQL ${sql[place]}`],
        )
        expect(wrong).toEqual([])
      }),
      { numRuns: 4 },
    )
  })

  it('count money in the company’s currency alone, and doctor is told of what counts nowhere', async () => {
    const paid = (id: string, minor: number, currency: string) =>
      eventRecord(id, 'K1', { kind: 'order', at: new Date(AS_OF - 86_400_000), amount: { minor, currency } })
    const ltv = { minor: 10_000, currency: 'JPY' }
    await keep([
      ...people,
      customerRecord('K9', { ltv }),
      paid('own', 500, 'CNY'),
      paid('yen', 10_000, 'JPY'),
    ])
    const amounts: number[] = []
    for await (const page of store.timeline.rows(null)) amounts.push(...page.measures.get('amount')!)
    expect(amounts.toSorted()).toEqual([500, Number.NaN])
    const [yen] = await store.customers.find('K9', 1)
    expect(yen).toMatchObject({ ltvMinor: null })
    expect(await store.customers.get(yen!.id)).toMatchObject({ ltvMinor: null })
    expect((await everyoneIn(store)).every(({ ltvMinor }) => ltvMinor === null)).toBe(true)
    const traced = (id: string, customer: string) => eventRecord(id, customer, { kind: 'competitor_search' })
    await keep([traced('t1', 'K1'), traced('t2', 'K2')])
    expect(await store.reports.unauthorised(['competitor_search'], 'third_party_authorised')).toBe(1)
    expect(await store.reports.foreignMoney()).toEqual([{ currency: 'JPY', amounts: 1, ltvs: 1 }])
  })

  it('see nothing at or after asOf', async () => {
    const days = [0, 5, 50]
    await keep([
      ...people,
      ...days.map((day) => eventRecord(`${day}`, 'K1', { at: new Date(AS_OF - day * 86_400_000) })),
    ])
    const before = await both(AS_OF, 200)
    await keep([eventRecord('later', 'K1', { at: new Date(AS_OF + 1) })])
    await keep([
      feedbackRecord('said later', { customer: { kind: 'crm', value: 'K1' }, at: NOON, rating: 1 }),
    ])
    expect((await both(AS_OF, 200)).sql).toEqual(before.sql)
    expect(before.sql[list.names.length + list.index.get('visits_90')!]).toBe(2)
  })
})
