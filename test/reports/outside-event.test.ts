import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leftOf, meets, stretchOf } from '../../src/reports/outside-event.ts'
import { takeDays } from '../../src/reports/period.ts'

const at = (hour: number): Date => new Date(hour * 3_600_000)
const stretch = (from: number, to: number) => ({ from: at(from), to: at(to) })

test('an event lasts from its first midnight to the one after its last day, where the team is', () => {
  expect(stretchOf({ first: '2026-06-01', last: '2026-06-03' }, 'Asia/Shanghai')).toEqual({
    from: new Date('2026-05-31T16:00:00Z'),
    to: new Date('2026-06-03T16:00:00Z'),
  })
  // The night on which the clocks go forward is an hour shorter.
  const { from, to } = stretchOf({ first: '2026-03-29', last: '2026-03-29' }, 'Europe/Berlin')
  expect(+to - +from).toBe(23 * 3_600_000)
})

test('what is left of a time is every hour of it that no event has, in order', () => {
  const some = fc.tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: 1, max: 12 }))
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), (spans) => {
      const taken = spans.map(([from, length]) => stretch(from, from + length))
      const left = leftOf(stretch(0, 30), taken)
      for (let hour = 0; hour < 30; hour += 1) {
        const one = stretch(hour, hour + 1)
        const free = !taken.some((each) => meets(each, one))
        expect(left.filter((each) => meets(each, one)).length).toBe(free ? 1 : 0)
      }
      for (const [index, { from, to }] of left.entries()) {
        expect(+from).toBeLessThan(+to)
        if (index > 0) expect(+left[index - 1]!.to).toBeLessThan(+from)
      }
    }),
  )
  expect(leftOf(stretch(0, 30), [stretch(0, 30)])).toEqual([])
})

test('days are taken off the end of some words', () => {
  const taken = (words: string) => {
    const { rest, days } = takeDays(words)
    return [rest, days && [days.from, days.to].map((wall) => new Date(wall).toISOString().slice(0, 10))]
  }
  expect(taken('618 大促 2026-06-01..2026-06-20')).toEqual(['618 大促', ['2026-06-01', '2026-06-20']])
  expect(taken('停机 2026/6/3')).toEqual(['停机', ['2026-06-03', '2026-06-03']])
  expect(taken('国庆 2026-10-01 至 2026-10-07')).toEqual(['国庆', ['2026-10-01', '2026-10-07']])
  expect(taken('x 2026-02-30')).toEqual(['x', null])
  expect(taken('x 2026-06-02..2026-06-01')).toEqual(['x', null])
  expect(taken('618 大促')).toEqual(['618 大促', null])
})
