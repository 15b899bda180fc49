import fc from 'fast-check'
import { expect, test } from 'vitest'
import { featureNames } from '../../src/features/feature-list.ts'
import { causesOf } from '../../src/learning/causes.ts'
import { shippedProfile } from '../features/shipped.ts'

const retail = shippedProfile('retail')
const medians: Readonly<Record<string, number>> = { orders_90: 4, logins_30: 9, quiet_days: 12 }
const median = (feature: string): number => medians[feature] ?? Number.NaN

test('features of one measure are one factor, called what its numbers count', () => {
  const factors = causesOf(
    {
      names: ['orders_90', 'orders_365', 'quiet_days', 'usual_gap_days', 'logins_30', 'ltv'],
      values: [1, 9, 45, 11.5, Number.NaN, 120_000],
      phi: [0.5, -0.1, 0.9, 0.1, -0.2, 0],
    },
    retail,
    median,
  )
  expect(
    factors.map(({ label, feature, share, direction }) => [label.en, feature, share, direction]),
  ).toEqual([
    ['interval between orders', 'quiet_days', 0.625, 'raises'],
    ['orders in the last 90 days', 'orders_90', 0.25, 'raises'],
    ['logins in the last 30 days', 'logins_30', 0.125, 'lowers'],
  ])
  expect(factors.map(({ before, after, segmentMedian }) => [before, after, segmentMedian])).toEqual([
    [11.5, 45, 12],
    [null, 1, 4],
    [null, null, 9],
  ])
  expect(factors[1]!.parts).toEqual([
    { feature: 'orders_90', adds: 0.5, value: 1, segmentMedian: 4 },
    { feature: 'orders_365', adds: -0.1, value: 9, segmentMedian: null },
  ])
})

test('an interval is shown as the customer’s own only where they have one', () => {
  const names = ['quiet_days', 'usual_gap_days', 'order_days']
  const of = (values: readonly number[], phi = [0.3, 0.1, 0], read = names) =>
    causesOf({ names: read, values, phi }, retail, median)[0]
  const usual = retail.rhythm.usualDays
  // One order, two, three.
  expect(of([45, usual, 1])).toMatchObject({
    label: { en: 'days since the last order' },
    before: null,
    after: 45,
  })
  expect(of([45, 50, 2])).toMatchObject({ before: null, after: 45 })
  expect(of([45, 40, 3])).toMatchObject({ before: 40, after: 45 })
  // A model that reads no count of orders, and one that reads nothing but the interval.
  expect(of([45, usual], [0.3, 0.1], names.slice(0, 2))).toMatchObject({ before: null, after: 45 })
  expect(of([usual], [0.3], ['usual_gap_days'])).toMatchObject({ before: null, after: null })
})

test('a watched change shows how it was before', () => {
  const { now, before } = retail.change[0]!
  const [factor] = causesOf({ names: [before, now], values: [8, 2], phi: [0.3, 0.1] }, retail, median)
  expect(factor).toMatchObject({ feature: now, before: 8, after: 2 })
})

test('shares sum to at most 1, and all factors together add what all features add', () => {
  const names = featureNames(retail)
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
        minLength: names.length,
        maxLength: names.length,
      }),
      (phi) => {
        const factors = causesOf({ names, values: phi, phi }, retail, median, names.length)
        expect(factors.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9)
        const adds = factors.reduce((sum, each) => sum + each.adds, 0)
        expect(adds).toBeCloseTo(
          phi.reduce((sum, each) => sum + each, 0),
          9,
        )
        for (const { direction, adds: own } of factors) expect(direction === 'raises').toBe(own > 0)
      },
    ),
    { numRuns: 30 },
  )
})

test('where nothing moves the score there is no factor', () => {
  expect(causesOf({ names: ['orders_90'], values: [1], phi: [0] }, retail, median)).toEqual([])
})
