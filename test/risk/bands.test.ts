import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWorse } from '../../src/risk/assessment.ts'
import { bandOf, DEFAULT_BANDS, edgeBelow } from '../../src/risk/bands.ts'
import { decideTier, type Weighed } from '../../src/risk/tier.ts'
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

const quiet = { readings: [readingOf('change', { fired: false })], highValue: false, gone: null }

/** A forecast for 60 days of someone who was here yesterday. */
function saying(probability: number, more: Partial<Weighed> = {}): Weighed {
  return { probability, days: 60, unspoken: Number.NaN, silentDays: 1, ...more }
}

describe('a tier with a model', () => {
  test('is the band where that is more urgent, else what the signals call for', () => {
    expect(decideTier({ ...quiet, forecast: saying(0.9) })).toEqual({
      tier: 'P0',
      reason: 'critical-probability',
    })
    const word = readingOf('words', { strong: true, basis: ['voice:a'] })
    const said = { ...quiet, readings: [word] }
    expect(decideTier({ ...said, forecast: saying(0.1) })).toEqual({ tier: 'P1', reason: 'strong-word' })
    expect(decideTier({ ...said, forecast: saying(0.7) })).toEqual({ tier: 'P1', reason: 'strong-word' })
  })

  test('is not the band of someone already gone', () => {
    expect(decideTier({ ...quiet, gone: 'stayed-away', forecast: saying(0.99) }).tier).toBe('routine')
  })

  test('of someone silent for as long as the forecast looks ahead is no card: that is no news', () => {
    const tierAfter = (silentDays: number) => decideTier({ ...quiet, forecast: saying(0.99, { silentDays }) })
    expect(tierAfter(59).tier).toBe('P0')
    expect(tierAfter(60)).toEqual({ tier: 'watch', reason: 'long-silent' })
    expect(tierAfter(Number.NaN).tier).toBe('P0')
    const word = readingOf('words', { strong: true, basis: ['voice:a'] })
    expect(
      decideTier({ ...quiet, readings: [word], forecast: saying(0.99, { silentDays: 60 }) }).reason,
    ).toBe('strong-word')
  })

  test('stands on what customers do: what they said is for the signals, which read it', () => {
    const tierWithout = (unspoken: number) => decideTier({ ...quiet, forecast: saying(0.9, { unspoken }) })
    expect(tierWithout(0.1)).toEqual({ tier: 'watch', reason: 'words-alone' })
    expect(tierWithout(0.5)).toEqual({ tier: 'P2', reason: 'partly-words' })
    expect(tierWithout(0.85)).toEqual({ tier: 'P0', reason: 'critical-probability' })
    // Praise that lowers the chance still counts.
    expect(decideTier({ ...quiet, forecast: saying(0.3, { unspoken: 0.9 }) }).reason).toBe('some-probability')
  })

  test('never becomes milder by a higher probability', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const days = fc.constantFrom(1, 60, Number.NaN)
    fc.assert(
      fc.property(
        fc.array(anyReading, { maxLength: 4 }),
        share,
        share,
        days,
        (readings, one, other, silentDays) => {
          const tierAt = (chance: number) =>
            decideTier({ ...quiet, readings, forecast: saying(chance, { silentDays }) }).tier
          expect(isWorse(tierAt(Math.min(one, other)), tierAt(Math.max(one, other)))).toBe(false)
        },
      ),
    )
  })
})
