import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWorse, TIERS } from '../../src/risk/assessment.ts'
import { decideTier, hasTwoSignals } from '../../src/risk/tier.ts'
import type { Gone } from '../../src/signals/gone.ts'
import type { Reading } from '../../src/signals/signal.ts'
import { anyReading, readingOf } from './readings.ts'

const strongWord = readingOf('words', { strong: true, basis: ['voice:a'] })
const word = readingOf('words', { basis: ['voice:a'] })
const fall = readingOf('change', { basis: ['visit'] })
const strongFall = readingOf('change', { strong: true, basis: ['visit'] })
const oneRule = readingOf('rules', { basis: ['visit'] })
const otherRule = readingOf('rules', { basis: ['competitor_seen'] })
const twoRules = readingOf('rules', { strong: true, basis: ['visit', 'competitor_seen'] })
const strongRule = readingOf('rules', { strong: true, independent: 1, basis: ['competitor_seen'] })
const broken = readingOf('emotion', { basis: ['voice:a'] })
const silent = readingOf('silence', { strong: true, basis: ['voice', 'ticket_opened', 'login'] })
const fan: Reading = {
  ...broken,
  strong: true,
  evidence: [
    {
      kind: 'emotion',
      voice: 'a',
      at: 0,
      channel: 'chat',
      sentence: '失望',
      before: 9,
      after: 2,
      voicesBefore: 5,
      positiveBefore: 5,
      voicesAfter: 1,
      since: null,
      nps: 10,
      fan: true,
    },
  ],
}
const told = { kind: 'quote', voice: 'a', at: 0, channel: 'chat' } as const
const moved: Reading = {
  ...strongWord,
  evidence: [{ ...told, sentence: '我们搬家了', terms: ['搬家'], wordClass: 'life-change' }],
}
const threat: Reading = {
  ...word,
  evidence: [{ ...told, sentence: '退款！', terms: ['退款'], wordClass: 'strong-churn' }],
}
const held = readingOf('silence', { fired: false, held: { reason: 'feed-unhealthy', kinds: ['login'] } })
const calm = readingOf('change', { fired: false })

describe('the tier of a cold start, with its reason', () => {
  test.each<[string, readonly Reading[], { highValue?: boolean; gone?: Gone }, string, string]>([
    [
      'a strong word of a high-value customer',
      [strongWord],
      { highValue: true },
      'P0',
      'strong-word-high-value',
    ],
    ['a strong word of an ordinary customer', [strongWord], {}, 'P1', 'strong-word'],
    ['a threat of someone who has stayed before', [threat], {}, 'watch', 'one-signal'],
    ['the same of high value', [threat], { highValue: true }, 'P0', 'strong-word-high-value'],
    ['two rules', [twoRules], {}, 'P1', 'two-rules'],
    ['two rules of a high-value customer', [twoRules], { highValue: true }, 'P1', 'two-rules'],
    ['two kinds on different evidence', [word, fall], {}, 'P1', 'two-signals'],
    ['a rule and a fall on different evidence', [otherRule, fall], {}, 'P1', 'two-signals'],
    ['a rule and a fall on the same visits', [oneRule, fall], {}, 'watch', 'one-signal'],
    ['the same visits, strongly', [oneRule, strongFall], {}, 'P2', 'one-strong-signal'],
    ['one strong signal', [strongFall, calm], {}, 'P2', 'one-strong-signal'],
    ['a competitor mentioned, nothing else', [word], { highValue: true }, 'watch', 'one-signal'],
    ['a broken mood of high value', [broken], { highValue: true }, 'P1', 'emotion-break-high-value'],
    ['a broken mood', [broken], {}, 'watch', 'one-signal'],
    [
      'a broken mood of high value and fewer visits',
      [broken, fall],
      { highValue: true },
      'P0',
      'emotion-and-signal-high-value',
    ],
    ['a broken mood and fewer visits', [broken, fall], {}, 'P1', 'two-signals'],
    ['one sentence, heard twice', [broken, word], { highValue: true }, 'P1', 'emotion-break-high-value'],
    ['one sentence, heard twice, ordinary', [broken, word], {}, 'watch', 'one-signal'],
    ['a life that changes', [moved], {}, 'P2', 'life-change-said'],
    ['a life that changes, of high value', [moved], { highValue: true }, 'P2', 'life-change-said'],
    ['a life that changes and fewer visits', [moved, fall], {}, 'P1', 'two-signals'],
    ['a rule that is strong alone', [strongRule], {}, 'P2', 'one-strong-signal'],
    ['a fan let down', [fan], {}, 'P2', 'fan-let-down'],
    ['a fan of high value let down', [fan], { highValue: true }, 'P1', 'emotion-break-high-value'],
    ['silence of high value', [silent], { highValue: true }, 'P1', 'silence-high-value'],
    ['silence', [silent], {}, 'P2', 'one-strong-signal'],
    ['silence and fewer visits', [silent, fall], { highValue: true }, 'P1', 'two-signals'],
    ['held back', [calm, held], { highValue: true }, 'routine', 'held-back'],
    ['readings, none fired', [calm], { highValue: true }, 'routine', 'quiet'],
    ['no reading at all', [], { highValue: true }, 'routine', 'no-history'],
    [
      'away too long',
      [silent, twoRules, moved],
      { highValue: true, gone: 'stayed-away' },
      'routine',
      'already-gone',
    ],
    [
      'away, and threatens',
      [threat],
      { highValue: true, gone: 'stayed-away' },
      'P0',
      'strong-word-high-value',
    ],
    [
      'away, and threatens, ordinary',
      [{ ...threat, strong: true }],
      { gone: 'stayed-away' },
      'P1',
      'strong-word',
    ],
    [
      'away, threatened before',
      [{ ...threat, fired: false }],
      { gone: 'stayed-away' },
      'routine',
      'already-gone',
    ],
    ['cancelled', [threat, twoRules], { highValue: true, gone: 'cancelled' }, 'routine', 'already-gone'],
  ])('%s', (_, readings, { highValue = false, gone = null }, tier, reason) => {
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
        const before = decideTier({ readings, highValue, gone: null }).tier
        const after = decideTier({
          readings: [...readings, { ...more, fired: true }],
          highValue,
          gone: null,
        }).tier
        expect(isWorse(before, after)).toBe(false)
        expect(isWorse(decideTier({ readings, highValue: false, gone: null }).tier, before)).toBe(false)
        expect(TIERS).toContain(after)
      },
    ),
  )
})

test('the order of the readings does not matter', () => {
  fc.assert(
    fc.property(fc.array(anyReading, { maxLength: 5 }), fc.boolean(), (readings, highValue) => {
      const input = { readings, highValue, gone: null }
      expect(decideTier({ ...input, readings: [...readings].reverse() })).toEqual(decideTier(input))
    }),
  )
})
