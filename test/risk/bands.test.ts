import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWorse } from '../../src/risk/assessment.ts'
import { bandOf, DEFAULT_BANDS, edgeBelow } from '../../src/risk/bands.ts'
import { decideTier } from '../../src/risk/tier.ts'
import { anyReading, readingOf } from './readings.ts'

describe('probability bands', () => {
  test.each([
    [0.8, 'P0'],
    [0.79, 'P1'],
    [0.6, 'P1'],
    [0.4, 'P2'],
    [0.2, 'watch'],
  ] as const)('%d calls for %s: an edge belongs to its band', (probability, tier) => {
    expect(bandOf(probability, DEFAULT_BANDS)?.tier).toBe(tier)
  })

  test('below all bands, or unknown, none', () => {
    expect([
      bandOf(0.19, DEFAULT_BANDS),
      bandOf(null, DEFAULT_BANDS),
      bandOf(Number.NaN, DEFAULT_BANDS),
    ]).toEqual([null, null, null])
  })

  test('the edge below', () => {
    expect(edgeBelow(0.7, DEFAULT_BANDS)).toBe(0.6)
    expect(edgeBelow(0.1, DEFAULT_BANDS)).toBeNull()
  })
})

const quiet = { readings: [readingOf('change', { fired: false })], highValue: false, gone: false }

describe('a tier with a model', () => {
  test('is the band where that is more urgent, else what the signals call for', () => {
    expect(decideTier({ ...quiet, probability: 0.9 })).toEqual({ tier: 'P0', reason: 'critical-probability' })
    const word = readingOf('words', { strong: true, basis: ['voice:a'] })
    const said = { ...quiet, readings: [word] }
    expect(decideTier({ ...said, probability: 0.1 })).toEqual({ tier: 'P1', reason: 'strong-word' })
    expect(decideTier({ ...said, probability: 0.7 })).toEqual({ tier: 'P1', reason: 'strong-word' })
  })

  test('is not the band of someone already gone', () => {
    expect(decideTier({ ...quiet, gone: true, probability: 0.99 }).tier).toBe('routine')
  })

  test('never becomes milder by a higher probability', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(anyReading, { maxLength: 4 }), share, share, (readings, one, other) => {
        const tierAt = (probability: number) => decideTier({ ...quiet, readings, probability }).tier
        expect(isWorse(tierAt(Math.min(one, other)), tierAt(Math.max(one, other)))).toBe(false)
      }),
    )
  })
})
