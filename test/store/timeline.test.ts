import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { pageOf } from '../../src/timeline/page.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
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
  settledMark,
} from './samples.ts'

describe.each(places)('rows for the timeline on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const ingest = (...records: Parameters<typeof batchOf>[0]) =>
    store.sources.store('crm', batchOf(records), NOON)
  const rowsOf = async (customers: readonly string[] | null): Promise<TimelineRow[]> => {
    const rows: TimelineRow[] = []
    for await (const page of store.timeline.rows(customers)) rows.push(...rowsOfPage(page))
    return rows
  }
  const idsOf = async (...keys: readonly string[]): Promise<string[]> => {
    const found = await Promise.all(keys.map((key) => store.customers.find(key, 1)))
    return found.map(([customer]) => customer!.id)
  }
  const at = (day: number): Date => new Date(Date.UTC(2026, 3, day))

  it('tell when one customer was seen, by kind and from an instant on', async () => {
    const said = feedbackRecord('f', { customer: { kind: 'crm', value: 'K0' }, at: at(5) })
    const visits = [1, 3, 4].map((day) => eventRecord(`v${day}`, 'K0', { at: at(day), kind: 'visit' }))
    await ingest(customerRecord('K0'), ...visits, eventRecord('l', 'K0', { at: at(4), kind: 'login' }), said)
    const [id] = await idsOf('K0')
    const seen = async (kinds: readonly string[]) =>
      [...(await store.customers.seenAt(id!, kinds, at(3)))].sort((a, b) => a - b)
    expect(await seen(['visit'])).toEqual([3, 4, 5].map((day) => at(day).getTime()))
    expect(await seen(['nothing'])).toEqual([at(5).getTime()])
  })

  it('come in pages, by customer number, then instant, then id', async () => {
    const people = Array.from({ length: 450 }, (_, index) => customerRecord(`K${index}`))
    const events = people.flatMap(({ sourceId }, index) =>
      [3, 1, 2, 2].map((day, nth) => eventRecord(`${index}.${nth}`, sourceId, { at: at(day) })),
    )
    await ingest(
      ...people,
      ...events,
      feedbackRecord('f', { customer: { kind: 'crm', value: 'K0' }, at: at(2), rating: 7 }),
    )
    const numbers = new Map((await everyoneIn(store)).map((customer) => [customer.id, customer.no]))
    const sortKey = (row: TimelineRow): string =>
      `${String(numbers.get(row.customer)).padStart(6, '0')} ${row.at} ${row.id}`
    const rows = await rowsOf(null)
    expect(rows).toHaveLength(1_801)
    expect(rows.map(sortKey)).toEqual(rows.map(sortKey).sort())
    let pages = 0
    for await (const page of store.timeline.rows(null)) pages += page.length > 0 ? 1 : 0
    expect(pages).toBe(3)
  })

  it('carry measures as numbers, and only of the customers asked for', async () => {
    await ingest(
      eventRecord('1', 'K1', { at: at(1), amount: { minor: 4_560_00, currency: 'CNY' }, duration: 35.5 }),
      feedbackRecord('f', { customer: { kind: 'crm', value: 'K1' }, at: at(2), rating: 7, nps: 0 }),
      eventRecord('2', 'K2', { at: at(1) }),
      feedbackRecord('g', { at: at(2) }),
    )
    const [first] = await store.customers.find('K1', 1)
    const own = { customer: first!.id, id: expect.any(String) }
    expect(await rowsOf([first!.id])).toEqual([
      { ...own, kind: 'visit', at: at(1).getTime(), amount: 456_000, duration: 35.5 },
      { ...own, kind: 'voice_review', at: at(2).getTime(), rating: 7, nps: 0, text: '服务很好' },
    ])
    expect(await rowsOf([])).toEqual([])
  })

  it('tell who changed since a mark, and everything before the first', async () => {
    const first = await store.timeline.changed(null)
    expect(first.customers).toBeNull()
    await ingest(eventRecord('1', 'K1'), customerRecord('K2'), feedbackRecord('f'))
    const second = await store.timeline.changed(first.mark)
    const [one, two] = await idsOf('K1', 'K2')
    expect(second.customers).toMatchObject({ whole: [], added: [one] })
    expect(new Set(second.customers!.facts)).toEqual(new Set([one, two]))
    await settledMark(store)
  })

  it('written since a mark come page by page, each once, voices of known authors too', async () => {
    await ingest(eventRecord('0', 'K1'))
    const mark = await settledMark(store)
    const many = Array.from({ length: 2_300 }, (_, index) => eventRecord(`e${index}`, `K${index % 7}`))
    for (let start = 0; start < many.length; start += 700) await ingest(...many.slice(start, start + 700))
    const of = { kind: 'crm', value: 'K1' }
    await ingest(feedbackRecord('f', { customer: of, at: at(2), rating: 7 }), feedbackRecord('g'))
    const pages: (readonly TimelineRow[])[] = []
    for await (const page of store.timeline.added(mark)) pages.push(page)
    expect(pages.length).toBeGreaterThan(2)
    const ids = pages.flat().map(({ id }) => id)
    expect([ids.length, new Set(ids).size]).toEqual([2_301, 2_301])
    const voice = pages.flat().find(({ kind }) => kind === 'voice_review')
    expect(await rowsOf([voice!.customer])).toContainEqual(rowsOfPage(pageOf([voice!]))[0])
  })

  it('name whose rows were corrected, where they were and where they are', async () => {
    await ingest(eventRecord('1', 'K1'), eventRecord('2', 'K2'), eventRecord('3', 'K3'), feedbackRecord('f'))
    const [one, two, three] = await idsOf('K1', 'K2', 'K3')
    const mark = await settledMark(store)
    await ingest(eventRecord('1', 'K2'), eventRecord('2', 'K2'), eventRecord('4', 'K3'))
    const { whole, facts, added } = (await store.timeline.changed(mark)).customers!
    expect([new Set(whole), facts, new Set(added)]).toEqual([new Set([one, two]), [], new Set([two, three])])
    await ingest(feedbackRecord('f', { customer: { kind: 'crm', value: 'K3' } }))
    expect((await store.timeline.changed(mark)).customers!.whole).toContain(three)
  })

  it('know nothing of a mark that is yet to come: the database was put back to an earlier state', async () => {
    expect((await store.timeline.changed('999999999999')).customers).toBeNull()
  })

  it('give the facts of some customers, as far as there are such', async () => {
    await ingest(customerRecord('K1'), customerRecord('K2'))
    const all = await everyoneIn(store)
    expect(all.map(({ no }) => no)).toEqual([...all.map(({ no }) => no)].sort((a, b) => a - b))
    const [one] = all
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect(await store.timeline.customers([one!.id, nobody])).toEqual([one])
  })

  it('tell of recent voices with a known author, and of the newest record', async () => {
    expect(await store.timeline.horizon()).toBeNaN()
    const of = { kind: 'crm', value: 'K1' }
    await ingest(
      feedbackRecord('a', { customer: of, at: at(1) }),
      feedbackRecord('b', { customer: of, at: at(2), rating: 3 }),
    )
    await ingest(feedbackRecord('c', { at: at(2) }), feedbackRecord('d', { customer: of, at: at(3) }))
    expect(await store.timeline.voices(at(2), at(3))).toMatchObject([
      { at: at(2).getTime(), channel: 'review', text: '服务很好', rating: 3 },
    ])
    const said = async (...keys: string[]) => store.timeline.voices(at(1), at(9), await idsOf(...keys))
    await ingest(feedbackRecord('e', { customer: { kind: 'crm', value: 'K2' }, at: at(3) }))
    expect([(await said('K1')).length, (await said('K2')).length, (await said()).length]).toEqual([3, 1, 0])
    expect(await store.timeline.horizon()).toBe(at(3).getTime())
    await ingest(eventRecord('1', 'K1', { at: at(5) }))
    expect(await store.timeline.horizon()).toBe(at(5).getTime())
  })

  // The embedded database runs one transaction at a time: nothing can commit late.
  if (where.name !== 'PGlite') {
    it('a slow transaction that commits late is reported late, never skipped', async () => {
      await ingest(customerRecord('K1'), customerRecord('K2'))
      const start = await store.timeline.changed(null)
      const slow = await database.pool.connect()
      await slow.query('BEGIN')
      await slow.query(`INSERT INTO event (id, source, source_id, customer, kind, at)
      SELECT gen_random_uuid(), 'slow', '1', customer, 'visit', '2026-05-01' FROM customer_key WHERE value = 'K1'`)
      await ingest(eventRecord('quick', 'K2'))
      const during = await store.timeline.changed(start.mark)
      await slow.query('COMMIT')
      slow.release()
      const after = await store.timeline.changed(during.mark)
      const [first] = await store.customers.find('K1', 1)
      expect(during.customers!.added).not.toContain(first!.id)
      expect(after.customers!.added).toContain(first!.id)
      await settledMark(store)
    })
  }
})
