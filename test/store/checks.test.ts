import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TIERS, type Tier } from '../../src/risk/assessment.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { places } from '../places.ts'
import { assessmentOf, minutes, NOON, openCase, openTestStore } from './samples.ts'

const tiersOf = (...tiers: Tier[]) => Uint8Array.from(tiers, (tier) => TIERS.indexOf(tier))

const RUN = {
  asOf: NOON,
  profile: 'auto',
  model: 'rules',
  horizon: NOON,
  customers: Int32Array.of(1, 2),
  scores: Float32Array.of(0.5, 1),
  priorities: Float32Array.of(2, 0),
  tiers: tiersOf('P0', 'watch'),
  deferred: [8],
}

/** What the schema language cannot say: CHECK and partial unique indexes, tested by what they do. */
describe.each(places)('what the database itself refuses on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())

  it.each([Number.NaN, -0.01, 1.01, 2, Number.POSITIVE_INFINITY])('a score of %s', async (score) => {
    await expect(store.assessments.add([assessmentOf(randomUUID(), { score })])).rejects.toThrow(
      /assessment_score_range/,
    )
  })

  it('an unknown tier or state of a case, an unknown state of an outbox item', async () => {
    const { id } = await openCase(store)
    const update = (sql: string): Promise<unknown> => database.pool.query(sql)
    await expect(update(`UPDATE alert SET tier = 'P9' WHERE id = '${id}'`)).rejects.toThrow(/alert_tier/)
    await expect(update(`UPDATE alert SET state = 'asleep' WHERE id = '${id}'`)).rejects.toThrow(
      /alert_state/,
    )
    await expect(update("UPDATE outbox SET state = 'lost'")).rejects.toThrow(/outbox_state/)
  })

  it('an outside event of no known kind, or that ends before it begins', async () => {
    const event = { kind: 'promotion', title: '618', first: '2026-06-01', last: '2026-06-20' } as const
    const add = (some: object) => store.outsideEvents.add({ ...event, ...some }, 'ye', NOON)
    await expect(add({ kind: 'war' })).rejects.toThrow(/outside_event_kind/)
    await expect(add({ last: '2026-05-31' })).rejects.toThrow(/outside_event_days/)
    expect(await add({})).not.toBeNull()
    expect(await add({})).toBeNull()
  })

  it('two successors of one relapse', async () => {
    const { id } = await openCase(store)
    await openCase(store, 'P1', { trigger: 'relapse', previous: id })
    await expect(openCase(store, 'P1', { trigger: 'relapse', previous: id })).rejects.toThrow(
      /unique constraint/,
    )
  })

  it('keeps one assessment of a customer at an instant: the later one', async () => {
    const customer = randomUUID()
    await store.assessments.add([assessmentOf(customer, { score: 0.4 })])
    await store.assessments.add([assessmentOf(customer, { score: 0.9 })])
    const { rows } = await database.pool.query('SELECT score FROM assessment WHERE customer = $1', [customer])
    expect(rows).toEqual([{ score: 0.9 }])
  })

  it('but takes every score in its range, and gives the newest assessment', async () => {
    const customer = randomUUID()
    const scores = [0, 0.5, 1].map((score, index) =>
      assessmentOf(customer, { score, asOf: minutes(index).getTime() }),
    )
    await store.assessments.add(scores)
    expect(await store.assessments.latest(customer)).toEqual(scores[2])
    expect((await store.assessments.latestOf([customer, randomUUID()])).get(customer)).toEqual(scores[2])
    expect((await store.assessments.since(new Date(0))).get(customer)).toEqual(scores[2])
    expect(await store.assessments.latest(randomUUID())).toBeNull()
  })

  it('keeps one score run an instant, the last written', async () => {
    expect(await store.assessments.horizon()).toBeNull()
    await store.assessments.addRun(RUN)
    await store.assessments.addRun({ ...RUN, tiers: tiersOf('P1', 'watch') })
    expect(await store.assessments.horizon()).toEqual(NOON)
    await store.assessments.addRun({ ...RUN, asOf: minutes(1), horizon: minutes(-1) })
    expect(await store.assessments.horizon()).toEqual(minutes(-1))
    expect(await store.assessments.runs(9)).toEqual([
      { ...RUN, asOf: minutes(1), horizon: minutes(-1) },
      { ...RUN, tiers: tiersOf('P1', 'watch') },
    ])
  })

  it('tells one customer’s way through the nights', async () => {
    await store.assessments.addRun({
      ...RUN,
      asOf: minutes(2),
      customers: Int32Array.of(2, 7),
      scores: Float32Array.of(0.25, 0),
    })
    expect(await store.assessments.trend(2, 9)).toEqual([
      { asOf: NOON, score: 1, tier: 'watch' },
      { asOf: minutes(1), score: 1, tier: 'watch' },
      { asOf: minutes(2), score: 0.25, tier: 'P0' },
    ])
    expect(await store.assessments.trend(1, 2)).toEqual([{ asOf: minutes(1), score: 0.5, tier: 'P0' }])
    expect(await store.assessments.trend(99, 9)).toEqual([])
  })
})
