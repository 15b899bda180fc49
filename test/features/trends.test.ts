import fc from 'fast-check'
import { expect, test } from 'vitest'
import { monthlyCounts, moodsSince } from '../../src/features/trends.ts'
import { customerWith, DAY, NOW } from '../signals/customer.ts'

const instants = (...words: string[]) => Float64Array.from(words, (word) => Date.parse(word))
const ZONE = 'Asia/Shanghai'

test('months are the team’s own, the unfinished one last', () => {
  const asOf = Date.parse('2026-03-10T08:00:00+08:00')
  const at = instants(
    '2025-12-31T23:59:59+08:00',
    '2026-01-01T00:00:00+08:00',
    '2026-01-31T23:59:59+08:00',
    '2026-03-01T00:00:00+08:00',
    '2026-03-10T07:59:59+08:00',
  )
  const counts = monthlyCounts(at, asOf, ZONE, 3)
  expect(counts.map(({ count }) => count)).toEqual([2, 0, 2])
  expect(counts.map((month) => new Date(month.at).toISOString())).toEqual([
    '2025-12-31T16:00:00.000Z',
    '2026-01-31T16:00:00.000Z',
    '2026-02-28T16:00:00.000Z',
  ])
  expect(monthlyCounts(at, asOf, ZONE)).toHaveLength(12)
})

test('a month with a clock change is still one month', () => {
  const asOf = Date.parse('2026-04-15T12:00:00Z')
  const [march] = monthlyCounts(instants(), asOf, 'Europe/Berlin', 2)
  expect(new Date(march!.at).toISOString()).toBe('2026-02-28T23:00:00.000Z')
})

test('every event of the last months is counted in exactly one of them', () => {
  const days = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 60 })
  fc.assert(
    fc.property(days, fc.constantFrom('UTC', ZONE, 'America/New_York'), (ago, zone) => {
      const at = Float64Array.from(ago.map((each) => NOW - 1 - each * DAY)).sort()
      const counts = monthlyCounts(at, NOW, zone)
      const since = at.filter((each) => each >= counts[0]!.at).length
      expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(since)
    }),
  )
})

test('moods are told on the scale of ratings; a voice without a mood is left out', () => {
  const history = customerWith({
    events: {
      voice: [
        [400, { rating: 9 }],
        [90, { rating: 8 }],
        [40, {}],
        [30, { sentiment: -0.5 }],
        [5, { sentiment: 1, rating: 2 }],
      ],
    },
  })
  expect(moodsSince(history, NOW - 365 * DAY)).toEqual([
    { at: NOW - 90 * DAY, mood: 8 },
    { at: NOW - 30 * DAY, mood: 2.5 },
    { at: NOW - 5 * DAY, mood: 10 },
  ])
  expect(moodsSince(customerWith({}), 0)).toEqual([])
})
