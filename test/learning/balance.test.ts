import { expect, test } from 'vitest'
import { areaUnderCurve } from '../../src/learning/auc.ts'
import { evenWeight, resampled } from '../../src/learning/balance.ts'
import { chanceOf } from '../../src/learning/chance.ts'
import { rowsOfFold, stratifiedFolds } from '../../src/learning/folds.ts'

const labels = Array.from({ length: 200 }, (_, row) => (row % 10 === 0 ? 1 : 0))
const all = labels.map((_, row) => row)
const share = (rows: Int32Array) => rows.reduce((sum, row) => sum + labels[row]!, 0) / rows.length

test('either way both classes end up equal', () => {
  expect(share(resampled(labels, all, 'oversample', 1))).toBe(0.5)
  const fewer = resampled(labels, all, 'undersample', 1)
  expect([share(fewer), new Set(fewer).size]).toEqual([0.5, 40])
  expect([...resampled(labels, all, 'none', 1)]).toEqual(all)
  expect(evenWeight(labels)).toBe(9)
})

/** Remembers the rows it saw: the label of the nearest one. */
function remembered(taught: Int32Array, noise: readonly number[]) {
  return (row: number) => {
    const near = taught.reduce((best, one) =>
      Math.abs(noise[one]! - noise[row]!) < Math.abs(noise[best]! - noise[row]!) ? one : best,
    )
    return labels[near]!
  }
}

test('copies made before the split would be known by heart; made inside a fold they are not', () => {
  const chance = chanceOf(3)
  const noise = labels.map(() => chance())
  const before = resampled(labels, all, 'oversample', 1)
  const aucOf = (tested: readonly number[], scores: readonly number[]) =>
    areaUnderCurve(
      scores,
      tested.map((row) => labels[row]!),
    )

  const leaky = rowsOfFold(
    stratifiedFolds(
      Array.from(before, (row) => labels[row]!),
      2,
      1,
    ),
    0,
  )
  const seen = [...leaky.test].map((place) => before[place]!)
  const knows = remembered(
    leaky.training.map((place) => before[place]!),
    noise,
  )
  expect(aucOf(seen, seen.map(knows))).toBeGreaterThan(0.8)

  const { training, test } = rowsOfFold(stratifiedFolds(labels, 2, 1), 0)
  const inside = resampled(labels, training, 'oversample', 1)
  expect([...inside].filter((row) => test.includes(row))).toEqual([])
  const guesses = remembered(inside, noise)
  expect(aucOf([...test], [...test].map(guesses))).toBeLessThan(0.65)
})
