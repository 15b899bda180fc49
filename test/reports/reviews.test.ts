import { expect, test } from 'vitest'
import type { CarePlan } from '../../src/alerts/care-plan.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import type { Entitlement } from '../../src/features/profile.ts'
import type { PlayedCase, Trace } from '../../src/reports/effect-rows.ts'
import { playbookReview } from '../../src/reports/playbook-review.ts'
import { type Led, unwarnedReport } from '../../src/reports/unwarned.ts'

const START = new Date('2026-01-01T00:00:00Z')
const on = (day: number): Date => new Date(+START + day * DAY)
const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))

const one = (more: Partial<PlayedCase>): PlayedCase => ({
  ...{ customer: 'c', tier: 'P1', state: 'retained', cause: 'service', reason: null, result: null },
  ...{ costMinor: 0, entitlement: '', openedAt: on(0), contactedAt: null, closedAt: on(35) },
  ...{ highValue: false, probability: null, contactConsent: null, actions: [] },
  ...more,
})
const lost = { state: 'resolved', result: 'lost', closedAt: on(5) } as const
const says = { zh: '听', en: 'Listen' }
const plan: CarePlan = {
  ...{ danger: 0.7, weeks: 8 },
  steps: [
    { name: 'listen', from: 0, due: 7, reaches: true, done: ['contacted'], says },
    { name: 'invite', from: 30, due: 56, reaches: true, done: [], says },
  ],
}
const terms = {
  ...{ from: on(0), to: on(90), now: on(120), plan, contactMinor: 100, entitlements: [] },
  leaves: () => null,
}

test('what goes with clearly more customers kept is found; what may be chance among so many comparisons is not', () => {
  const cases = [
    ...many(40, (at) => one({ customer: `a${at}`, contactedAt: new Date(+on(0) + 6 * HOUR), costMinor: 50 })),
    ...many(10, (at) => one({ customer: `b${at}`, ...lost })),
    ...many(12, (at) => one({ customer: `c${at}`, cause: 'price', contactedAt: on(3) })),
    ...many(38, (at) => one({ customer: `d${at}`, cause: 'price', ...lost })),
    ...many(5, (at) => one({ customer: `e${at}`, cause: 'moved', state: 'dismissed' })),
  ]
  const review = playbookReview(cases, terms)
  expect([review.cases, review.retention.of, review.retention.estimate?.value]).toEqual([105, 100, 0.52])
  expect(review.books.map(({ name, cases: count }) => [name, count])).toEqual([
    ['price', 50],
    ['service', 50],
    ['moved', 5],
  ])
  const service = review.books[1]!
  expect([service.retention.estimate?.value, service.toReach.estimate?.value]).toEqual([0.8, 6 * HOUR])
  expect(service.costPerKept?.value).toBe(150)
  expect(review.findings.map(({ about, name, change }) => [about, name, change.by > 0])).toEqual([
    ['soon', '', true],
    ['book', 'price', false],
    ['book', 'service', true],
  ])
  // 9 of 20 against 15 of 20 would be clear on its own half the time.
  const close = [
    ...many(20, (at) => one({ customer: `a${at}`, ...(at < 9 ? {} : lost) })),
    ...many(20, (at) => one({ customer: `b${at}`, cause: 'price', ...(at < 16 ? {} : lost) })),
  ]
  expect(playbookReview(close, terms).findings).toEqual([])
})

test('what was granted is counted once in whatever language it was written, and own words as they are', () => {
  const label = { zh: '免费检测', en: 'Free inspection' }
  const entitlements: Entitlement[] = [{ name: 'free-check', label, role: 'csm', tiers: ['P0'] }]
  const written = ['free-check', '免费检测', 'Free inspection', '一束花', 'other', '']
  const cases = written.map((entitlement) => one({ customer: entitlement, entitlement }))
  const { gifts } = playbookReview(cases, { ...terms, entitlements })
  expect(gifts.map(({ name, cases: count, says: told }) => [name, count, told.en])).toEqual([
    ['free-check', 3, 'Free inspection'],
    ['other', 1, 'Other'],
    ['一束花', 1, '一束花'],
  ])
})

test('a step was skipped where it was due while the case had a plan', () => {
  const danger = { tier: 'P0', highValue: true } as const
  const cases = [
    one({ ...danger, actions: [{ verb: 'contacted', detail: {} }] }),
    // Lost before the second was due; not to be contacted; in no danger.
    one({ ...danger, ...lost, closedAt: on(20) }),
    one({ ...danger, contactConsent: false }),
    one({}),
  ]
  expect(playbookReview(cases, terms).steps).toEqual([
    { name: 'listen', says, due: 2, done: 1 },
    { name: 'invite', says, due: 1, done: 0 },
  ])
})

test('churners nobody warned of in time, by what could be seen of them', () => {
  const left: Led[] = [
    { customer: 'warned', at: on(50), lead: 20 },
    { customer: 'late', at: on(50), lead: -3 },
    ...['below', 'new', 'seldom', 'mute', 'as-ever', 'mute2'].map((customer) => ({
      ...{ customer, at: on(50), lead: null },
    })),
  ]
  const trace = (customer: string, more: Partial<Trace> = {}): Trace => ({
    ...{ customer, at: on(50), visits: 9, knownDays: 900, heard: true, tier: null, worthMinor: 100 },
    ...more,
  })
  const { warned, patterns } = unwarnedReport(left, [
    trace('late', { tier: 'watch' }),
    trace('below', { tier: 'watch' }),
    trace('new', { knownDays: 20, visits: 1 }),
    trace('seldom', { visits: 2 }),
    trace('mute', { heard: false }),
    trace('mute2', { heard: false, tier: 'routine' }),
    trace('as-ever'),
  ])
  expect([warned.of, warned.estimate]).toEqual([8, null])
  expect(patterns.map(({ pattern, count }) => [pattern, count])).toEqual([
    ['mute', 2],
    ['late', 1],
    ['below', 1],
    ['new', 1],
    ['seldom', 1],
    ['as-ever', 1],
  ])
  expect(patterns[0]!.worthMinor).toBe(200)
})
