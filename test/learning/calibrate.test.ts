import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calibrate, isotonic, platt } from '../../src/learning/calibrate.ts'
import { chanceOf } from '../../src/learning/chance.ts'
import { reliabilityOf } from '../../src/learning/metrics.ts'
import { calibrated, logistic } from '../../src/learning/model.ts'

function drawn(rows: number, odds: (score: number) => number) {
  const chance = chanceOf(5)
  const raw = Array.from({ length: rows }, () => 6 * chance() - 3)
  return { raw, labels: raw.map((score) => (chance() < odds(score) ? 1 : 0)) }
}

test('Platt finds the curve the labels were drawn from', () => {
  const { raw, labels } = drawn(20_000, (score) => logistic(0.7 * score - 1))
  expect(platt(raw, labels)).toEqual({
    kind: 'platt',
    slope: expect.closeTo(0.7, 1),
    offset: expect.closeTo(-1, 1),
  })
})

test('a step is left to isotonic, a curve to Platt, and both come out honest', () => {
  for (const [kind, odds] of [
    ['isotonic', (score: number) => (score > 1 ? 0.9 : 0.1)],
    ['platt', (score: number) => logistic(score)],
  ] as const) {
    const { raw, labels } = drawn(4_000, odds)
    const fitted = calibrate(raw, labels, 1)
    expect(fitted.kind).toBe(kind)
    const probability = raw.map((score) => calibrated(fitted, score))
    for (const bin of reliabilityOf(probability, labels))
      expect(Math.abs(bin.predicted - bin.observed)).toBeLessThan(0.06)
  }
})

test('steps around a few customers, each on many dates, are not taken for a rule', () => {
  const one = drawn(120, (score) => logistic(score))
  const dates = 12
  const raw = one.raw.flatMap((score) => Array.from({ length: dates }, (_, date) => score + date * 1e-6))
  const labels = one.labels.flatMap((label) => Array.from({ length: dates }, () => label))
  const groups = one.raw.flatMap((_, customer) => Array.from({ length: dates }, () => customer))
  expect(calibrate(raw, labels, 1).kind).toBe('isotonic')
  expect(calibrate(raw, labels, 1, groups).kind).toBe('platt')
})

test('a higher score never means a lower probability', () => {
  const row = fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.integer({ min: 0, max: 1 }))
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
      const raw = rows.map(([score]) => score)
      const labels = rows.map(([, label]) => label)
      fc.pre(new Set(labels).size === 2)
      for (const fitted of [platt(raw, labels), isotonic(raw, labels)]) {
        const rising = [...raw, -10, 10].sort((a, b) => a - b).map((score) => calibrated(fitted, score))
        for (const [at, probability] of rising.entries()) {
          expect(probability).toBeGreaterThanOrEqual((rising[at - 1] ?? 0) - 1e-12)
          expect(probability).toBeLessThanOrEqual(1)
        }
      }
    }),
  )
})
