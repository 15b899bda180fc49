import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaUnderCurve } from '../../src/learning/auc.ts'
import { rawScores } from '../../src/learning/importance.ts'
import { logistic, logisticWith } from '../../src/learning/logistic.ts'
import { logistic as probability, rawScore } from '../../src/learning/model.ts'
import { rowsOf } from '../../src/learning/table.ts'
import { riskTable } from './tables.ts'

const table = riskTable(3_000)

test('tells who leaves on rows it has not seen, and on average says what comes', async () => {
  const model = await logistic.train(table, { seed: 1 })
  const later = riskTable(3_000, 2)
  const scores = rawScores(model, later)
  expect(areaUnderCurve(scores, later.labels)).toBeGreaterThan(0.86)
  const mean = scores.reduce((sum, score) => sum + probability(score) / later.rows, 0)
  const left = later.labels.reduce((sum, label) => sum + label / later.rows, 0)
  expect(mean).toBeCloseTo(left, 1)
})

test('the same rows give the same model, bit by bit', async () => {
  expect(await logistic.train(table, { seed: 1 })).toEqual(await logistic.train(table, { seed: 9 }))
})

test('counts get a term a level, heavy tails a logarithm, unknown a term of its own', async () => {
  const values = Float32Array.from(table.values, (value, cell) =>
    cell % 3 === 2 ? Math.exp(9 * value) : value,
  )
  const { terms } = await logistic.train({ ...table, values }, { seed: 1 })
  const kinds = (feature: number) => [
    ...new Set(terms.filter((term) => term.feature === feature).map(({ of }) => of)),
  ]
  expect(kinds(0)).toEqual(['unknown', 'value', 'above'])
  expect(kinds(1)).toEqual(['value', 'is'])
  expect(kinds(2)).toEqual(['value', 'log', 'above'])
})

test('the lowest point: no weight can be moved to a better fit', async () => {
  const small = riskTable(300)
  const l2 = 1
  // The penalty is on standardised columns: uniform in -2..2 with a tenth unknown, 0..3, and 0..1.
  const spreads = [1.1, 1.12, 0.29]
  const model = await logisticWith({ l2, terms: 'plain' }).train(small, { seed: 1 })
  const loss = (at: number, by: number) => {
    const terms = model.terms.map((term, place) =>
      place === at ? { ...term, weight: term.weight + by } : term,
    )
    const scores = rawScores({ ...model, terms }, small)
    return scores.reduce(
      (sum, score, row) => sum + Math.log1p(Math.exp(small.labels[row] ? -score : score)),
      terms.reduce((sum, { weight }, term) => sum + (l2 / 2) * (weight * spreads[term]!) ** 2, 0),
    )
  }
  for (const at of model.terms.keys()) {
    for (const by of [-0.3, 0.3]) expect(loss(at, by)).toBeGreaterThan(loss(at, 0))
  }
})

test('more weight for leavers raises every score', async () => {
  const plain = await logistic.train(table, { seed: 1 })
  const weighted = await logistic.train(table, { seed: 1, positiveWeight: 5 })
  expect(weighted.base).toBeDefined()
  const mean = (model: typeof plain) => rawScores(model, table).reduce((sum, score) => sum + score, 0)
  expect(mean(weighted)).toBeGreaterThan(mean(plain) + table.rows)
})

test('a column that may only lower the score never raises it', async () => {
  const model = await logistic.train(table, { seed: 1, monotone: [-1, -1, 1] })
  const cell = fc.double({ min: -4, max: 8, noNaN: true })
  fc.assert(
    fc.property(cell, cell, cell, fc.double({ min: 0, max: 5, noNaN: true }), (risk, habit, noise, more) => {
      const score = (...row: number[]) => rawScore(model, Float32Array.from(row))
      const here = score(risk, habit, noise)
      expect(score(risk + more, habit, noise)).toBeLessThanOrEqual(here + 1e-9)
      expect(score(risk, habit + more, noise)).toBeLessThanOrEqual(here + 1e-9)
      expect(score(risk, habit, noise + more)).toBeGreaterThanOrEqual(here - 1e-9)
    }),
  )
})

test('nothing, or one class, teaches nothing', async () => {
  const stayed = [...table.labels.keys()].filter((row) => table.labels[row] === 0)
  await expect(logistic.train(rowsOf(table, []), { seed: 1 })).rejects.toThrow('has no rows')
  await expect(logistic.train(rowsOf(table, stayed), { seed: 1 })).rejects.toThrow('rows stayed')
})

test('stops when it is told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(logistic.train(table, { seed: 1, signal })).rejects.toThrow('enough')
})
