import fc from 'fast-check'
import { expect, test } from 'vitest'
import { knownLtv } from '../../src/risk/assessment.ts'
import { highValueThreshold, isHighValue, ltvOf } from '../../src/risk/value.ts'
import { customerWith, profile } from '../signals/customer.ts'

test('the declared tier decides, else the LTV against the threshold', () => {
  const is = (facts: object, from: number) => isHighValue(customerWith({ facts }), profile, from)
  expect(is({ valueTier: 'high', ltvMinor: 1 }, 1_000)).toBe(true)
  expect(is({ valueTier: 'mid', ltvMinor: 5_000 }, 1_000)).toBe(false)
  expect(is({ ltvMinor: 1_000 }, 1_000)).toBe(true)
  expect(is({ ltvMinor: 999 }, 1_000)).toBe(false)
})

test('an LTV the CRM does not declare is estimated from the profile and says so', () => {
  expect(ltvOf(customerWith({ facts: { ltvMinor: 12_300 } }), profile)).toEqual({
    minor: 12_300,
    estimated: false,
  })
  const events = {
    visit: [
      [30, { amount: 50_000 }],
      [60, { amount: 70_000 }],
    ] as const,
  }
  expect(ltvOf(customerWith({ events }), profile)).toEqual({ minor: 120_000, estimated: true })
  const { ltv: _, ...without } = profile
  expect(ltvOf(customerWith({ events }), without)).toBeNull()
})

test('of who was judged before, the declared value is known, else what was estimated then', () => {
  const judged = { ltvEstimateMinor: 700 }
  expect(knownLtv({ ltvMinor: 12_300 }, judged)).toEqual({ minor: 12_300, estimated: false })
  expect(knownLtv({ ltvMinor: null }, judged)).toEqual({ minor: 700, estimated: true })
  expect(knownLtv({ ltvMinor: null }, {})).toBeNull()
  expect(knownLtv({ ltvMinor: null }, undefined)).toBeNull()
})

test('the top 30% of what is known', () => {
  expect(highValueThreshold([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, null, Number.NaN])).toBe(8)
  expect(highValueThreshold([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.1)).toBe(10)
  expect(highValueThreshold([5])).toBe(5)
  expect(highValueThreshold([0])).toBe(Number.POSITIVE_INFINITY)
  expect(highValueThreshold([null])).toBe(Number.POSITIVE_INFINITY)
  expect(highValueThreshold([0, 0, 0, 0, 0])).toBe(Number.POSITIVE_INFINITY)
  expect(highValueThreshold([])).toBe(Number.POSITIVE_INFINITY)
})

test('at least one and never all stand above it, when values differ', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1e9 }), { minLength: 2, maxLength: 50 }), (ltvs) => {
      const high = ltvs.filter((ltv) => ltv >= highValueThreshold(ltvs)).length
      expect(high).toBeGreaterThanOrEqual(1)
      expect(high).toBeLessThanOrEqual(Math.max(1, ltvs.length * 0.3))
    }),
  )
})
