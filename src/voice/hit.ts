import type { LexiconEntry, OwnClass, Severity, WordClass } from './entry.ts'
import type { Why } from './why.ts'

/** A lexicon term found in a voice. */
export interface Hit {
  /** The entry's term as the lexicon writes it. */
  readonly term: string
  /** What it counts as. */
  readonly class: WordClass
  /** The company's own class it stands in. */
  readonly own?: OwnClass
  readonly severity: Severity
  /** Place in the original text, UTF-16 units, end exclusive. */
  readonly span: { readonly start: number; readonly end: number }
  readonly counted: boolean
  readonly why: Why
}

/** Where each unit of a folded text comes from. */
export interface Origins {
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/** All hits are made here: objects whose parts are put in another order are slower to read, and with them all others. */
export function hitOf(
  { term, class: wordClass, own }: LexiconEntry,
  severity: Severity,
  span: Hit['span'],
  why: Why,
): Hit {
  const counted = why === 'said' || why === 'sounds'
  return own === undefined
    ? { term, class: wordClass, severity, span, counted, why }
    : { term, class: wordClass, own, severity, span, counted, why }
}
