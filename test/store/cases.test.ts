import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Move } from '../../src/alerts/move.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import {
  askedBy,
  assessmentOf,
  minutes,
  NOON,
  newAlert,
  openCase,
  openTestStore,
  person,
  RULES,
} from './samples.ts'

describe.each(places)('the life of a case on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const lin = person('lin')
  const move = async (id: string, made: Move, by = made.by === null ? null : lin) => {
    const moved = await store.transaction((tables) =>
      tables.cases.move(id, made, { ...askedBy(by), note: 'note' }, RULES),
    )
    if (!moved.done) throw new Error(moved.refusal)
    return moved.alert
  }
  const deadlines = async (now: Date) =>
    (await store.timers.due(now)).filter(({ kind }) => !kind.startsWith('remind-'))
  const outcome = {
    result: 'lost',
    reason: 'price',
    action: 'a',
    entitlement: '',
    costMinor: 5,
    reply: '"no"',
  } as const
  const later = (ms: number): Date => new Date(NOON.getTime() + ms)

  it('opens with a number, an action, three clocks and its cards', async () => {
    const alert = await openCase(store, 'P0')
    expect(alert).toMatchObject({
      no: 1001,
      state: 'open',
      version: 1,
      owner: null,
      due: [
        { clock: 'claim', at: later(2 * HOUR), missed: false },
        { clock: 'reach', at: later(24 * HOUR), missed: false },
        { clock: 'outcome', at: later(7 * DAY), missed: false },
      ],
    })
    expect(await store.alerts.byNo(1001)).toEqual(alert)
    expect(await store.alerts.current(alert.customer)).toEqual(alert)
    expect(await store.alerts.actions(alert.id)).toMatchObject([
      { verb: 'open', by: 'foreshock', to: 'open', note: 'fresh' },
    ])
    expect((await store.outbox.cardsOf(alert.id)).map(({ channel }) => channel)).toEqual([
      'alerts',
      'retention',
    ])
    for (const no of [9, 0, -1, 2 ** 31, 1e15]) expect(await store.alerts.byNo(no)).toBeNull()
  })

  it('writes each move: who, when, from, to; clocks stop as they are met', async () => {
    const { id, customer } = await openCase(store)
    expect(await move(id, { verb: 'claim', by: 'lin', at: minutes(5) })).toMatchObject({
      owner: 'lin',
      claimedAt: minutes(5),
      due: [{ clock: 'reach' }, { clock: 'outcome' }],
    })
    expect(await move(id, { verb: 'contacted', by: 'lin', at: minutes(9) })).toMatchObject({
      due: [{ clock: 'outcome' }],
    })
    const done = await move(id, { verb: 'resolve', by: 'lin', at: minutes(20), outcome })
    expect(done).toMatchObject({ state: 'resolved', closedAt: minutes(20), outcome, due: [], version: 4 })
    expect((await store.alerts.actions(id)).map(({ verb, from, to, at }) => [verb, from, to, at])).toEqual([
      ['open', null, 'open', NOON],
      ['claim', 'open', 'claimed', minutes(5)],
      ['contacted', 'claimed', 'contacted', minutes(9)],
      ['resolve', 'contacted', 'resolved', minutes(20)],
    ])
    const { rows } = await database.pool.query(
      "SELECT kind, done_at FROM timer WHERE kind LIKE 'sla-%' ORDER BY done_at",
    )
    expect(rows).toEqual([
      { kind: 'sla-claim', done_at: minutes(5) },
      { kind: 'sla-reach', done_at: minutes(9) },
      { kind: 'sla-outcome', done_at: minutes(20) },
    ])
    expect(await store.alerts.current(customer)).toBeNull()
    expect(await store.alerts.lastClosed(customer)).toMatchObject({ id })
    await expect(move(id, { verb: 'claim', by: 'lin', at: minutes(21) })).rejects.toThrow('closed')
  })

  it('a clock rings once, and only while it runs', async () => {
    const { id } = await openCase(store, 'P0')
    expect(await deadlines(minutes(119))).toEqual([])
    const [timer, ...others] = await deadlines(minutes(120))
    expect(others).toEqual([])
    expect(timer).toMatchObject({ alert: id, kind: 'sla-claim', dueAt: minutes(120) })
    const rang = await Promise.all(
      Array.from({ length: 8 }, () => store.timers.fire(timer!.id, minutes(121))),
    )
    expect(rang.filter(Boolean)).toHaveLength(1)
    expect(await deadlines(minutes(200))).toEqual([])
    expect((await store.alerts.get(id))!.due[0]).toEqual({ clock: 'claim', at: minutes(120), missed: true })

    const calm = await openCase(store, 'P0')
    await move(calm.id, { verb: 'claim', by: 'lin', at: minutes(1) })
    expect((await deadlines(minutes(200))).filter((each) => each.alert === calm.id)).toEqual([])
  })

  it('asks where a card goes by tier and by reason, opened, raised or taken back', async () => {
    const asked: unknown[] = []
    const rules: typeof RULES = {
      ...RULES,
      route: (...about) => {
        asked.push(about)
        return []
      },
    }
    const fresh = newAlert(randomUUID(), 'P1')
    const { id } = await store.transaction((tables) => tables.cases.open(fresh, rules, 'fresh'))
    await store.cases.move(id, { verb: 'claim', by: 'lin', at: minutes(1) }, askedBy(person('lin')), rules)
    await store.cases.undo(id, minutes(1), { ...askedBy(null), person: person('lin') }, rules)
    expect(asked).toEqual(Array(3).fill(['P1', fresh.assessment.reason]))
  })

  it('snoozing moves the clocks that would ring meanwhile, and wakes', async () => {
    const { id } = await openCase(store, 'P0')
    const until = later(30 * HOUR)
    const asleep = await move(id, { verb: 'snooze', by: 'lin', at: minutes(1), until })
    expect(asleep).toMatchObject({ state: 'snoozed', snoozedUntil: until })
    expect(asleep.due.map(({ clock, at }) => [clock, at])).toEqual(
      expect.arrayContaining([
        ['claim', later(2 * HOUR)],
        ['reach', later(54 * HOUR)],
        ['outcome', later(7 * DAY)],
      ]),
    )
    const ringing = async (at: Date) => (await deadlines(at)).map(({ kind }) => kind).sort()
    expect(await ringing(later(29 * HOUR))).toEqual(['sla-claim'])
    // Nothing is late in the minute it wakes but the claim, which nobody put off.
    expect(await ringing(until)).toEqual(['sla-claim', 'wake'])
    expect(await move(id, { verb: 'wake', by: null, at: until })).toMatchObject({
      state: 'open',
      snoozedUntil: null,
    })
  })

  it('worsening shortens the clocks that still run and adds the channels of the worse tier', async () => {
    const { id, customer } = await openCase(store, 'P2')
    await move(id, { verb: 'claim', by: 'lin', at: minutes(1) })
    const worse = await move(id, {
      verb: 'worsen',
      by: null,
      at: minutes(60),
      tier: 'P0',
      assessment: assessmentOf(customer, { tier: 'P0' }),
    })
    expect(worse).toMatchObject({ tier: 'P0', state: 'claimed', assessment: { tier: 'P0' } })
    expect(worse.due.map(({ clock, at }) => [clock, at])).toEqual([
      ['reach', later(25 * HOUR)],
      ['outcome', later(7 * DAY)],
    ])
    expect(await store.outbox.cardsOf(id)).toHaveLength(2)
    expect((await store.alerts.actions(id)).at(-1)!.detail).toEqual({ fromTier: 'P2', toTier: 'P0' })
  })

  it('a watch keeps what was known when it began; a relapse closes it and opens the next in one transaction', async () => {
    const { id, customer } = await openCase(store)
    await store.assessments.add([assessmentOf(customer, { asOf: minutes(30).getTime(), score: 0.9 })])
    const watched = await move(id, { verb: 'retained', by: 'lin', at: minutes(40) })
    expect(watched).toMatchObject({
      state: 'watch',
      watchFrom: minutes(40),
      watchUntil: later(30 * DAY + 40 * 60_000),
      due: [],
    })
    expect(await store.alerts.baseline(id)).toMatchObject({ score: 0.9 })

    const relapse = (fail: boolean) =>
      store.transaction(async (tables) => {
        await tables.cases.move(id, { verb: 'relapse', by: null, at: minutes(90) }, askedBy(null), RULES)
        const next = await tables.cases.open(
          newAlert(customer, 'P0', { trigger: 'relapse', previous: id }),
          RULES,
          'relapse',
        )
        if (fail) throw new Error('crash')
        return next
      })
    await expect(relapse(true)).rejects.toThrow('crash')
    expect(await store.alerts.get(id)).toMatchObject({ state: 'watch' })
    expect(await store.alerts.ofCustomer(customer)).toHaveLength(1)
    const next = await relapse(false)
    expect(await store.alerts.get(id)).toMatchObject({ state: 'relapsed', closedAt: minutes(90) })
    expect(await store.alerts.successor(id)).toEqual(next)
    const cases = (await store.alerts.cases()).get(customer)!
    expect([cases.current!.id, cases.lastClosed!.id]).toEqual([next.id, id])
    expect((await deadlines(later(40 * DAY))).every((timer) => timer.alert === next.id)).toBe(true)
  })

  it('lists by state and owner', async () => {
    const first = await openCase(store)
    await openCase(store)
    await move(first.id, { verb: 'claim', by: 'lin', at: minutes(1) })
    const numbers = async (q: Parameters<typeof store.alerts.list>[0]) =>
      (await store.alerts.list(q)).map(({ no }) => no)
    expect(await numbers({})).toEqual([1001, 1002])
    expect(await numbers({ states: ['open'] })).toEqual([1002])
    expect(await numbers({ states: ['open', 'claimed'], owner: 'lin' })).toEqual([1001])
  })
})
