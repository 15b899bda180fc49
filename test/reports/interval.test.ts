import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  balanceEstimate,
  changeBetween,
  type Estimate,
  meanEstimate,
  shareEstimate,
  tPoint,
} from '../../src/reports/interval.ts'

const near = ({ low, value, high }: Estimate, digits = 3) =>
  [low, value, high].map((each) => Number(each.toFixed(digits)))

test('a share has Wilson’s interval, as the textbooks give it', () => {
  expect(near(shareEstimate(5, 10))).toEqual([0.237, 0.5, 0.763])
  expect(near(shareEstimate(8, 10))).toEqual([0.49, 0.8, 0.943])
  expect(near(shareEstimate(10, 10))[2]).toBe(1)
  expect(near(shareEstimate(800, 1000))[0]).toBeGreaterThan(0.77)
  expect(near(shareEstimate(0, 12))).toEqual([0, 0, 0.242])
  expect(near(shareEstimate(81, 263))).toEqual([0.255, 0.308, 0.366])
})

test('a mean has Student’s, whose points are those of the tables', () => {
  for (const [df, point] of [
    [5, 2.571],
    [9, 2.262],
    [30, 2.042],
    [1_000, 1.962],
  ] as const)
    expect(tPoint(df)).toBeCloseTo(point, 2)
  // 1 to 10: mean 5.5, deviation 3.0277.
  expect(near(meanEstimate({ of: 10, sum: 55, squares: 385 }, 0, 10), 2)).toEqual([3.33, 5.5, 7.67])
})

test('a balance of for and against is never certain, and stays between all and none', () => {
  expect(near(balanceEstimate(50, 20, 100))).toEqual([0.141, 0.3, 0.442])
  expect(near(balanceEstimate(12, 0, 12))).toEqual([0.542, 1, 1])
  expect(near(balanceEstimate(0, 12, 12))).toEqual([-1, -1, -0.542])
})

test('a change is clear once its range leaves out none at all', () => {
  // Newcombe 1998, table II (a), method 10: 56/70 against 48/80.
  const change = changeBetween(shareEstimate(56, 70), shareEstimate(48, 80))
  expect([change.low, change.by, change.high].map((each) => Number(each.toFixed(4)))).toEqual([
    0.0524, 0.2, 0.3339,
  ])
  expect(change.clear).toBe(true)
  expect(changeBetween(shareEstimate(6, 10), shareEstimate(5, 10)).clear).toBe(false)
})

const parts = fc
  .tuple(fc.nat(500), fc.nat(500), fc.nat(500))
  .filter(([plus, minus, between]) => plus + minus + between > 1)

test('every interval holds its estimate and stays within what can be', () => {
  fc.assert(
    fc.property(parts, ([plus, minus, between]) => {
      const of = plus + minus + between
      const within = (estimate: Estimate, least: number, most: number) => {
        expect(estimate.low).toBeGreaterThanOrEqual(least)
        expect(estimate.high).toBeLessThanOrEqual(most)
        expect(estimate.low).toBeLessThanOrEqual(estimate.value)
        expect(estimate.high).toBeGreaterThanOrEqual(estimate.value)
      }
      within(shareEstimate(plus, of), 0, 1)
      within(balanceEstimate(plus, minus, of), -1, 1)
      // So many tens, noughts and fives.
      within(
        meanEstimate({ of, sum: 10 * plus + 5 * between, squares: 100 * plus + 25 * between }, 0, 10),
        0,
        10,
      )
      const change = changeBetween(shareEstimate(plus, of), shareEstimate(minus, of))
      expect(change.low).toBeLessThanOrEqual(change.by)
      expect(change.high).toBeGreaterThanOrEqual(change.by)
    }),
  )
})

test('more of the same makes an interval no wider', () => {
  fc.assert(
    fc.property(parts, ([plus, minus, between]) => {
      const width = ({ low, high }: Estimate) => high - low
      const of = plus + minus + between
      expect(width(shareEstimate(plus * 4, of * 4))).toBeLessThanOrEqual(width(shareEstimate(plus, of)))
    }),
  )
})
