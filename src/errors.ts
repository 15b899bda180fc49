import type { Locale, Text } from './text.ts'

/** The closed set of expected errors. Anything else that is thrown is a bug. */
export type ErrorCode =
  | 'CONFIG_MISSING'
  | 'CONFIG_INVALID'
  | 'DATA_LOCKED'
  | 'DATABASE_UNREACHABLE'
  | 'PORT_BUSY'
  | 'SOURCE_FAILED'
  | 'BAD_INPUT'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'CONFLICT'

/** What to do about an error: as a reader of a chat does it, and where that is another thing, on the command line. */
export type Hint = Text & { readonly shell?: string }

/**
 * An expected error: what is wrong and where (`message`), and what to do about it (`hint`).
 * `said` carries the same two sentences for a reader, in both languages, when the error can reach a chat.
 */
export class ForeshockError extends Error {
  readonly code: ErrorCode
  /** For the command line. */
  readonly hint: string
  readonly said: { what: Text; hint: Text }

  constructor(code: ErrorCode, what: string | Text, hint: string | Hint) {
    const said = { what: bothOf(what), hint: bothOf(hint) }
    super(said.what.en)
    this.name = 'ForeshockError'
    this.code = code
    this.hint = (typeof hint === 'string' ? null : hint.shell) ?? said.hint.en
    this.said = said
  }

  /** The one-line form for a person: what is wrong, then how to mend it. */
  explain(locale: Locale): string {
    return locale === 'zh'
      ? `${this.said.what.zh}${this.said.hint.zh}`
      : `${this.said.what.en} ${this.said.hint.en}`.trim()
  }
}

function bothOf(words: string | Text): Text {
  return typeof words === 'string' ? { zh: words, en: words } : { zh: words.zh, en: words.en }
}

/** A transient fault of a transport or database is worth trying again; an expected error is not. */
export function isExpected(error: unknown): error is ForeshockError {
  return error instanceof ForeshockError
}
