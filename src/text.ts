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
  // Segmenting costs by the length of the whole; nearly always the beginning says enough.
  const head = words.slice(0, limit * UNITS_A_GRAPHEME)
  if (head.length < words.length) {
    const cut = clipped(head, limit)
    if (cut !== head) return cut
  }
  return clipped(words, limit)
}

/** No writing needs more UTF-16 units for one grapheme, on average. */
const UNITS_A_GRAPHEME = 16

function clipped(words: string, limit: number): string {
  let end = 0
  let count = 0
  for (const { segment, index } of segmenter.segment(words)) {
    if (count === limit - 1) end = index
    count += 1
    if (count > limit) return `${words.slice(0, end)}…`
    if (index + segment.length === words.length) return words
  }
  return words
}

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
