/** What reading a cell gives: the value, or one sentence that says why the row cannot be used. */
export type Parsed<T> = { readonly value: T } | { readonly reason: string }

export function good<T>(value: T): Parsed<T> {
  return { value }
}

export function bad(reason: string): { readonly reason: string } {
  return { reason }
}

/** The offending words as a sentence quotes them: short, so that one broken cell cannot fill a report. */
export function quoted(words: string): string {
  return JSON.stringify(words.length > 60 ? `${words.slice(0, 59)}…` : words)
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
