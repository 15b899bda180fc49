import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cut, escaped, oneLine, plain } from '../../../src/chat/slack/words.ts'
import { clean } from '../../../src/text.ts'
import { PIECES } from '../../templates/hostile.ts'

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const graphemes = (words: string) => [...segmenter.segment(words)].map(({ segment }) => segment)

const pieces = fc.constantFrom(...PIECES, 'a', '，', 'Ω', '🇨🇳', '한', '각', '&', '<', ':tada:', ' ')
const told = fc.array(pieces, { minLength: 1, maxLength: 200 }).map((parts) => parts.join(''))

describe('cut words', () => {
  test('keep to the limit, and what is left are the first whole signs', () => {
    fc.assert(
      fc.property(told, fc.integer({ min: 1, max: 120 }), (words, limit) => {
        const shown = cut(words, limit)
        expect(shown.length).toBeLessThanOrEqual(limit)
        if (shown === '—' || !shown.endsWith('…')) return
        const kept = graphemes(shown.slice(0, -1))
        expect(graphemes(clean(words)).slice(0, kept.length)).toEqual(kept)
      }),
      { numRuns: 500 },
    )
  })

  test('are whole when they fit, and a dash when there is nothing to see', () => {
    expect(cut('何雨婷', 3)).toBe('何雨婷')
    expect(cut('何雨婷', 2)).toBe('何…')
    expect(cut('e\u0301e\u0301', 3)).toBe('e\u0301…')
    expect(cut('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12)).toBe('👨‍👩‍👧‍👦…')
    expect(cut('👨‍👩‍👧‍👦', 5)).toBe('…')
    for (const nothing of ['', ' \n', '\u200b\u200d', '\u202e', '\u0000']) expect(cut(nothing, 9)).toBe('—')
    expect(oneLine('  a \n\n b ', 9)).toBe('a b')
    expect(cut('x'.repeat(1_000_000), 5)).toBe('xxxx…')
  })
})

test('escaped words hold no markup and are never over the limit', () => {
  fc.assert(
    fc.property(told, fc.integer({ min: 6, max: 120 }), (words, limit) => {
      const safe = escaped(words, limit)
      expect(safe.length).toBeLessThanOrEqual(limit)
      expect(safe).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
    }),
    { numRuns: 300 },
  )
  expect(escaped('<!channel> & <@U1>', 80)).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;')
})

test('the names of pictures stay words, times of day stay as they are', () => {
  expect(plain('all :tada: and :笑: at 10:30:45, :+1: :100:', 80).text).toBe(
    'all :\u2060tada: and :\u2060笑: at 10:30:45, :\u2060+1: :\u2060100:',
  )
})
