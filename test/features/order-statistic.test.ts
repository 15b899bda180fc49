import fc from 'fast-check'
import { expect, test } from 'vitest'
import { medianOf } from '../../src/features/median.ts'
import { atPlace } from '../../src/features/order-statistic.ts'

const number = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true }))

test('the number at a place is the one sorting puts there', () => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 80 }), fc.nat(), (drawn, nth) => {
      const place = nth % drawn.length
      const sorted = Float64Array.from(drawn).sort()
      expect(atPlace(Float64Array.from(drawn), place) === sorted[place]).toBe(true)
    }),
  )
})

test('the median is the one in the middle of the known, or the mean of the two', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constant(Number.NaN))), (values) => {
      const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
      const [low, high] = [known[(known.length - 1) >> 1], known[known.length >> 1]]
      expect(medianOf(values) + 0).toBe(known.length === 0 ? Number.NaN : (low! + high!) / 2 + 0)
    }),
  )
})
