import type { SourceRecord } from '../records/record.ts'

/** What the configuration calls the kinds of sources. */
export type SourceType =
  | 'file'
  | 'singer'
  | 'sql'
  | 'webhook'
  | 'hubspot'
  | 'intercom'
  | 'salesforce'
  | 'zendesk'

/** What a source remembers between pulls: any JSON value, opaque to everyone else. */
export type Cursor = { readonly [key: string]: unknown }

/** A row that could not be used, kept with its place and reason so that it can be mended and pulled again. */
export interface Rejection {
  /** The file; elsewhere the table, query or stream and the row's own id in it, with a blank between: `tickets 4711`. */
  readonly file: string
  /** 1-based physical line where the row starts; 0 when all that `file` names is meant. */
  readonly line: number
  /** One sentence: what is wrong and how to mend it. */
  readonly reason: string
  /** The same in Chinese; absent or null: it was kept before there was one. */
  readonly zh?: string | null
  /** The row as it stood, clipped. */
  readonly raw: string
  /** A whole file is left out until somebody mends it: its keepers are told. */
  readonly held?: true
}

/**
 * One page of a pull. A batch is stored in one transaction together with its cursor, so a crash between two
 * batches loses nothing and repeats nothing.
 */
export interface Batch {
  readonly records: readonly SourceRecord[]
  readonly rejected: readonly Rejection[]
  readonly cursor: Cursor
  /** Places whose earlier rejections no longer stand, since they are being read anew: files, and rows that have an id. */
  readonly begins?: readonly string[]
  /**
   * Scopes (files without a declared row id) read to their end: rows of that scope stored earlier and not seen
   * in this pull are gone from the file. A record belongs to a scope when its sourceId starts with `scope + ':'`.
   */
  readonly ended?: readonly string[]
  /**
   * Ids of events and voices that are no more where they came from; `4711/` means all whose ids begin so. They are removed
   * before the records are stored. A customer stays, with their history.
   */
  readonly gone?: readonly string[]
  readonly progress: {
    readonly file: string
    readonly bytes: number
    readonly totalBytes: number
    readonly rows: number
  }
}

/** Where customers, events and feedback come from. One failing source never stops another. */
export interface Source {
  readonly name: string
  /** Read from this machine or database: there is no waiting in it that others could use. */
  readonly isLocal?: true
  /** Yields what is new since `cursor` (null: everything). Throws ForeshockError SOURCE_FAILED. */
  pull(cursor: Cursor | null, signal: AbortSignal): AsyncIterable<Batch>
  /**
   * Checks the mapping against what is really there: one fault a line, empty when nothing must be mended. What is worth
   * knowing but stops nothing, such as a few unusable rows, goes to `note`.
   */
  check(note?: (says: string) => void): Promise<string[]>
}
