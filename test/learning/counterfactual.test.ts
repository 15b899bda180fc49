import { expect, test } from 'vitest'
import { type Actionable, smallestRemedy } from '../../src/learning/counterfactual.ts'

/** A probability that falls by 0.1 a visit and by 0.02 a login; complaints cannot be helped. */
const score = ([visits, logins, complaints]: Float32Array): number =>
  0.9 - 0.1 * visits! - 0.02 * logins! + 0.15 * complaints!

const visits: Actionable = { feature: 'visits', column: 0, direction: 'up', seen: [0, 1, 2, 3, 4, 6] }
const logins: Actionable = { feature: 'logins', column: 1, direction: 'up', seen: [0, 5, 10, 20, 40, 80] }
const complaints: Actionable = { feature: 'complaints', column: 2, direction: 'down', seen: [0, 1, 2] }

test('the smallest change of one feature that is enough', () => {
  const row = Float32Array.of(1, 0, 0)
  expect(smallestRemedy(row, [visits, logins], 0.65, score)).toEqual({
    feature: 'visits',
    from: 1,
    to: 3,
    probability: expect.closeTo(0.6, 6),
  })
  expect(smallestRemedy(row, [logins], 0.65, score)).toMatchObject({ feature: 'logins', to: 10 })
  expect([...row]).toEqual([1, 0, 0])
})

test('of two changes of one size the one that helps more', () => {
  expect(smallestRemedy(Float32Array.of(1, 5, 0), [visits, logins], 0.69, score)).toMatchObject({
    feature: 'visits',
    to: 2,
  })
  expect(smallestRemedy(Float32Array.of(1, 0, 2), [complaints, visits], 1.01, score)).toMatchObject({
    feature: 'complaints',
    to: 1,
  })
})

test('no change is proposed where none is needed, known or enough', () => {
  const row = Float32Array.of(1, 0, 0)
  expect(smallestRemedy(row, [visits], 0.9, score)).toBeNull()
  expect(smallestRemedy(row, [visits], 0.1, score)).toBeNull()
  expect(smallestRemedy(row, [visits], 0.65, score, 1)).toBeNull()
  expect(smallestRemedy(row, [complaints], 0.65, score)).toBeNull()
  expect(smallestRemedy(row, [], 0.65, score)).toBeNull()
  const unknown: Actionable = { ...visits, column: 2 }
  expect(smallestRemedy(Float32Array.of(1, 0, Number.NaN), [unknown], 0.1, () => 0.5)).toBeNull()
})
