import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaUnderCurve } from '../../src/learning/auc.ts'

test.each([
  ['perfect', [1, 2, 3, 4], [false, false, true, true], 1],
  ['reversed', [4, 3, 2, 1], [false, false, true, true], 0],
  ['all tied', [5, 5, 5, 5], [false, true, true, false], 0.5],
  ['one pair of four wrong', [1, 3, 2, 4], [false, false, true, true], 0.75],
  ['a tie counts half', [1, 2, 2, 3], [false, false, true, true], 0.875],
])('%s', (_, scores, positive, wanted) => {
  expect(areaUnderCurve(scores, positive)).toBe(wanted)
})

test('one class or an unknown score has no area', () => {
  expect(areaUnderCurve([1, 2], [true, true])).toBeNaN()
  expect(areaUnderCurve([1, Number.NaN], [true, false])).toBeNaN()
})

test('equals counting every pair', () => {
  const row = fc.record({ score: fc.nat(6), positive: fc.boolean() })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const yes = rows.filter(({ positive }) => positive)
      const no = rows.filter(({ positive }) => !positive)
      fc.pre(yes.length > 0 && no.length > 0)
      let won = 0
      for (const a of yes) for (const b of no) won += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0
      const scores = rows.map(({ score }) => score)
      const positive = rows.map((one) => one.positive)
      expect(areaUnderCurve(scores, positive)).toBeCloseTo(won / (yes.length * no.length), 12)
    }),
  )
})
