import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { NOON, openTestStore } from './samples.ts'
import { customerId, daysAgo, writeCustomers, writeEvents, writeVoices } from './voices.ts'

const churn = { active: ['visit'], cancelled: ['cancelled'], inactiveDays: 60 }
const WAIT = 'service.waiting'

describe.each(places)('what is said of topics on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  it('adds up each topic beside the time before, with each unhappy customer’s value once', async () => {
    await writeCustomers(database, [{ no: 1, ltv: 5_000 }, { no: 2 }])
    await writeVoices(database, [
      { days: 2, customer: 1, topics: { [WAIT]: -0.8, price: 0.6 }, severity: 2 },
      { days: 3, customer: 1, topics: { [WAIT]: -0.5 }, severity: 1 },
      { days: 4, customer: 2, topics: { [WAIT]: -0.3 }, severity: 0 },
      { days: 5, customer: 2, topics: { [WAIT]: 0.9 } },
      { days: 12, topics: { [WAIT]: -0.9 } },
    ])
    expect(await store.voiceTopics.ranking(daysAgo(20), daysAgo(10), NOON, 'CNY')).toEqual([
      {
        ...{ topic: 'price', count: 1, negative: 0, before: 0, negativeBefore: 0 },
        ...{ severity: 0, unhappy: 0, valued: 0, valueMinor: 0 },
      },
      {
        ...{ topic: WAIT, count: 4, negative: 3, before: 1, negativeBefore: 1 },
        ...{ severity: 3, unhappy: 2, valued: 1, valueMinor: 5_000 },
      },
    ])
  })

  it('a topic takes in its parts, each voice once', async () => {
    await writeVoices(database, [
      { days: 2, site: '东店', topics: { [WAIT]: -0.8, 'service.attitude': 0.6 } },
      { days: 2, site: '西店', topics: { service: 0.5 } },
      { days: 2, site: '西店', topics: { services: -1 } },
      { days: 2, site: '西店', text: '', topics: {} },
    ])
    const of = (topic: string) =>
      store.voiceTopics.counts(topic, { by: 'site' }, [daysAgo(20), daysAgo(10), NOON])
    const ordered = [...(await of('service'))].sort((a, b) => a.negative - b.negative)
    expect(ordered).toEqual([
      { bin: 1, key: '西店', read: 2, about: 1, negative: 0 },
      { bin: 1, key: '东店', read: 1, about: 1, negative: 1 },
    ])
    expect((await of(WAIT)).map(({ about }) => about).sort()).toEqual([0, 1])
  })

  it('quotes the worst words on each topic', async () => {
    await writeCustomers(database, [{ no: 7, name: '王芳', site: '东店' }])
    await writeVoices(database, [
      { days: 2, text: '很好', topics: { [WAIT]: 0.9 } },
      { days: 9, customer: 7, text: '等了三小时'.repeat(200), topics: { [WAIT]: -0.9 }, severity: 2 },
      { days: 3, text: '有点慢', topics: { [WAIT]: -0.4 }, severity: 1 },
    ])
    const quotes = await store.voiceTopics.quotes([WAIT, 'price'], daysAgo(20), NOON, 2)
    expect(quotes.map(({ text }) => text.slice(0, 5))).toEqual(['等了三小时', '有点慢'])
    expect(quotes[0]).toMatchObject({ topic: WAIT, customerNo: 7, customerName: '王芳', site: '东店' })
    expect(quotes[0]!.text).toHaveLength(400)
  })

  it('follows those who complained and those who said other things, as far as can be known', async () => {
    await writeCustomers(
      database,
      [1, 2, 3, 4, 5, 6].map((no) => ({ no })),
    )
    await writeVoices(database, [
      { days: 300, customer: 1, topics: { [WAIT]: -1 } },
      { days: 300, customer: 2, topics: { [WAIT]: -1 } },
      // Praise is no complaint.
      { days: 290, customer: 3, topics: { [WAIT]: 0.8, price: -1 } },
      // Had left before.
      { days: 300, customer: 4, topics: { [WAIT]: -1 } },
      // Too lately: whether an alert followed is known, not whether they left.
      { days: 95, customer: 5, topics: { [WAIT]: -1 } },
      { days: 5, customer: 6, topics: { [WAIT]: -1 } },
    ])
    await writeEvents(database, [
      { customer: 1, days: 310 },
      { customer: 1, days: 280 },
      { customer: 2, days: 310 },
      { customer: 2, days: 260 },
      { customer: 2, days: 210 },
      { customer: 2, days: 160 },
      { customer: 2, days: 110 },
      { customer: 3, days: 310 },
      { customer: 3, days: 280, kind: 'cancelled' },
      { customer: 4, days: 400 },
      { customer: 5, days: 100 },
      { customer: 6, days: 6 },
    ])
    await database.pool.query(
      `INSERT INTO alert (id, customer, tier, state, trigger, opened_at, assessment)
       VALUES (gen_random_uuid(), $1, 'P1', 'open', 't', $2, '{}')`,
      [customerId(1), daysAgo(290)],
    )
    const asked = { topic: 'service', from: daysAgo(400), to: NOON, days: 90, now: NOON, churn }
    // Whoever spoke before anybody was watched could not be alerted: the first case was opened 290 days ago.
    expect((await store.voiceTopics.followed(asked)).voiced).toMatchObject({ alertable: 1, alerted: 0 })
    const nobody = { customers: new Int32Array(), scores: [], priorities: [], tiers: new Uint8Array() }
    const run = { profile: 'auto@1', model: 'rules', horizon: daysAgo(350), deferred: [], ...nobody }
    await store.assessments.addRun({ ...run, asOf: daysAgo(350) })
    expect(await store.voiceTopics.followed(asked)).toEqual({
      voiced: { voiced: true, alertable: 4, alerted: 1, leavable: 2, left: 1 },
      others: { voiced: false, alertable: 1, alerted: 0, leavable: 1, left: 1 },
    })
    // The case itself, where its customer complained before it was opened.
    const named = { topic: 'service', from: daysAgo(400), to: NOON, days: 90, limit: 5 }
    const [row, ...more] = (await store.voiceTopics.alerts(named)).rows
    expect([row, more]).toMatchObject([{ tier: 'P1', state: 'open', result: null, customerNo: 1 }, []])
    expect(await store.voiceTopics.alerts({ ...named, limit: 0 })).toEqual({ total: 1, lost: 0, rows: [] })
    expect(await store.voiceTopics.alerts({ ...named, days: 5 })).toEqual({ total: 0, lost: 0, rows: [] })
    const ofOthers = store.seen({ owners: ['nobody'], sites: [], holders: [] })
    expect(await ofOthers.voiceTopics.alerts(named)).toEqual({ total: 0, lost: 0, rows: [] })
  })

  it('names those who may be told, counts those who may not', async () => {
    await writeCustomers(database, [
      { no: 1, consent: true, owner: 'lin' },
      { no: 2, consent: false },
      { no: 3 },
      { no: 4, consent: true },
    ])
    await writeVoices(database, [
      ...[1, 2, 3].map((customer) => ({ days: 5, customer, topics: { [WAIT]: -0.9 } })),
      { days: 2, customer: 4, topics: { [WAIT]: 0.9 } },
    ])
    const told = await store.voiceTopics.complainants('service', daysAgo(30), NOON, 10)
    expect(told).toMatchObject({ total: 1, withheld: 2, rows: [{ no: 1, owner: 'lin', at: daysAgo(5) }] })
    const nobody = await store.voiceTopics.complainants('price', daysAgo(30), NOON, 10)
    expect(nobody).toEqual({ total: 0, withheld: 0, rows: [] })
  })

  describe('themes', () => {
    const theme = {
      ...{ topic: WAIT, department: '售后部', owner: null, due: '2026-07-01' },
      ...{ by: 'shen', createdAt: NOON },
    }

    it('are one a topic until done, and done once', async () => {
      const no = (await store.themes.add(theme))!
      expect(await store.themes.add(theme)).toBeNull()
      expect(await store.themes.openOf(WAIT)).toMatchObject({ ...theme, no, doneAt: null })
      expect(await store.themes.finish(no, '加了工位', 'lin', NOON)).toBe(true)
      expect(await store.themes.finish(no, '又一次', 'lin', NOON)).toBe(false)
      expect(await store.themes.get(no)).toMatchObject({ fixed: '加了工位', doneBy: 'lin', doneAt: NOON })
      const next = (await store.themes.add({ ...theme, due: null }))!
      const sooner = (await store.themes.add({ ...theme, topic: 'price' }))!
      expect((await store.themes.list(10)).map((each) => each.no)).toEqual([sooner, next, no])
    })

    it('are refused when they are nobody’s or half done', async () => {
      await expect(store.themes.add({ ...theme, topic: 'a', department: null })).rejects.toThrow()
      await store.themes.add(theme)
      const half = `UPDATE theme SET done_by = 'lin' WHERE done_at IS NULL`
      await expect(database.pool.query(half)).rejects.toThrow(/theme_done/)
    })
  })
})
