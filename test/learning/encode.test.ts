import { expect, test } from 'vitest'
import { encode, type Frame, learnEncoder, unmet } from '../../src/learning/encode.ts'

/** Ten rows each of three plans (none, half, all of whom left), two rare ones, one unknown. */
const plans = ['safe', 'half', 'lost'].flatMap((plan) => new Array<string>(10).fill(plan))
const words = [...plans, 'odd', 'rare', null]
const labels = Uint8Array.from([
  ...plans.map((plan, row) => (plan === 'lost' || (plan === 'half' && row % 2) ? 1 : 0)),
  1,
  0,
  0,
])
const frame: Frame = {
  rows: words.length,
  columns: [
    { name: 'plan', kind: 'category', words },
    {
      name: 'age',
      kind: 'number',
      values: Float32Array.from(words, (_, row) => (row === 2 ? Number.NaN : row)),
    },
  ],
}
const all = words.map((_, row) => row)

test('codes rise with the share of leavers; rare categories share one; unknown stays unknown', () => {
  const { names, values } = encode(learnEncoder(frame, labels, all), frame, labels, all)
  const code = (row: number) => values[row * 2]
  expect(names).toEqual(['plan', 'age'])
  expect([code(0), code(29), code(32)]).toEqual([0, 3, Number.NaN])
  expect(code(30)).toBe(code(31))
  expect([values[1], values[5]]).toEqual([0, Number.NaN])
})

test('only training rows are learned from: other labels change nothing', () => {
  const training = all.filter((row) => row % 2 === 0)
  const turned = labels.map((label, row) => (row % 2 === 0 ? label : 1 - label))
  expect(learnEncoder(frame, turned, training)).toEqual(learnEncoder(frame, labels, training))
})

test('a category not met in training is unknown, and said', () => {
  const training = all.filter((row) => words[row] !== 'lost' && words[row] !== 'rare')
  const encoder = learnEncoder(frame, labels, training)
  expect(unmet(encoder, frame, all)).toEqual(new Map([['plan', ['lost', 'rare']]]))
  expect(encode(encoder, frame, labels, [25, 31]).values[0]).toBeNaN()
  expect(unmet(encoder, frame, training).size).toBe(0)
})
