import fc from 'fast-check'
import { expect, test } from 'vitest'
import { medianOf } from '../../src/features/median.ts'
import { mediansAmongSimilar } from '../../src/risk/similar.ts'

const WIDTH = 3

/** The median of one feature among customers who are all alike, as the product tells it. */
function toldOf(values: ArrayLike<number>): number {
  const size = values.length
  const matrix = new Float64Array(WIDTH * size)
  for (let index = 0; index < size; index += 1) matrix[index * WIDTH + 1] = values[index]!
  const features = {
    names: ['a', 'b', 'c'],
    index: new Map([['b', 1]]),
    values: matrix,
    row: (index: number) => matrix.subarray(index * WIDTH, (index + 1) * WIDTH),
  }
  const facts = Array.from({ length: size }, () => ({ valueTier: null }) as never)
  return mediansAmongSimilar({ size, facts, features }, null)(0, 'b')
}

test('of a group it is the median of all who are known', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      expect(toldOf(values)).toBe(medianOf(values))
    }),
  )
})

test('of a very large group it is told from some, and all but in the middle', () => {
  const size = 160_000
  // Scattered without chance: every number from 0 to size comes once, in steps that share no factor with it.
  const values = Float64Array.from({ length: size }, (_, index) => (index * 7_919) % size)
  expect(Math.abs(toldOf(values) / size - 0.5)).toBeLessThan(0.005)
})

test('of a feature that nobody counts there is none', () => {
  const features = { names: [], index: new Map(), values: new Float64Array(), row: () => new Float64Array() }
  const facts = [{ valueTier: null } as never]
  expect(mediansAmongSimilar({ size: 1, facts, features }, null)(0, 'b')).toBeNaN()
})
