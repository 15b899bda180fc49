import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWorse, TIERS } from '../../src/risk/assessment.ts'
import { decideTier, hasTwoSignals } from '../../src/risk/tier.ts'
import type { Reading } from '../../src/signals/signal.ts'
import { anyReading, readingOf } from './readings.ts'

const strongWord = readingOf('words', { strong: true, basis: ['voice:a'] })
const word = readingOf('words', { basis: ['voice:a'] })
const fall = readingOf('change', { basis: ['visit'] })
const strongFall = readingOf('change', { strong: true, basis: ['visit'] })
const oneRule = readingOf('rules', { basis: ['visit'] })
const otherRule = readingOf('rules', { basis: ['competitor_seen'] })
const twoRules = readingOf('rules', { strong: true, basis: ['visit', 'competitor_seen'] })
const calm = readingOf('change', { fired: false })

describe('the tier of a cold start, with its reason', () => {
  test.each<[string, readonly Reading[], { highValue?: boolean; gone?: boolean }, string, string]>([
    [
      'a strong word of a high-value customer',
      [strongWord],
      { highValue: true },
      'P0',
      'strong-word-high-value',
    ],
    ['a strong word of an ordinary customer', [strongWord], {}, 'P1', 'strong-word'],
    ['two rules', [twoRules], {}, 'P1', 'two-rules'],
    ['two rules of a high-value customer', [twoRules], { highValue: true }, 'P1', 'two-rules'],
    ['two kinds on different evidence', [word, fall], {}, 'P1', 'two-signals'],
    ['a rule and a fall on different evidence', [otherRule, fall], {}, 'P1', 'two-signals'],
    ['a rule and a fall on the same visits', [oneRule, fall], {}, 'watch', 'one-signal'],
    ['the same visits, strongly', [oneRule, strongFall], {}, 'P2', 'one-strong-signal'],
    ['one strong signal', [strongFall, calm], {}, 'P2', 'one-strong-signal'],
    ['a competitor mentioned, nothing else', [word], { highValue: true }, 'watch', 'one-signal'],
    ['readings, none fired', [calm], { highValue: true }, 'routine', 'quiet'],
    ['no reading at all', [], { highValue: true }, 'routine', 'no-history'],
    ['already gone', [strongWord, twoRules], { highValue: true, gone: true }, 'routine', 'already-gone'],
  ])('%s', (_, readings, { highValue = false, gone = false }, tier, reason) => {
    expect(decideTier({ readings, highValue, gone })).toEqual({ tier, reason })
  })
})

test('one angry sentence seen twice counts once', () => {
  const emotion = (basis: string[]) => readingOf('emotion', { basis })
  expect(hasTwoSignals([word, emotion(['voice:a'])])).toBe(false)
  expect(hasTwoSignals([word, emotion(['voice:b'])])).toBe(true)
  expect(hasTwoSignals([word, readingOf('rules', { basis: ['voice'] })])).toBe(false)
  expect(hasTwoSignals([fall, { ...fall, basis: ['login'] }])).toBe(false)
})

test('one more fired reading never lowers the urgency, nor does higher value', () => {
  fc.assert(
    fc.property(
      fc.array(anyReading, { maxLength: 5 }),
      anyReading,
      fc.boolean(),
      (readings, more, highValue) => {
        const before = decideTier({ readings, highValue, gone: false }).tier
        const after = decideTier({
          readings: [...readings, { ...more, fired: true }],
          highValue,
          gone: false,
        }).tier
        expect(isWorse(before, after)).toBe(false)
        expect(isWorse(decideTier({ readings, highValue: false, gone: false }).tier, before)).toBe(false)
        expect(TIERS).toContain(after)
      },
    ),
  )
})

test('the order of the readings does not matter', () => {
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 5 }), fc.boolean(), (readings, highValue) => {
      const input = { readings, highValue, gone: false }
      expect(decideTier({ ...input, readings: [...readings].reverse() })).toEqual(decideTier(input))
    }),
  )
})
