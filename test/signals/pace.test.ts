import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chanceOfAtMost, paceOf } from '../../src/signals/pace.ts'
import { DAY, every } from './customer.ts'

const at = (days: readonly number[]) => days.map((day) => day * DAY)
const even = paceOf(at(every(-9, 0, 81)), 90)

test('nine times in ninety days, and then as long nothing: one half to the ninth', () => {
  expect(chanceOfAtMost(0, 90, { times: 9, days: 90 })).toBeCloseTo(2 ** -9)
})

test('an even pace counts every time, bursts count for less', () => {
  expect(even.times).toBe(10)
  expect(paceOf(at([0, 1, 2, 3, 4, 80, 81, 82, 83, 84]), 90).times).toBeLessThan(5)
})

test('a chance is within 0..1, falls with the silence and rises with what came all the same', () => {
  const some = fc.record({
    times: fc.double({ min: 1, max: 60, noNaN: true }),
    days: fc.integer({ min: 10, max: 400 }),
  })
  fc.assert(
    fc.property(
      some,
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 900 }),
      (pace, most, days) => {
        const chance = chanceOfAtMost(most, days, pace)
        expect(chance).toBeGreaterThanOrEqual(0)
        expect(chance).toBeLessThanOrEqual(1)
        expect(chanceOfAtMost(most, days + 10, pace)).toBeLessThanOrEqual(chance + 1e-12)
        expect(chanceOfAtMost(most + 1, days, pace)).toBeGreaterThanOrEqual(chance)
      },
    ),
  )
})
