import type { Locale, Text } from '../src/text.ts'

/** Picks the reader's language: `t('已认领', 'Claimed')` or `t(TIER.P0)`. */
export interface Speaker {
  (zhWords: string, enWords: string): string
  (words: Text): string
}

export function speaker(locale: Locale): Speaker {
  return (words: string | Text, enWords?: string) => {
    if (typeof words !== 'string') return words[locale]
    return locale === 'zh' ? words : (enWords ?? words)
  }
}

/**
 * Writes a Chinese sentence around names, numbers and dates: a blank stands between a Han character and a Latin
 * letter, digit or currency sign, none between two Han characters.
 */
export function zh(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  let sentence = strings[0]!
  values.forEach((value, at) => {
    const word = String(value)
    const next = strings[at + 1]!
    const before = HAN_END.test(sentence) && LATIN_START.test(word) ? ' ' : ''
    const after = LATIN_END.test(word) && HAN_START.test(next) ? ' ' : ''
    sentence += `${before}${word}${after}${next}`
  })
  return sentence
}

/** The same words as the start of a line. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

const HAN_END = /\p{Script=Han}$/u
const HAN_START = /^\p{Script=Han}/u
const LATIN_START = /^(?:[-+]?\d|[\p{Script=Latin}\p{Sc}])/u
const LATIN_END = /[\p{Script=Latin}\d]$/u
