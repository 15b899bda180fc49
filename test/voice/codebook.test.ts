import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AXES, CODES, codedBy } from '../../src/voice/codebook.ts'

const valuesOf = ({ codes, book }: ReturnType<typeof codedBy>): number[] =>
  Array.from(codes).flatMap((code) => Array.from(book.subarray(AXES * code, AXES * (code + 1))))

const point = fc.tuple(fc.integer({ min: -16_129, max: 16_129 }), fc.integer({ min: 0, max: 65_025 }))

test('points of few kinds are told exactly, nothing as nothing', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 200 }), fc.infiniteStream(fc.nat(99)), (kinds, uses) => {
      const points = Float64Array.from([...kinds, [0, 0], ...kinds].flat())
      const count = points.length / AXES
      const coded = codedBy(
        points,
        Float64Array.from({ length: count }, () => 1 + uses.next().value),
      )
      expect(valuesOf(coded)).toEqual(Array.from(points))
      expect(coded.codes[kinds.length]).toBe(0)
    }),
  )
})

test('of many kinds every point is told closely, those that are used most the closest', () => {
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 2 * CODES, maxLength: 1_500 }),
      fc.infiniteStream(fc.nat(4)),
      (kinds, draw) => {
        const points = Float64Array.from(kinds.flat())
        const uses = Float64Array.from(kinds, () => 10 ** draw.next().value)
        const told = valuesOf(codedBy(points, uses))
        for (let axis = 0; axis < AXES; axis += 1) {
          let [off, all, used] = [0, 0, 0]
          for (const [at, use] of uses.entries()) {
            off += use * (told[AXES * at + axis]! - points[AXES * at + axis]!) ** 2
            all += use * points[AXES * at + axis]! ** 2
            used += use
          }
          // Rounding alone is a quarter of a whole number.
          expect(off).toBeLessThanOrEqual(0.02 * all + 0.25 * used)
        }
      },
    ),
    { numRuns: 30 },
  )
})
