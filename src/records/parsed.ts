/** Why a row cannot be used, in one sentence: as it is kept and as programs read it, in English, and in Chinese. */
export interface Refused {
  readonly reason: string
  readonly zh: string
}

/** What reading a cell gives: the value, or why the row cannot be used. */
export type Parsed<T> = { readonly value: T } | Refused

export function good<T>(value: T): Parsed<T> {
  return { value }
}

export function bad(zh: string, reason: string): Refused {
  return { reason, zh }
}

/** The offending words as a sentence quotes them: short, so that one broken cell cannot fill a report. */
export function quoted(words: string): string {
  return JSON.stringify(words.length > 60 ? `${words.slice(0, 59)}…` : words)
}

export function tooLong(what: string, words: string, most: number): Refused {
  return bad(
    `${what} ${quoted(words)} 超过 ${most} 个字符`,
    `${what} ${quoted(words)} is longer than ${most} characters`,
  )
}

const ASCII = /^[\x20-\x7e]*$/

/** Digits and signs as people type them (full width, typographic minus) in the form that is parsed. */
export function plain(words: string): string {
  if (ASCII.test(words)) return words.trim()
  return words
    .normalize('NFKC')
    .replace(/[\u2212\u2012\u2013]/g, '-')
    .trim()
}

const NOTHING = new Set(['', 'NULL', '\\N', '#N/A'])
const NO_VALUE = /^(?:null|nil|none|n\/a|-{1,3}|无|空)$/i

/** A cell that says nothing: empty, or what databases and spreadsheets write for "no value". */
export function isBlank(words: string): boolean {
  const written = words.trim()
  return written.length <= 4 && NOTHING.has(written)
}

/** As `isBlank`, and also the placeholders people type where a number, a day or an id was asked for. */
export function isPlaceholder(words: string): boolean {
  const written = words.trim()
  return written.length <= 4 && (NOTHING.has(written) || NO_VALUE.test(written))
}
