import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { NOON, openTestStore } from './samples.ts'
import { customerId, daysAgo, writeCustomers, writeEvents, writeVoices } from './voices.ts'

const churn = { active: ['visit'], cancelled: ['cancelled'], inactiveDays: 60 }
const ALL = { by: 'all' } as const

describe.each(places)('what voices add up to on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  it('counts scores and moods by stretch of time; an end belongs to the next one', async () => {
    await writeVoices(database, [
      { days: 20, nps: 9, csat: 8, ces: 4, rating: 10, mood: 0.5 },
      { days: 20, nps: 6, csat: 7, ces: 6, mood: -0.5 },
      { days: 10, nps: 8, text: '' },
      { days: 0, nps: 0 },
      { days: 31, nps: 0 },
    ])
    const sums = await store.voiceFigures.sums(ALL, [daysAgo(30), daysAgo(10), NOON])
    expect(sums).toEqual([
      {
        ...{ bin: 0, key: null, voices: 2, read: 2, mood: 0, moodSquares: 0.5, negative: 1 },
        ...{ rated: 1, rating: 10, ratingSquares: 100, npsOf: 2, promoters: 1, detractors: 1 },
        ...{ csatOf: 2, satisfied: 1, cesOf: 2, ces: 10, cesSquares: 52 },
      },
      // Without words there is no mood.
      expect.objectContaining({ bin: 1, voices: 1, read: 0, npsOf: 1, promoters: 0, detractors: 0 }),
    ])
  })

  it('groups by the voice’s own store, else the customer’s; and by segments that are handed in', async () => {
    await writeCustomers(database, [{ no: 1, site: '东店' }, { no: 2 }])
    await writeVoices(database, [
      { days: 1, customer: 1 },
      { days: 1, customer: 1, site: '西店' },
      { days: 1, customer: 2 },
      { days: 1 },
    ])
    const of = async (groups: Parameters<typeof store.voiceFigures.sums>[0]) =>
      (await store.voiceFigures.sums(groups, [daysAgo(5), NOON]))
        .map(({ key, voices }) => `${key} ${voices}`)
        .sort()
    expect(await of({ by: 'site' })).toEqual(['null 2', '东店 1', '西店 1'])
    const members = [{ customer: customerId(1), segment: 'loyal' }]
    expect(await of({ by: 'segment', members })).toEqual(['loyal 2', 'null 2'])
  })

  it('knows who had left before, who left since, and who is still there', async () => {
    await writeCustomers(
      database,
      [1, 2, 3, 4, 5].map((no) => ({ no, site: '东店' })),
    )
    await writeEvents(database, [
      { customer: 1, days: 100 },
      { customer: 1, days: 5 },
      // Silent for over 60 days by the end, not yet at the beginning.
      { customer: 2, days: 70 },
      { customer: 3, days: 80 },
      { customer: 3, days: 20, kind: 'cancelled' },
      // Cancelled before it began.
      { customer: 4, days: 80 },
      { customer: 4, days: 79, kind: 'cancelled' },
      // New since.
      { customer: 5, days: 3 },
    ])
    expect(await store.voiceFigures.kept({ by: 'site' }, daysAgo(50), NOON, churn)).toEqual([
      { key: '东店', customers: 3, left: 2 },
    ])
  })

  it('adds up sales less what was returned, where they happened', async () => {
    await writeCustomers(database, [{ no: 1, site: '东店' }])
    await writeEvents(database, [
      { customer: 1, days: 3, kind: 'order', amount: 500 },
      { customer: 1, days: 3, kind: 'order', amount: 700, site: '西店' },
      { customer: 1, days: 2, kind: 'refund', amount: 200 },
      { customer: 1, days: 2, kind: 'discount', amount: 90 },
      { customer: 1, days: 40, kind: 'order', amount: 9_000 },
    ])
    const kinds = { sold: ['order'], returned: ['refund'] }
    const month = [{ from: daysAgo(30), to: NOON }]
    const sales = await store.voiceFigures.sales({ by: 'site' }, month, kinds, 'CNY')
    expect([...sales].sort((a, b) => a.amountMinor - b.amountMinor)).toEqual([
      { key: '东店', amountMinor: 300 },
      { key: '西店', amountMinor: 700 },
    ])
    expect(await store.voiceFigures.sales({ by: 'site' }, month, kinds, 'EUR')).toEqual([])
  })

  it('counts what each store speaks of, a voice once', async () => {
    await writeVoices(database, [
      { days: 1, site: '东店', topics: { 'service.waiting': -1 }, tags: ['child'] },
      { days: 1, site: '东店', topics: { 'service.waiting': 1 } },
      { days: 1, topics: { price: 1 } },
    ])
    const terms = await store.voiceFigures.terms({ by: 'site' }, [{ from: daysAgo(5), to: NOON }])
    expect(terms).toEqual([
      { group: '东店', term: 'child', count: 1 },
      { group: '东店', term: 'service.waiting', count: 2 },
    ])
  })
})
