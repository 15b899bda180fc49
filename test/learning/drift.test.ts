import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { biasOf, binned, ENOUGH, MOVED, psi } from '../../src/learning/drift.ts'

describe('bins', () => {
  test('hold what is at or above their lower edge', () => {
    expect(binned([1, 2, 2, 3, Number.NaN], [2, 3])).toEqual({
      edges: [2, 3],
      shares: [0.2, 0.4, 0.2],
      unknown: 0.2,
    })
  })

  test('of nothing are empty', () => {
    expect(binned([], [1])).toEqual({ edges: [1], shares: [0, 0], unknown: 0 })
  })
})

describe('the population stability index', () => {
  const edges = [0.25, 0.5, 0.75]
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: false }), { minLength: 1, maxLength: 200 })

  test('is 0 for the same, never negative, and the same both ways', () => {
    fc.assert(
      fc.property(values, values, (one, other) => {
        const [a, b] = [binned(one, edges), binned(other, edges)]
        expect(psi(a, a)).toBe(0)
        expect(psi(a, b)).toBeGreaterThanOrEqual(0)
        expect(psi(a, b)).toBeCloseTo(psi(b, a), 9)
      }),
    )
  })

  test('grows with the shift; values that went missing are one', () => {
    const spread = (by: number) =>
      binned(
        Array.from({ length: 1_000 }, (_, at) => at / 1_000 + by),
        edges,
      )
    expect(psi(spread(0), spread(0.02))).toBeLessThan(MOVED.some)
    expect(psi(spread(0), spread(0.5))).toBeGreaterThan(MOVED.much)
    const lost = binned(
      Array.from({ length: 1_000 }, (_, at) => (at % 3 === 0 ? Number.NaN : at / 1_000)),
      edges,
    )
    expect(psi(spread(0), lost)).toBeGreaterThan(MOVED.much)
  })
})

describe('bias', () => {
  const group = (count: number, region: string | null, probability: number, leavers: number) =>
    Array.from({ length: count }, (_, at) => ({ probability, left: at < leavers, region }))
  const found = (rows: ReturnType<typeof group>) =>
    biasOf(rows, [{ by: 'region', groups: rows.map(({ region }) => region) }])

  test('is told where more or fewer leave than forecast, worst first', () => {
    const rows = [
      ...group(200, 'east', 0.05, 30),
      ...group(200, 'west', 0.05, 10),
      ...group(400, 'north', 0.2, 20),
    ]
    expect(found(rows).bias).toEqual([
      { by: 'region', name: 'north', customers: 400, expected: expect.closeTo(0.2), left: 0.05 },
      { by: 'region', name: 'east', customers: 200, expected: expect.closeTo(0.05), left: 0.15 },
    ])
  })

  test('is not told of a few customers, of chance, or of no group', () => {
    expect(found(group(ENOUGH - 1, 'east', 0.05, 30))).toEqual({ bias: [], untold: ['region'] })
    expect(found(group(100, 'east', 0.05, 7))).toEqual({ bias: [], untold: [] })
    expect(found(group(100, null, 0.05, 90))).toEqual({ bias: [], untold: ['region'] })
  })
})
