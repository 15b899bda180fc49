import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import { fallOf, meanWorth, valueOfFall } from '../../src/reports/churn-fall.ts'
import { type EffectAsked, effectOf, share, warningsOf } from '../../src/reports/effect.ts'
import type { DrawnCustomer, EffectCase } from '../../src/reports/effect-rows.ts'
import { holdoutEffect } from '../../src/reports/holdout-effect.ts'
import { aucEstimate, medianEstimate, sumEstimate } from '../../src/reports/interval.ts'
import { gateLine } from '../../src/reports/pilot.ts'
import { costPerKept, returnOf, spentIn, valueOfKept } from '../../src/reports/roi.ts'
import { workedChange } from '../../src/reports/worked.ts'

const LIVE = new Date('2026-01-01T00:00:00Z')
const on = (day: number): Date => new Date(+LIVE + day * DAY)
const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))

const one = (customer: string, opened: number, more: Partial<EffectCase> = {}): EffectCase => ({
  ...{ customer, tier: 'P1', state: 'open', cause: 'service', reason: null, result: null },
  ...{ costMinor: 0, worthMinor: 0, openedAt: on(opened), claimedAt: null, contactedAt: null },
  ...{ watchFrom: null, signalAt: null, cardAt: null },
  ...more,
})
const asked = (cases: readonly EffectCase[], more: Partial<EffectAsked> = {}): EffectAsked => ({
  ...{ cases, warnings: cases, departures: [], inactiveDays: 180 },
  ...{ known: { from: on(0), to: on(200) }, horizon: on(200), settled: on(300) },
  ...more,
})

test('early is a case before the day of leaving; the lead counts from the first one of the year', () => {
  const cases = many(10, (at) => one(`c${at}`, at < 8 ? 50 : 120))
  const departures = [
    ...many(10, (at) => ({ customer: `c${at}`, at: on(100) })),
    // Nobody warned of them; and one of whom it is not known yet.
    ...many(10, (at) => ({ customer: `x${at}`, at: on(100) })),
    { customer: 'late', at: on(250) },
  ]
  const { early, lead } = effectOf(asked(cases, { departures }))
  expect([early.of, early.estimate?.value]).toEqual([20, 0.4])
  expect([lead.of, lead.estimate]).toEqual([8, null])
  // Who was held out was found in time all the same.
  const draws = many(10, (at): DrawnCustomer => ({ customer: `x${at}`, arm: 'held', at: on(90) }))
  const { early: withHeld } = effectOf(asked(cases, { departures, warnings: warningsOf(cases, draws) }))
  expect(withHeld.estimate?.value).toBe(0.9)
  const longAgo = [...many(10, (at) => one(`c${at}`, -400)), ...many(10, (at) => one(`c${at}`, 60))]
  expect(effectOf(asked(longAgo, { departures })).lead.estimate?.value).toBe(40)
})

test('a warning was right where the customer left soon, had stopped unseen, or was kept until the watch had ended', () => {
  const cases = [
    ...many(4, (at) => one(`soon${at}`, 50)),
    ...many(2, (at) => one(`before${at}`, 50)),
    ...many(3, (at) => one(`kept${at}`, 50, { state: 'retained' })),
    ...many(1, (at) => one(`later${at}`, 50)),
    ...many(10, (at) => one(`stays${at}`, 50, { state: 'dismissed' })),
    ...many(10, (at) => one(`new${at}`, 190)),
  ]
  const departures = [
    ...many(4, (at) => ({ customer: `soon${at}`, at: on(109) })),
    ...many(2, (at) => ({ customer: `before${at}`, at: on(20) })),
    { customer: 'later0', at: on(111) },
  ]
  const p1 = effectOf(asked(cases, { departures })).tiers[1]!
  expect([p1.precision.of, p1.precision.estimate?.value, p1.left]).toEqual([20, 0.45, 6])
})

test('retention counts only what has had time to end well, by the reason judged and the one found', () => {
  const ended = (state: EffectCase['state'], opened: number, more: Partial<EffectCase> = {}) =>
    one('c', opened, { state, ...more })
  const cases = [
    ...many(8, () => ended('retained', 10, { reason: 'price' })),
    ...many(2, () => ended('relapsed', 10)),
    ...many(6, () => ended('resolved', 10, { result: 'lost', reason: 'moved', cause: 'moved' })),
    ...many(5, () => ended('dismissed', 10)),
    ...many(9, () => ended('resolved', 290, { result: 'lost' })),
  ]
  const effect = effectOf(asked(cases, { settled: on(280) }))
  expect([effect.retention.of, effect.retention.estimate?.value, effect.unended]).toEqual([16, 0.5, 0])
  expect(effect.byCause.map(({ name, retention }) => [name, retention.of])).toEqual([
    ['service', 10],
    ['moved', 6],
  ])
  expect(effect.byReason.map(({ name, retention }) => [name, retention.of])).toEqual([
    ['price', 8],
    ['moved', 6],
  ])
  expect(effect.byReason.map(({ lost }) => lost)).toEqual([0, 6])
  expect(effect.reasonsTold).toBe(true)
  const wordless = [...cases, ...many(3, () => ended('retained', 10))]
  expect(effectOf(asked(wordless, { settled: on(280) })).reasonsTold).toBe(false)
  expect(effect.accepted.estimate?.value).toBeCloseTo(25 / 30)
})

test('who left soon after a case was lost, whether or not somebody wrote it', () => {
  const cases = [
    ...many(9, (at) => one(`kept${at}`, 10, { state: 'retained' })),
    ...many(3, (at) => one(`left${at}`, 10, { state: 'claimed' })),
    ...many(2, (at) => one(`open${at}`, 10)),
    // An outcome that is neither is one all the same.
    one('otherwise', 10, { state: 'resolved', result: 'other' }),
    // Kept, and left within sixty days all the same; dismissed, and left.
    one('kept0', 10, { state: 'retained' }),
    one('dismissed', 10, { state: 'dismissed' }),
  ]
  const departures = ['left0', 'left1', 'left2', 'kept0', 'dismissed'].map((customer) => ({
    ...{ customer, at: on(60) },
  }))
  const { retention, unended } = effectOf(asked(cases, { departures }))
  expect([retention.of, retention.estimate?.value, unended]).toEqual([13, 10 / 13, 2])
})

test('customers who were reached are held beside themselves, and few of them are told as few', () => {
  const rows = (count: number, gain: number) =>
    many(count, (at) => ({
      ...{ npsBefore: at % 2 === 0 ? 3 : 7, npsAfter: 9 },
      ...{ gainedBefore: 100 * at, gainedAfter: at === 0 ? null : 100 * at + gain + (at % 3) },
    }))
  const { nps, gained } = workedChange(rows(12, 50))
  expect([nps.before, nps.after, nps.of, nps.isSmall, nps.change?.clear]).toEqual([-50, 100, 12, true, true])
  expect(nps.change!.by).toBe(150)
  expect([nps.change!.low < 150, nps.change!.high > 150]).toEqual([true, true])
  expect([gained.of, gained.change!.clear, gained.change!.by > 50]).toEqual([11, true, true])
  expect(workedChange(rows(9, 50)).nps).toMatchObject({ change: null, of: 9, least: 10 })
  expect(workedChange(rows(40, -50)).gained).toMatchObject({ isSmall: false, change: { clear: true } })
})

test('waits are measured from the newest fact on, where it was there before', () => {
  const cases = many(12, (at) =>
    one(`c${at}`, 10, {
      // One put in later, one from before the first case.
      signalAt: on(at === 0 ? 12 : at === 11 ? -90 : 9),
      cardAt: on(10),
      contactedAt: at < 9 ? on(11) : null,
    }),
  )
  const { toCard, toContact } = effectOf(asked(cases))
  expect([toCard.of, toCard.estimate?.value]).toEqual([10, 24 * HOUR])
  expect(toContact).toEqual({ estimate: null, of: 8, least: 10 })
})

test('what came back: value kept less what was spent, over what was spent', () => {
  const cases = [
    ...many(12, (at) => one(`k${at}`, 20, { state: 'retained', worthMinor: 1_000, contactedAt: on(21) })),
    // Kept twice, worth it once.
    one('k0', 50, { state: 'retained', worthMinor: 1_000 }),
    one('lost', 20, { costMinor: 500 }),
    // Kept, and lost a month later.
    one('back', 20, { state: 'retained', worthMinor: 1_000 }),
    one('back', 60, { state: 'resolved', result: 'lost' }),
  ]
  const year = { from: on(0), to: on(365.25) }
  const costs = { oneOffMinor: 1_000, monthlyMinor: 100, contactMinor: 25 }
  const spent = spentIn(year, LIVE, cases, costs)
  expect(spent).toMatchObject({
    oneOffMinor: 1_000,
    runningMinor: 1_200,
    grantedMinor: 500,
    contactsMinor: 300,
  })
  expect(spent.totalMinor).toBe(3_000)
  expect(spentIn({ from: on(10), to: on(40) }, LIVE, cases, costs).oneOffMinor).toBe(0)
  const kept = valueOfKept(cases)
  expect([kept.kept, kept.minor?.value]).toEqual([12, 12_000])
  expect(returnOf(spent, kept.minor).roi?.value).toBe(3)
  // What contacts cost alone would flatter it.
  expect(returnOf({ ...spent, oneOffMinor: 0, runningMinor: 0 }, kept.minor).roi).toBeNull()
  expect(costPerKept(spent, 12)?.value).toBe(250)
  expect(costPerKept(spent, 9)).toBeNull()
})

test('a fall in churn is worth the customers who stayed by it; a rise costs', () => {
  const stretches = [
    { from: on(-60), to: on(0) },
    { from: on(0), to: on(60) },
  ] as const
  const row = (owner: string, customers: number, left: number) => ({
    ...{ valueTier: 'high', owner, customers, left },
    ...{ declared: 1, declaredMinor: 300, undeclared: ['c1'] },
  })
  const rows = (left: number) => [row('lin', 600, left), row('zhou', 400, 0)]
  const fall = fallOf(stretches, rows(100), rows(60))
  expect(fall.all.change?.by).toBeCloseTo(-0.04)
  expect(fall.byOwner.map(({ owner, of, now }) => [owner, of, now?.value])).toEqual([
    ['lin', 600, 0.1],
    ['zhou', 400, 0],
  ])
  const ranks = ['low', null, 'mid', 'high'].map((valueTier) => ({ ...row('lin', 5, 1), valueTier }))
  const ranked = fallOf(stretches, ranks, []).byValue.map(({ valueTier }) => valueTier)
  expect(ranked).toEqual(['high', 'mid', 'low', null])
  // As declared, else as estimated.
  const worth = meanWorth(rows(60), [100, 100])
  expect(worth).toEqual({ minor: 200, declared: 2, estimated: 2 })
  const value = valueOfFall(fall, worth)!
  expect(value.value).toBeCloseTo(8_000)
  expect(value.low).toBeGreaterThan(0)
  expect(value.low < value.value && value.value < value.high).toBe(true)
  expect(valueOfFall(fall, meanWorth([], []))).toBeNull()
  expect(valueOfFall(fallOf(stretches, rows(60), rows(100)), worth)!.value).toBeCloseTo(-8_000)
})

test('a holdout is read as it was drawn first, once both sides are large enough and known', () => {
  const draws = (held: number, contacted: number): DrawnCustomer[] => [
    ...many(held, (at) => ({ customer: `h${at}`, arm: 'held' as const, at: on(10) })),
    ...many(contacted, (at) => ({ customer: `c${at}`, arm: 'contacted' as const, at: on(10) })),
    // Drawn again later, the other way.
    { customer: 'h0', arm: 'contacted', at: on(100) },
    { customer: 'young', arm: 'held', at: on(150) },
  ]
  const left = {
    departures: [
      ...many(40, (at) => ({ customer: `h${at}`, at: on(50) })),
      ...many(20, (at) => ({ customer: `c${at}`, at: on(50) })),
    ],
    ...{ inactiveDays: 180, horizon: on(200) },
  }
  const { held, contacted, difference } = holdoutEffect(draws(60, 200), left)
  expect([held.of, held.left?.value, contacted.left?.value]).toEqual([60, 40 / 60, 0.1])
  expect(difference?.clear).toBe(true)
  expect(difference!.by).toBeCloseTo(0.1 - 40 / 60)
  expect(holdoutEffect(draws(29, 200), left).difference).toBeNull()
})

test('the pilot’s gate: the first source that tells, and how surely it is passed', () => {
  const holdout = { estimate: null, of: 3, least: 30 }
  const line = gateLine('churn', [
    ['holdout', holdout],
    ['backtest', share(60, 100)],
  ])
  expect([line.source, line.passing]).toEqual(['backtest', 'passed'])
  const passing = (count: number, of: number) => gateLine('retention', [['cases', share(count, of)]]).passing
  expect([passing(4, 10), passing(1, 10), passing(0, 30), passing(2, 3)]).toEqual([
    'passed-closely',
    'missed-closely',
    'missed',
    'not-enough',
  ])
})

test('ranges of a median, a sum and an area under a curve', () => {
  // The 95% interval of the median of 20 values: the 6th to the 15th, here a place wider for the rounding.
  const { value, low, high } = medianEstimate(many(20, (at) => at + 1))
  expect(value).toBe(10.5)
  expect([low >= 5 && low <= 6, high >= 15 && high <= 16]).toEqual([true, true])
  // 25 events of size 1: 25 plus or minus 1.96 times 5.
  expect(sumEstimate(Array<number>(25).fill(1)).high).toBeCloseTo(34.8, 1)
  // Hanley and McNeil 1982: standard error 0.0325 at 0.893 with 51 and 58.
  const auc = aucEstimate(0.893, 51, 58)
  expect((auc.high - auc.value) / 1.96).toBeCloseTo(0.0325, 2)
})
