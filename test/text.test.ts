import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, clip, inBoth, LOCALES, localeNamed, same, text } from '../src/text.ts'

const graphemes = (words: string): number =>
  [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(words)].length
const anything = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('👨‍👩‍👧‍👦🇨🇳', '退\u0000款', '\ud800', 'é́́'),
)

describe('clip', () => {
  it('keeps at most so many graphemes of the beginning and says where it cut', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 40 }), (words, limit) => {
        const cut = clip(words, limit)
        if (graphemes(words) <= limit || words.length <= limit) {
          expect(cut).toBe(words)
          return
        }
        expect(cut.endsWith('…')).toBe(true)
        expect(words.startsWith(cut.slice(0, -1))).toBe(true)
        expect(graphemes(cut)).toBeLessThanOrEqual(limit)
      }),
    )
  })
  it('never splits a family or a flag', () => {
    expect(clip('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2)).toBe('👨‍👩‍👧‍👦…')
    expect(clip('🇨🇳🇯🇵', 2)).toBe('🇨🇳🇯🇵')
    expect(clip('abc', 3)).toBe('abc')
    expect(clip('abcd', 3)).toBe('ab…')
    expect(clip('', 1)).toBe('')
    expect(clip(`a${'\u0301'.repeat(99)}bc`, 2)).toBe(`a${'\u0301'.repeat(99)}…`)
  })
  it('does not walk through accents piled up without end', () => {
    const piled = `a${'\u0301'.repeat(400)}`
    expect(clip(piled.repeat(1_000), 24)).toBe('…')
    expect(clip(`退款${piled}`, 24)).toBe('退款…')
  })
  it('is quick on a megabyte', () => {
    const started = performance.now()
    expect(graphemes(clip('啊'.repeat(1_000_000), 1_000))).toBe(1_000)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

describe('clean', () => {
  it('leaves nothing that breaks a database or reorders what is read, and is done once', () => {
    fc.assert(
      fc.property(anything, (words) => {
        const safe = clean(words)
        expect(safe.isWellFormed()).toBe(true)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be gone
        expect(safe).not.toMatch(/[\u0000\u0007\u001b\u007f\u202e\u2066]/)
        expect(clean(safe)).toBe(safe)
      }),
    )
  })
  it('keeps lines, tabs and every script', () => {
    expect(clean('一行\n二行\t退款 🇨🇳 नमस्ते')).toBe('一行\n二行\t退款 🇨🇳 नमस्ते')
    expect(clean('a\u0000b\u202ec')).toBe('abc')
  })
})

it('writes both languages', () => {
  expect(text('好', 'good')).toEqual({ zh: '好', en: 'good' })
  expect(same('A-1')).toEqual({ zh: 'A-1', en: 'A-1' })
  expect(inBoth((locale) => locale)).toEqual({ zh: 'zh', en: 'en' })
  expect(LOCALES).toEqual(['zh', 'en'])
})

it('knows a language by the tags people write, and no other language', () => {
  expect(['zh', 'ZH', 'zh-CN', 'zh_Hans', 'cn', 'Chinese', '中文'].map(localeNamed)).toEqual(
    Array(7).fill('zh'),
  )
  expect(['en', 'en-US', ' English '].map(localeNamed)).toEqual(Array(3).fill('en'))
  expect(['', 'es', 'fr-FR', 'enx', 'constructor'].map(localeNamed)).toEqual(Array(5).fill(null))
})
