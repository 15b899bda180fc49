import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { JOURNEY } from '../../src/paths.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { parseJourney } from '../../src/voice/journey.ts'
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

  it('puts each voice at the first stage whose rule fits it', async () => {
    const journey = parseJourney(readFileSync(JOURNEY, 'utf8'), JOURNEY)
    await writeCustomers(database, [{ no: 1, bought: 40 }, { no: 2, bought: 900 }, { no: 3 }])
    await database.pool.query(
      `INSERT INTO customer_attribute (customer, name, value, valid_from) VALUES
        ($1, 'contract_end', '"2026-07-20"', $2), ($1, 'contract_end', '"2028-07-20"', $3), ($1, 'warranty_end', '"soon"', $2)`,
      [customerId(2), daysAgo(700), daysAgo(1)],
    )
    await writeEvents(database, [{ customer: 3, days: 30, kind: 'cancelled' }])
    await writeVoices(database, [
      { customer: 1, days: 10, channel: 'chat' },
      { customer: 1, days: 10, words: ['strong-churn'] },
      { customer: 2, days: 3 },
      // More than 60 days before the contract ended, as it was known to then.
      { customer: 2, days: 20, channel: 'call' },
      { customer: 2, days: 20 },
      { customer: 3, days: 31 },
      { customer: 3, days: 29 },
      { days: 1 },
    ])
    const stages = { journey, cancelled: ['cancelled'] }
    const sums = await store.voiceFigures.sums({ by: 'stage', stages }, [daysAgo(60), NOON])
    expect(sums.map(({ key, voices }) => `${key} ${voices}`)).toEqual([
      ...['leaving 2', 'onboarding 1', 'renewal 1', 'support 1', 'use 3'],
    ])
    const empty = await store.voiceFigures.kept({ by: 'stage', stages }, daysAgo(60), NOON, churn)
    expect(empty.map(({ key }) => key)).toEqual([])
  })

  it('lists present customers without voices, those of most value first', async () => {
    await writeCustomers(database, [
      { no: 1, ltv: 100, site: '东店' },
      { no: 2, ltv: 900, region: '东部' },
      { no: 3, ltv: 500, consent: false },
      { no: 4, owner: 'lin', consent: true },
      // Heard, gone, and cancelled.
      { no: 5 },
      { no: 6 },
      { no: 7 },
    ])
    await writeEvents(database, [
      ...[1, 2, 3, 4, 5, 7].map((customer) => ({ customer, days: 10 })),
      { customer: 6, days: 70 },
      { customer: 7, days: 5, kind: 'cancelled' },
    ])
    await writeVoices(database, [
      { customer: 5, days: 20 },
      { customer: 1, days: 400 },
    ])
    const list = (only: string | null, skip = 0, take = 10, except: string[] = []) =>
      store.unheard.list({ since: daysAgo(365), now: NOON, churn, only, except, skip, take })
    const { rows, ...counts } = await list(null)
    expect(counts).toEqual({ total: 3, refused: 1, active: 5 })
    expect(rows.map(({ no, heardAt }) => [no, heardAt])).toEqual([
      [2, null],
      [1, daysAgo(400)],
      [4, null],
    ])
    expect(rows[0]).toMatchObject({ ltvMinor: 900, contactConsent: null, activeAt: daysAgo(10) })
    expect((await list('东')).rows.map(({ no }) => no)).toEqual([2, 1])
    expect((await list('lin')).rows.map(({ no }) => no)).toEqual([4])
    expect((await list('100%')).total).toBe(0)
    expect(await list(null, 9)).toMatchObject({ total: 3, rows: [] })
    expect((await list(null, 0, 10, [rows[0]!.id])).rows.map(({ no }) => no)).toEqual([1, 4])
  })

  it('counts words, not numbers and single signs, in the stretches that are left', async () => {
    await writeVoices(database, [
      { days: 1, site: '东店' },
      { days: 4, site: '东店' },
      { days: 8, site: '西店' },
    ])
    await database.pool.query(
      `INSERT INTO voice_text (id, at, channel, severity, terms)
       SELECT id, at, 'review', 0, '''空调'':1 ''空'':1 ''a1'':2 ''queue'':3'::tsvector FROM voice_reading`,
    )
    const words = (most: number, least = 1) =>
      store.voiceFigures.words(
        { by: 'site' },
        [
          { from: daysAgo(9), to: daysAgo(7) },
          { from: daysAgo(2), to: NOON },
        ],
        most,
        least,
      )
    const each = (group: string, ofTerm: number) =>
      ['queue', '空调'].map((term) => ({ group, term, count: 1, ofTerm, ofGroup: 2, ofAll: 2 * ofTerm }))
    expect(await words(10)).toEqual([...each('东店', 2), ...each('西店', 2)])
    expect(await words(1)).toEqual(each('东店', 1))
    expect(await words(10, 2)).toEqual([])
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
