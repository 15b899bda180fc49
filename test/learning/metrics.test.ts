import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  atThreshold,
  averagePrecision,
  metricsOf,
  reliabilityOf,
  topShareOf,
} from '../../src/learning/metrics.ts'

test('average precision is the mean precision at each leaver, ties taken together', () => {
  expect(averagePrecision([4, 3, 2, 1], [1, 0, 1, 0])).toBeCloseTo((1 + 2 / 3) / 2, 12)
  expect(averagePrecision([1, 1, 1, 1], [1, 0, 1, 0])).toBe(0.5)
  expect(averagePrecision([1, 2], [0, 0])).toBeNaN()
})

test('the top share finds its part of the leavers', () => {
  const scores = Array.from({ length: 20 }, (_, at) => at)
  const labels = scores.map((score) => (score >= 18 || score === 3 ? 1 : 0))
  expect(topShareOf(scores, labels, 0.1)).toEqual({
    share: 0.1,
    rows: 2,
    precision: 1,
    recall: 2 / 3,
    lift: 20 / 3,
  })
})

test('a threshold counts those who reach it', () => {
  expect(atThreshold([0.2, 0.5, 0.9], [0, 0, 1], 0.5)).toEqual({ flagged: 2, precision: 0.5, recall: 1 })
  expect(atThreshold([0.2], [1], 0.5).precision).toBeNaN()
})

test('what is said comes: no gap and the Brier score of a coin', () => {
  const metrics = metricsOf(
    new Array(40).fill(0.5),
    Array.from({ length: 40 }, (_, at) => at % 2),
  )
  expect(metrics).toMatchObject({ rows: 40, positives: 20, auc: 0.5, brier: 0.25, calibrationGap: 0 })
  expect(metrics.logLoss).toBeCloseTo(Math.LN2, 12)
})

test('deciles hold every row once, lowest first', () => {
  const row = fc.record({
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    label: fc.integer({ min: 0, max: 1 }),
  })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
      const bins = reliabilityOf(
        rows.map(({ probability }) => probability),
        rows.map(({ label }) => label),
      )
      expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows.length)
      for (const [at, bin] of bins.slice(1).entries()) {
        expect(bin.predicted).toBeGreaterThanOrEqual(bins[at]!.predicted - 1e-12)
      }
    }),
  )
})
