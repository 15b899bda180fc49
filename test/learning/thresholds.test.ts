import { expect, test } from 'vitest'
import { suggestThreshold } from '../../src/learning/thresholds.ts'

const probability = [0.05, 0.2, 0.2, 0.4, 0.6, 0.9]
const labels = [0, 0, 1, 0, 1, 1]
const economics = { cost: 10, value: 500, saved: 0.1 }

test('acting pays from cost / (value x saved) on', () => {
  expect(suggestThreshold(probability, labels, economics, 1)).toEqual({
    threshold: 0.2,
    because: 'cost',
    flagged: 5,
    precision: 0.6,
    recall: 1,
    gain: expect.closeTo(3 * 50 - 5 * 10, 9),
  })
})

test('a small team raises it; those who tie stand or fall together', () => {
  const suggest = (perDay: number) => suggestThreshold(probability, labels, { ...economics, perDay }, 1)
  expect(suggest(2)).toMatchObject({ threshold: 0.6, because: 'capacity', flagged: 2, precision: 1 })
  expect(suggest(4)).toMatchObject({ threshold: 0.4, because: 'capacity', flagged: 3 })
  expect(suggest(0)).toMatchObject({ because: 'capacity', flagged: 0, gain: 0 })
})
