/** The languages people read; every word a person sees exists in both. */
export type Locale = 'zh' | 'en'

/** One sentence in both languages. */
export type Text = Readonly<Record<Locale, string>>

export const LOCALES: readonly Locale[] = ['zh', 'en']

const CALLED = new Map<string, Locale>([
  ['cn', 'zh'],
  ['chinese', 'zh'],
  ['中文', 'zh'],
  ['english', 'en'],
  ['英文', 'en'],
])

/** The language people mean by "zh-CN", "en_US", "cn" or "Chinese"; null: none of ours. */
export function localeNamed(said: string): Locale | null {
  const tag = said.trim().toLowerCase()
  return CALLED.get(tag) ?? LOCALES.find((locale) => locale === tag.split(/[-_]/)[0]) ?? null
}

/** Builds a Text from its two versions, Chinese first. */
export function text(zh: string, en: string): Text {
  return { zh, en }
}

/** The same words in both languages, for names and numbers that need no translation. */
export function same(words: string): Text {
  return { zh: words, en: words }
}

/** Applies a function that writes one language to both. */
export function inBoth(write: (locale: Locale) => string): Text {
  return { zh: write('zh'), en: write('en') }
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * Cuts text to at most `limit` graphemes, the last one being "…" where something was cut.
 * Graphemes (not UTF-16 units) so that an emoji family or a flag is never split.
 */
export function clip(words: string, limit: number): string {
  if (words.length <= limit) return words
  if (SINGLE.test(words.slice(0, limit + 1))) return `${words.slice(0, limit - 1)}…`
  // Segmenting costs by the length of the whole, and the beginning says enough.
  const head = words.slice(0, Math.max(LEAST_UNITS, limit * UNITS_A_GRAPHEME))
  let end = 0
  let count = 0
  for (const { segment, index } of segmenter.segment(head)) {
    if (count < limit) end = index
    count += 1
    if (count > limit) break
    if (index + segment.length === words.length) return words
  }
  return `${words.slice(0, end)}…`
}

/** Units that are each a grapheme, whatever they stand beside: most of what is cut is made of nothing else. */
const SINGLE = /^[\u0020-\u007e\u3001-\u3029\u4e00-\u9fff\uff01-\uff9d]*$/
/** No writing needs more UTF-16 units for one grapheme, on average: accents piled up higher are cut like more letters. */
const UNITS_A_GRAPHEME = 16
/** A few graphemes may be larger than most are on average. */
const LEAST_UNITS = 256

// Bidi overrides and isolates can reorder what a reader sees; C0 controls and NUL break databases and logs.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed
const UNSAFE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Text from outside made safe to store and show: no NUL, lone surrogates, controls or bidi overrides. */
export function clean(words: string): string {
  return words.toWellFormed().replace(UNSAFE, '')
}

/** "97.9%": rounded down, so that a target just missed never reads as met. */
export function percentReached(share: number): string {
  return `${Math.floor(share * 1000 + 1e-9) / 10}%`
}
