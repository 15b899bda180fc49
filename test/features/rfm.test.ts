import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fifths } from '../../src/features/quintile.ts'
import { rfmOf } from '../../src/features/rfm.ts'
import { shippedPlan } from './shipped.ts'

const plan = shippedPlan().rfm

/** By the definition: order everyone by number, then by place, and cut the line in five. */
function naiveFifths(values: readonly number[]): number[] {
  const order = values
    .map((value, place) => ({ value, place }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : a.place - b.place))
  const result = values.map(() => 0)
  order.forEach(({ place }, rank) => {
    let fifth = 1
    while (fifth < 5 && rank >= Math.ceil((order.length * fifth) / 5)) fifth += 1
    result[place] = fifth
  })
  return result
}

const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 6 }) },
  fc.double({ noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300),
)

describe('fifths', () => {
  test('equal the ordered line cut in five, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 300 }), (values) => {
        expect([...fifths(values)]).toEqual(naiveFifths(values))
      }),
      { numRuns: 300 },
    )
  })

  test('are of one size to within one, even where all numbers are the same', () => {
    const sizes = (values: number[]) =>
      [1, 2, 3, 4, 5].map((fifth) => fifths(values).filter((x) => x === fifth).length)
    expect(sizes(Array.from({ length: 1_003 }, () => 7))).toEqual([201, 201, 200, 201, 200])
    expect(sizes(Array.from({ length: 10 }, (_, index) => index))).toEqual([2, 2, 2, 2, 2])
  })

  test('a hundred thousand numbers, most of them alike, one enormous', () => {
    const values = Float64Array.from({ length: 100_000 }, (_, place) =>
      place === 7 ? 1e15 : (place * 7_919) % 13,
    )
    expect([...fifths(values)]).toEqual(naiveFifths([...values]))
  })
})

describe('the eight classes', () => {
  /** Ten people: the first marks say who is high in what; fillers keep the fifths apart. */
  const classOf = (marks: string) => {
    const size = 10
    const place = (mark: string) => (mark === '+' ? size : 0)
    const filler = Array.from({ length: size }, (_, index) => index + 0.5)
    const { class: classes } = rfmOf(
      {
        recency: [...filler, size - place(marks[0]!)],
        frequency: [...filler, place(marks[1]!)],
        monetary: [...filler, place(marks[2]!)],
      },
      plan,
    )
    return plan.classes[classes[size]! - 1]?.name
  }

  test.each([
    ['+++', 'important-value'],
    ['-++', 'important-keep'],
    ['+-+', 'important-develop'],
    ['--+', 'important-win-back'],
    ['++-', 'general-value'],
    ['-+-', 'general-keep'],
    ['+--', 'general-win-back'],
    ['---', 'lost'],
  ])('%s is %s', (marks, wanted) => {
    expect(classOf(marks)).toBe(wanted)
  })

  test('who never came is the least recent of all; who is not measured has no class', () => {
    const { r, class: classes } = rfmOf(
      {
        recency: [Number.NaN, 1, 2, 3, 400, Number.NaN],
        frequency: [0, 9, 9, 9, 1, Number.NaN],
        monetary: [0, 9, 9, 9, 1, Number.NaN],
      },
      plan,
    )
    expect(r[0]).toBe(1)
    expect([r[5], classes[5]]).toEqual([0, 0])
    expect(plan.classes[classes[0]! - 1]?.name).toBe('lost')
  })
})
