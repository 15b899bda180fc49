import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countTail, logGamma, shareTail, usualRange } from '../../src/sentinel/tail.ts'

describe('how unlikely a count is', () => {
  it('knows factorials', () => {
    for (const [at, value] of [
      [1, 1],
      [5, 24],
      [11, 3_628_800],
      [0.5, Math.sqrt(Math.PI)],
    ] as const)
      expect(Math.exp(logGamma(at)) / value).toBeCloseTo(1, 12)
  })

  it('is Poisson without dispersion', () => {
    // 1 - e^-2 (1 + 2 + 2)
    expect(countTail(3, 2, 0)).toBeCloseTo(1 - Math.exp(-2) * 5, 12)
    expect(countTail(0, 2, 0)).toBe(1)
    expect(countTail(1, 0, 0)).toBe(0)
  })

  it('is geometric at dispersion 1', () => {
    // Mean 3: each further one at 3/4.
    expect(countTail(5, 3, 1)).toBeCloseTo(0.75 ** 5, 10)
  })

  it('falls with the count, rises with mean and dispersion far out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0.1, max: 80, noNaN: true }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (count, mean, dispersion) => {
          const chance = countTail(count, mean, dispersion)
          expect(chance).toBeGreaterThanOrEqual(0)
          expect(chance).toBeLessThanOrEqual(1)
          expect(countTail(count + 1, mean, dispersion)).toBeLessThanOrEqual(chance + 1e-11)
          expect(countTail(count, mean * 1.1, dispersion)).toBeGreaterThanOrEqual(chance - 1e-11)
          const far = Math.ceil(mean * 4 + 20)
          expect(countTail(far, mean, dispersion * 1.2)).toBeGreaterThanOrEqual(
            countTail(far, mean, dispersion),
          )
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is even over all counts where every share is as likely', () => {
    // Beta(1, 1): each of 0..9 negative ones of nine has chance 1/10.
    for (let bad = 0; bad <= 9; bad += 1) expect(shareTail(bad, 9, 1, 1)).toBeCloseTo((10 - bad) / 10, 10)
    expect(shareTail(10, 9, 1, 1)).toBe(0)
    // With much known of the share it is binomial.
    expect(shareTail(3, 3, 0.5e7, 0.5e7)).toBeCloseTo(0.125, 5)
  })

  it('calls usual what four days of five bring', () => {
    for (const [mean, dispersion] of [
      [0.3, 0],
      [6, 0.05],
      [40, 0.2],
    ] as const) {
      const { low, high } = usualRange(mean, dispersion)
      expect(countTail(high + 1, mean, dispersion)).toBeLessThanOrEqual(0.1)
      expect(countTail(low, mean, dispersion)).toBeGreaterThanOrEqual(0.9)
    }
  })
})
