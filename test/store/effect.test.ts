import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import type { Profile } from '../../src/features/profile.ts'
import { type Footsteps, fateOf, type Outcome } from '../../src/learning/leaving.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { askedBy, newAlert, openTestStore, person, RULES } from './samples.ts'

const START = new Date('2026-01-01T00:00:00Z')
const on = (day: number): Date => new Date(+START + day * DAY)
const CHURN = { active: ['visit'], cancelled: ['cancelled'], inactiveDays: 60 }
const PROFILE = {
  churn: { kinds: ['visit'], cancelled: 'cancelled', inactiveDays: 60 },
} as unknown as Profile
const TODAY = 300

describe.each(places)('what tells whether the work pays, on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  /** Customers by the days of their visits and cancellations. */
  async function lived(
    lives: readonly { visits: readonly number[]; ends: readonly number[]; ltv?: number }[],
  ) {
    const ids = lives.map(() => randomUUID())
    const rows = lives.flatMap(({ visits, ends }, at) => [
      ...visits.map((day) => [ids[at]!, 'visit', on(day).toISOString()]),
      ...ends.map((day) => [ids[at]!, 'cancelled', on(day).toISOString()]),
    ])
    await database.pool.query(
      `INSERT INTO customer (id, value_tier, ltv_minor, owner)
        SELECT *, 'lin' FROM unnest($1::uuid[], $2::text[], $3::bigint[])`,
      [ids, lives.map((_, at) => (at % 2 === 0 ? 'high' : null)), lives.map(({ ltv }) => ltv ?? null)],
    )
    await database.pool.query(
      `INSERT INTO event (id, source, source_id, customer, kind, at)
        SELECT id, 'crm', id::text, customer, kind, at
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) AS e (id, customer, kind, at)`,
      [rows.map(() => randomUUID()), ...[0, 1, 2].map((column) => rows.map((row) => row[column]))],
    )
    return ids
  }

  it('customers leave on the days that a model is taught', async () => {
    const day = fc.integer({ min: 0, max: TODAY - 1 })
    const lives = fc.sample(
      fc.record({
        visits: fc.uniqueArray(day, { minLength: 1, maxLength: 8 }),
        ends: fc.uniqueArray(day, { maxLength: 1 }),
      }),
      { numRuns: 70, seed: 8 },
    )
    // A cancellation and a visit at the very same instant are no case for a definition.
    const clear = lives.filter(({ visits, ends }) => !ends.some((end) => visits.includes(end)))
    const ids = await lived(clear)
    const departures = await store.effect.departures(on(0), on(TODAY), CHURN)
    let left = 0
    for (const [at, { visits, ends }] of clear.entries()) {
      const days = departures
        .filter(({ customer }) => customer === ids[at])
        .map((one) => (+one.at - +START) / DAY)
      const sorted = (list: readonly number[]) =>
        Float64Array.from(list.toSorted((a, b) => a - b).map((each) => +on(each)))
      const steps: Footsteps = { active: sorted(visits), cancelled: sorted(ends) }
      for (const asOf of [30.5, 75.5, 120.5, 165.5]) {
        const outcome: Outcome = { label: 'last-activity', horizonDays: 45, gapDays: 0 }
        const fate = fateOf(steps, +on(asOf), outcome, PROFILE)
        if (fate !== 'left' && fate !== 'stayed') continue
        // Who falls silent and cancels later leaves on the day of the cancellation; a model is taught of the silence, too.
        if (ends.some((end) => end >= asOf + 45)) continue
        const next = days.find((each) => each > asOf - 60 && each < asOf + 45)
        expect([visits, ends, asOf, next !== undefined ? 'left' : 'stayed']).toEqual([
          visits,
          ends,
          asOf,
          fate,
        ])
        if (fate === 'left') left += 1
      }
    }
    expect(left).toBeGreaterThan(25)
  })

  it('counts who was here when a time began, by value, and who of them left in it', async () => {
    const ids = await lived([
      { visits: [80, 130], ends: [], ltv: 1_000 }, // left on day 130
      { visits: [90, 145, 200, 250, 290], ends: [], ltv: 500 }, // not declared, stays
      { visits: [10], ends: [], ltv: 9_000 }, // gone before
      { visits: [95], ends: [], ltv: 9_000 }, // left before, on a day known since
      { visits: [85, 110, 165, 220, 275], ends: [], ltv: 3_000 }, // stays
      { visits: [90, 105], ends: [120] }, // cancelled
    ])
    expect(await store.effect.present(on(100), on(160), on(TODAY), CHURN)).toEqual([
      {
        ...{ valueTier: 'high', owner: 'lin', customers: 2, left: 1 },
        ...{ declared: 2, declaredMinor: 4_000, undeclared: [] },
      },
      {
        ...{ valueTier: null, owner: 'lin', customers: 2, left: 1 },
        ...{ declared: 1, declaredMinor: 500, undeclared: [ids[5]] },
      },
    ])
  })

  it('holds customers who were reached beside themselves, from their first case on', async () => {
    const [one, other] = await lived([
      { visits: [10, 60, 100, 130], ends: [] },
      { visits: [90, 250], ends: [] },
    ])
    const terms = {
      ...{ now: on(TODAY), days: 60, currency: 'CNY' },
      sales: { sold: ['visit'], returned: ['cancelled'] },
    }
    await database.pool.query(`UPDATE event SET amount_minor = 1000`)
    const answer = (customer: string, day: number, nps: number) =>
      database.pool.query(
        `INSERT INTO feedback (id, source, source_id, customer, at, channel, text, nps)
          VALUES ($1::uuid, 's', $1::text, $2, $3, 'survey', '', $4)`,
        [randomUUID(), customer, on(day).toISOString(), nps],
      )
    for (const [day, nps] of [
      [20, 9],
      [80, 3],
      [112, 2],
      [200, 8],
    ] as const)
      await answer(one!, day, nps)
    const opened = (customer: string, day: number, reached: number | null) =>
      database.pool.query(
        `INSERT INTO alert (id, customer, tier, state, trigger, opened_at, contacted_at, assessment)
          VALUES ($1, $2, 'P1', 'resolved', 'risk', $3, $4, '{}')`,
        [randomUUID(), customer, on(day).toISOString(), reached === null ? null : on(reached).toISOString()],
      )
    await opened(one!, 110, 115)
    await opened(one!, 180, 181)
    await opened(other!, 280, 281)
    await opened(other!, 200, null)
    expect(await store.effect.worked(on(0), on(TODAY), terms)).toEqual([
      { npsBefore: 3, npsAfter: 8, gainedBefore: 2_000, gainedAfter: 1_000 },
      { npsBefore: null, npsAfter: null, gainedBefore: null, gainedAfter: null },
    ])
  })

  it('who was reached stays so where a worse tier asks for another call; what was taken back does not', async () => {
    const rules = { ...RULES, route: () => [] }
    const at = (hours: number): Date => new Date(+on(1) + hours * HOUR)
    const opened = async () => {
      const [customer] = await lived([{ visits: [1], ends: [] }])
      const alert = newAlert(customer!, 'P2', { openedAt: at(0) })
      return store.transaction((tables) => tables.cases.open(alert, rules, 'fresh'))
    }
    const asked = { ...askedBy(null), person: person('lin') }
    const reach = (id: string, hours: number) =>
      store.cases.move(id, { verb: 'contacted', by: 'lin', at: at(hours) }, asked, rules)
    const [called, mistaken] = [await opened(), await opened()]
    await reach(called.id, 5)
    const worse = { verb: 'worsen', by: null, at: at(40), tier: 'P0', assessment: called.assessment } as const
    const raised = await store.cases.move(called.id, worse, { ...asked, person: null }, rules)
    expect(raised?.alert.contactedAt).toBeNull()
    await reach(mistaken.id, 6)
    await store.cases.undo(mistaken.id, at(6), asked, rules)
    const seen = async () =>
      (await store.effect.cases(on(0), on(TODAY))).map(({ contactedAt }) => contactedAt)
    expect(await seen()).toEqual([at(5), null])
    await reach(called.id, 41)
    expect(await seen()).toEqual([at(5), null])
    expect((await store.effect.played(on(0), on(TODAY))).map(({ contactedAt }) => contactedAt)).toEqual([
      at(5),
      null,
    ])
  })

  it('a draw stands once a customer and quarter; who is held stands in the sealed record', async () => {
    const [one, other] = await lived([
      { visits: [1], ends: [] },
      { visits: [1], ends: [] },
    ])
    const draw = (customer: string, arm: 'held' | 'contacted', day: number) =>
      ({
        ...{
          customer,
          arm,
          at: on(day),
          period: '2026-Q1',
          tier: 'P1' as const,
          reason: 'two-rules' as const,
          share: 0.1,
        },
        until: on(day + 60),
      }) as const
    await store.holdout.add([draw(one!, 'held', 1), draw(other!, 'contacted', 1)])
    await store.holdout.add([draw(one!, 'contacted', 2)])
    const drawn = await store.holdout.drawn(on(0))
    expect([...drawn.values()].map(({ arm }) => arm).sort()).toEqual(['contacted', 'held'])
    expect(drawn.get(one!)).toEqual(draw(one!, 'held', 1))
    expect((await store.holdout.drawn(on(0), [other!])).size).toBe(1)
    const changes = await store.settings.changes(null, 10)
    expect(changes).toMatchObject([{ name: 'held-out C-1', by: 'foreshock', after: { why: 'held-out' } }])
    await expect(
      database.pool.query(`UPDATE holdout_draw SET arm = 'lost' WHERE customer = $1`, [one]),
    ).rejects.toThrow('holdout_draw_arm')
  })
})
