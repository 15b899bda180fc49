import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupedFolds, rowsOfFold, stratifiedFolds } from '../../src/learning/folds.ts'

const labelled = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 10, maxLength: 80 })

test('each fold gets its share of either class', () => {
  fc.assert(
    fc.property(labelled, fc.integer({ min: 2, max: 5 }), fc.nat(), (labels, count, seed) => {
      const folds = stratifiedFolds(labels, count, seed)
      for (const label of [0, 1]) {
        const sizes = Array.from(
          { length: count },
          (_, fold) => labels.filter((one, row) => one === label && folds[row] === fold).length,
        )
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('a customer’s rows are never parted, and every row is tested once', () => {
  fc.assert(
    fc.property(labelled, fc.nat(), (labels, seed) => {
      const groups = labels.map((_, row) => Math.floor(row / 3))
      const folds = groupedFolds(labels, groups, 3, seed)
      const tested = [0, 1, 2].flatMap((fold) => {
        const { training, test } = rowsOfFold(folds, fold)
        const taught = new Set(Array.from(training, (row) => groups[row]))
        expect([...test].some((row) => taught.has(groups[row]))).toBe(false)
        return [...test]
      })
      expect(tested.sort((a, b) => a - b)).toEqual(labels.map((_, row) => row))
    }),
  )
})

test('the same seed deals the same folds, another one others', () => {
  const labels = Array.from({ length: 50 }, (_, row) => row % 2)
  expect(stratifiedFolds(labels, 5, 3)).toEqual(stratifiedFolds(labels, 5, 3))
  expect(stratifiedFolds(labels, 5, 3)).not.toEqual(stratifiedFolds(labels, 5, 4))
})
