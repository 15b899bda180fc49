import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Table } from '../../src/learning/table.ts'
import { binned, thresholdOf, UNKNOWN } from '../../src/learning/trees/bins.ts'
import { chanceOf } from '../../src/learning/trees/chance.ts'
import { Ground } from '../../src/learning/trees/ground.ts'

test('a value is in a bin exactly when it is above the threshold before and not above its own', () => {
  const value = fc.oneof(
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1, Number.NaN),
    fc.integer({ min: -3, max: 3 }),
  )
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 700 }), (values) => {
      const { byColumn, edges } = binsOf(values)
      values.forEach((own, row) => {
        const code = byColumn[row]!
        if (Number.isNaN(own)) {
          expect(code).toBe(UNKNOWN)
          return
        }
        expect(Math.fround(own)).toBeLessThanOrEqual(thresholdOf(edges[0]!, code))
        if (code > 0) expect(Math.fround(own)).toBeGreaterThan(thresholdOf(edges[0]!, code - 1))
      })
    }),
    { numRuns: 60, seed: 3 },
  )
})

test('few values have a bin each; many share 255 about evenly, common ones apart', () => {
  expect([...binsOf([3, 1, 2, 1, Number.NaN]).edges[0]!]).toEqual([1.5, 2.5])
  expect(binsOf([Number.NaN, Number.NaN]).edges[0]).toHaveLength(0)
  const chance = chanceOf(5)
  const { byColumn, edges } = binsOf(
    Array.from({ length: 20_000 }, () => (chance() < 0.5 ? 7 : chance() * 10)),
  )
  expect(edges[0]!.length).toBeGreaterThan(240)
  const counts = new Uint32Array(256)
  for (const code of byColumn) counts[code]! += 1
  const [most, next] = [...counts].sort((a, b) => b - a)
  expect(most).toBeGreaterThan(9_500)
  expect(next).toBeLessThan(200)
})

test('rows and columns tell the same codes, in tables of many pieces too', () => {
  const chance = chanceOf(1)
  const [rows, columns] = [60_001, 5]
  const table: Table = {
    names: ['a', 'b', 'c', 'd', 'e'],
    rows,
    values: Float32Array.from({ length: rows * columns }, () => Math.floor(chance() * 100)),
    labels: new Uint8Array(rows),
  }
  const { byRow, byColumn, stride, edges } = binned(table, chance, new Ground())
  expect([stride, edges.map(({ length }) => length)]).toEqual([8, [99, 99, 99, 99, 99]])
  for (let row = 0; row < rows; row += 997) {
    for (let column = 0; column < columns; column += 1) {
      const code = table.values[row * columns + column]
      expect([byRow[row * stride + column], byColumn[column * rows + row]]).toEqual([code, code])
    }
  }
})

function binsOf(values: readonly number[]) {
  const table = {
    names: ['a'],
    rows: values.length,
    values: Float32Array.from(values),
    labels: new Uint8Array(),
  }
  return binned(table, chanceOf(1), new Ground())
}
