import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Chart } from '../../../src/chat/card.ts'
import { HIGH, ranksOf, shapeOf, WIDE } from '../../../templates/console/chart-shape.ts'

const chartOf = (
  draw: Chart['draw'],
  values: readonly (number | null)[],
  more: Partial<Chart> = {},
): Chart => ({
  kind: 'chart',
  title: 't',
  says: 's',
  draw,
  points: values.map((value, at) => ({ at, value, label: `${at}` })),
  ends: { from: 'a', to: 'b' },
  ...more,
})

test('a line goes through the known points on its own scale or a given one', () => {
  expect(shapeOf(chartOf('line', [0, null, 5, 10])).line).toEqual([
    { x: 0, y: HIGH },
    { x: (2 / 3) * WIDE, y: HIGH / 2 },
    { x: WIDE, y: 0 },
  ])
  const { line } = shapeOf(chartOf('line', [0, 99], { range: { low: 0, high: 10 } }))
  expect(line.map(({ y }) => y)).toEqual([HIGH, 0])
})

test('bars stand on zero, the largest as high as there is room', () => {
  const { bars } = shapeOf(chartOf('bars', [2, 0, 4, null]))
  expect(bars.map(({ height }) => height)).toEqual([HIGH / 2, 0, HIGH, 0])
})

test('ranks are shares of the longest, or of what a full bar stands for', () => {
  expect(ranksOf(chartOf('ranks', [4, 1, null])).map(({ share }) => share)).toEqual([1, 0.25, 0])
  const half = chartOf('ranks', [5, 99], { range: { low: 0, high: 10 } })
  expect(ranksOf(half)).toEqual([
    { share: 0.5, label: '0' },
    { share: 1, label: '1' },
  ])
})

test('a sign stands where its point does', () => {
  const points = [0, 1, 2].map((at) => ({ at, value: 1, label: '', ...(at === 1 ? { note: 'E-3' } : {}) }))
  expect(shapeOf(chartOf('line', [], { points })).noted).toEqual([WIDE / 2])
  expect(shapeOf(chartOf('bars', [], { points })).noted).toEqual([WIDE / 2])
})

test('marks tell what happened from what was missed; the end of the axis is no mark', () => {
  const { happened, missed } = shapeOf(chartOf('marks', [1, 0, null]))
  expect(happened.map(({ x }) => x)).toEqual([0])
  expect(missed.map(({ x }) => x)).toEqual([WIDE / 2])
})

test('many points are a line with one dot at its end', () => {
  expect(shapeOf(chartOf('line', new Array(30).fill(1))).dots).toHaveLength(1)
  expect(shapeOf(chartOf('line', [1, 2, 3])).dots).toHaveLength(3)
})

test('whatever the points are, everything is drawn inside', () => {
  const number = fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }))
  const points = fc.array(
    fc.record({ at: fc.integer({ min: -8e15, max: 8e15 }), value: number, label: fc.string() }),
    { maxLength: 50 },
  )
  fc.assert(
    fc.property(points, fc.constantFrom<Chart['draw']>('line', 'bars', 'marks'), (given, draw) => {
      const sorted = given.toSorted((a, b) => a.at - b.at)
      const { line, dots, bars, happened, missed, slots } = shapeOf(chartOf(draw, [], { points: sorted }))
      for (const { x, y } of [...line, ...dots, ...happened, ...missed]) {
        expect(x >= -1e-6 && x <= WIDE + 1e-6 && y >= -1e-6 && y <= HIGH + 1e-6).toBe(true)
      }
      for (const { height } of bars) expect(height >= 0 && height <= HIGH + 1e-6).toBe(true)
      for (const { width } of slots) expect(width).toBeGreaterThanOrEqual(0)
    }),
  )
})
