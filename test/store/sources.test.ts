import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import {
  batchOf,
  eventRecord,
  feedbackRecord,
  minutes,
  NOON,
  openTestStore,
  rowsOf,
  settledMark,
} from './samples.ts'

describe.each(places)('what sources leave behind on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const events = async () =>
    (await database.pool.query('SELECT source_id FROM event ORDER BY 1')).rows.map((row) => row.source_id)
  const rejected = (line: number, reason: string, file = 'visits.csv') => ({
    file,
    line,
    reason,
    zh: null,
    raw: `raw "${line}"\t`,
  })

  it('a batch and its cursor are kept together', async () => {
    expect(await store.sources.cursor('crm')).toBeNull()
    await store.sources.store('crm', batchOf([eventRecord('1', 'K1')], { cursor: { page: 1 } }), NOON)
    expect(await store.sources.cursor('crm')).toEqual({ page: 1 })
  })

  it('a batch that fails leaves no row, no quarantine and the old cursor', async () => {
    await store.sources.store(
      'crm',
      batchOf([], { rejected: [rejected(2, 'old')], cursor: { page: 1 } }),
      NOON,
    )
    const broken = eventRecord('3', 'K1', { quantity: 'many' as unknown as number })
    const batch = batchOf([eventRecord('2', 'K1'), broken], {
      begins: ['visits.csv'],
      rejected: [rejected(4, 'new')],
      cursor: { page: 2 },
    })
    await expect(store.sources.store('crm', batch, NOON)).rejects.toThrow(/double precision/)
    expect(await events()).toEqual([])
    expect(await store.customers.count()).toBe(0)
    expect(await store.sources.quarantined('crm', 9)).toMatchObject([{ reason: 'old' }])
    expect(await store.sources.cursor('crm')).toEqual({ page: 1 })
    await store.sources.store('crm', batchOf([eventRecord('2', 'K1')]), NOON)
    expect(await events()).toEqual(['2'])
  })

  it('the quarantine of a file is replaced when the file is read again; other files keep theirs', async () => {
    await store.sources.store(
      'crm',
      batchOf([], { rejected: [rejected(2, 'no date'), rejected(9, 'ragged'), rejected(2, 'x', 'b.csv')] }),
      NOON,
    )
    expect(await store.sources.quarantineCount()).toBe(3)
    const again = batchOf([], {
      begins: ['visits.csv'],
      rejected: [rejected(9, 'ragged'), rejected(9, 'ragged')],
    })
    await store.sources.store('crm', again, NOON)
    expect(await store.sources.quarantined(null, 9)).toEqual([
      { source: 'crm', ...rejected(2, 'x', 'b.csv') },
      { source: 'crm', ...rejected(9, 'ragged') },
    ])
    expect(await store.sources.quarantined('app', 9)).toEqual([])
  })

  it('takes more rejections than one statement does', async () => {
    const many = Array.from({ length: 5_200 }, (_, line) => rejected(line, 'ragged'))
    await store.sources.store('crm', batchOf([], { rejected: many }), NOON)
    expect(await store.sources.quarantineCount()).toBe(5_200)
  })

  it('removes what a scope no longer holds, and only there, and says whom it touched', async () => {
    const records = [
      ...Array.from({ length: 10 }, (_, index) => eventRecord(`aa:${index}`, `K${index}`)),
      eventRecord('b:1', 'K1'),
      eventRecord('77', 'K1'),
      feedbackRecord('aa:f'),
    ]
    await store.sources.store('crm', batchOf(records), NOON)
    await store.sources.store('app', batchOf([eventRecord('aa:0', 'K1')]), NOON)
    const mark = await settledMark(store)
    const seen = new Set(['aa:f', ...Array.from({ length: 9 }, (_, index) => `aa:${index}`)])
    const ended = new Map([['aa', seen]])
    expect(await store.sources.store('crm', batchOf([]), NOON, { whole: ended })).toMatchObject({
      removed: 1,
    })
    expect(await events()).toHaveLength(12)
    expect(await events()).not.toContain('aa:9')
    const gone = await store.customers.find('K9', 1)
    expect((await store.timeline.changed(mark)).customers).toEqual({
      whole: [gone[0]!.id],
      facts: [],
      added: [],
    })
    expect(await rowsOf(database, 'customer_touched')).toHaveLength(1)
    expect(await store.sources.store('crm', batchOf([]), NOON, { whole: ended })).toMatchObject({
      removed: 0,
    })
  })

  it('removes the rows a batch says are gone, by their ids or all below one, and no other source’s', async () => {
    const records = [
      ...['7/opened', '7/resolved', '8/opened', '77'].map((id) => eventRecord(id, 'K1')),
      feedbackRecord('7/comment/1'),
    ]
    await store.sources.store('crm', batchOf(records), NOON)
    await store.sources.store('app', batchOf([eventRecord('7/opened', 'K1')]), NOON)
    const reopened = batchOf([], { gone: ['7/resolved', '9/resolved'] })
    expect(await store.sources.store('crm', reopened, NOON)).toMatchObject({ removed: 1 })
    expect(await events()).toEqual(['7/opened', '7/opened', '77', '8/opened'])
    const deleted = batchOf([eventRecord('8/resolved', 'K1')], { gone: ['7/'] })
    expect(await store.sources.store('crm', deleted, NOON)).toMatchObject({ created: 1, removed: 2 })
    expect(await events()).toEqual(['7/opened', '77', '8/opened', '8/resolved'])
    expect(await rowsOf(database, 'feedback')).toEqual([])
  })

  it('keeps the last report of each source beside its cursor', async () => {
    await store.sources.store('crm', batchOf([eventRecord('1', 'K1')]), NOON)
    await store.sources.finish('crm', { rows: 1, failure: null }, minutes(1))
    await store.sources.finish('app', { rows: 0, failure: 'no such folder' }, minutes(2))
    expect(await store.sources.cursor('crm')).toEqual({ page: 1 })
    expect(await store.sources.reports()).toEqual([
      { source: 'app', pulledAt: minutes(2), report: { rows: 0, failure: 'no such folder' } },
      { source: 'crm', pulledAt: minutes(1), report: { rows: 1, failure: null } },
    ])
  })
})
