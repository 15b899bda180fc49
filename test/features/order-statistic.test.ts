import fc from 'fast-check'
import { expect, test } from 'vitest'
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
