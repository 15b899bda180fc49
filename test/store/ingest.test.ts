import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SourceRecord } from '../../src/records/record.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import {
  batchOf,
  changedSince,
  customerRecord,
  eventRecord,
  feedbackRecord,
  NOON,
  openTestStore,
  rowsOf,
  settledMark,
} from './samples.ts'

const TABLES = ['customer', 'customer_attribute', 'customer_key', 'event', 'feedback', 'customer_touched']

describe.each(places)('ingesting records on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const ingest = (records: readonly SourceRecord[], source = 'crm') =>
    store.sources.store(source, batchOf(records), NOON)
  const everything = async () => Promise.all(TABLES.map((table) => rowsOf(database, table)))
  const touchedSince = async (mark: string) => {
    const found = await store.customers.many(await changedSince(store, mark))
    return [...found.values()].map((customer) => customer.name).sort()
  }
  const three: readonly SourceRecord[] = [
    customerRecord('K1', {
      name: '王芳',
      ltv: { minor: 186_000_00, currency: 'CNY' },
      attributes: { household: 3 },
    }),
    customerRecord('K2', { name: 'Li', firstPurchase: '2023-02-28', contactConsent: false }),
    customerRecord('K3', { name: '赵' }),
    eventRecord('1', 'K1', {
      amount: { minor: 4_560_00, currency: 'CNY' },
      quantity: 2,
      duration: 35.5,
      site: '徐汇店',
    }),
    eventRecord('2', 'K2'),
    eventRecord('3', 'K3'),
    feedbackRecord('f1', {
      customer: { kind: 'crm', value: 'K1' },
      rating: 8,
      nps: 9,
      text: '很好\t"真的"\n👍',
    }),
    feedbackRecord('f2', { customer: { kind: 'crm', value: 'K2' } }),
    feedbackRecord('f3'),
  ]

  it('creates once; the same records again change no row', async () => {
    expect(await ingest(three)).toEqual({ created: 9, changed: 0, unchanged: 0, removed: 0 })
    const before = await everything()
    expect(await ingest(three)).toEqual({ created: 0, changed: 0, unchanged: 9, removed: 0 })
    expect(await everything()).toEqual(before)
  })

  it('a changed record changes its row alone, names its customer, and the timeline hears of that customer alone', async () => {
    await ingest(three)
    const before = await everything()
    const mark = await settledMark(store)
    const changed = three.map((record) =>
      record.sourceId === '2' ? eventRecord('2', 'K2', { quantity: 7 }) : record,
    )
    expect(await ingest(changed)).toEqual({ created: 0, changed: 1, unchanged: 8, removed: 0 })
    const after = await everything()
    const different = after.flatMap((rows, table) => rows.filter((row) => !before[table]!.includes(row)))
    expect(different).toHaveLength(2)
    expect(after.at(-1)).toHaveLength(1)
    expect(await touchedSince(mark)).toEqual(['Li'])
  })

  it('an event that moves to another customer touches both', async () => {
    await ingest(three)
    const mark = await settledMark(store)
    expect(await ingest([eventRecord('1', 'K3'), { ...feedbackRecord('f2') }])).toMatchObject({ changed: 2 })
    expect(await touchedSince(mark)).toEqual(['Li', '王芳', '赵'])
  })

  it('of the same id twice in a batch the last stands', async () => {
    await ingest([
      customerRecord('K1'),
      eventRecord('1', 'K1', { quantity: 1 }),
      eventRecord('1', 'K1', { quantity: 2 }),
    ])
    const { rows } = await database.pool.query('SELECT quantity FROM event')
    expect(rows).toEqual([{ quantity: 2 }])
  })

  it('keeps two sources apart even where their ids are the same', async () => {
    await ingest([eventRecord('1', 'K1')], 'crm')
    expect(await ingest([eventRecord('1', 'K1')], 'app')).toMatchObject({ created: 1 })
    const { rows } = await database.pool.query(
      'SELECT count(*)::int AS events, count(DISTINCT customer)::int AS people FROM event',
    )
    expect(rows).toEqual([{ events: 2, people: 1 }])
  })

  it('keeps a voice whose author is unknown, and knows its author later', async () => {
    await ingest([feedbackRecord('f1')])
    expect(await store.customers.count()).toBe(0)
    const known = feedbackRecord('f1', { customer: { kind: 'crm', value: 'K1' } })
    expect(await ingest([known])).toEqual({ created: 0, changed: 1, unchanged: 0, removed: 0 })
    expect(await store.timeline.voices(new Date(0), NOON)).toMatchObject([{ text: '服务很好' }])
  })

  it('takes more rows than one statement does', async () => {
    const many = Array.from({ length: 5_100 }, (_, index) => eventRecord(`e${index}`, `K${index % 2_300}`))
    expect(await ingest(many)).toEqual({ created: 5_100, changed: 0, unchanged: 0, removed: 0 })
    expect(await ingest(many)).toEqual({ created: 0, changed: 0, unchanged: 5_100, removed: 0 })
    expect(await store.customers.count()).toBe(2_300)
  })
})
