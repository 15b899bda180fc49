import type { Measure } from '../features/columns.ts'
import type { CustomerFacts, Voice } from './history.ts'

/**
 * One event or one feedback as the timeline reads it. Feedback comes with the kind of its channel (`voice_review`), its
 * text, and the measures rating, nps, csat, ces; events carry amount (minor units), quantity, duration (minutes). Absent or null: not carried.
 */
export type TimelineRow = {
  /** The customer's id, as in CustomerFacts. */
  readonly customer: string
  readonly kind: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Orders rows of the same instant. Any stable text; compared by code units. */
  readonly id: string
  /** What was said; the timeline keeps its sentiment, not the words. */
  readonly text?: string | null
} & { readonly [M in Measure]?: number | null }

/**
 * Rows by column, since an object a row would cost more than all else: every column has `length` entries. Columns are the
 * page's own: whoever takes it may hand them on to a thread, and they are empty here from then on.
 */
export interface RowPage {
  readonly length: number
  /** Customers' ids and kinds, each named once; the columns beside them tell which one a row has. */
  readonly customers: readonly string[]
  readonly customer: Int32Array
  readonly kinds: readonly string[]
  readonly kind: Int32Array | Uint8Array
  /** As in TimelineRow. */
  readonly at: Float64Array
  /** NaN: not carried. Measures that no row carries may be left out. */
  readonly measures: ReadonlyMap<Measure, Float64Array>
  /** What was said, by row, where something was. */
  readonly texts: ReadonlyMap<number, string>
  idOf(row: number): string
}

/** A column of names as a page has it: each named once, and for each row which one it is. */
export function numbered(values: readonly string[]): {
  readonly names: string[]
  readonly numbers: Int32Array
} {
  const names = [...new Set(values)]
  const index = new Map(names.map((name, number) => [name, number]))
  return { names, numbers: Int32Array.from(values, (value) => index.get(value)!) }
}

/** Where the store's change feed stands. Opaque to the timeline, which only hands it back. */
export type Mark = string

export interface Changes {
  readonly mark: Mark
  /** What was written from here on is not among it: it will be behind the mark. Absent: not told. */
  readonly until?: Mark
  /** Who may differ from what was read at the earlier mark; null: anyone. */
  readonly customers: Touched | null
}

/** Customers by what of theirs may differ. One may be in several lists. */
export interface Touched {
  /** Rows were corrected, moved or removed: all of theirs are to be read again. */
  readonly whole: readonly string[]
  /** Their facts were written: these are to be read again. New customers are here too. */
  readonly facts: readonly string[]
  /** Rows of theirs were written, which `added` hands out. */
  readonly added: readonly string[]
}

export type CustomerVoice = Voice & { readonly customer: string }

/** What the timeline asks of the store. main hands it in; the timeline knows no SQL. */
export interface TimelineRows {
  /** What changed since `mark` (null: never read). Rows committed after this call may or may not be in `rows`. */
  changed(since: Mark | null): Promise<Changes>
  /** Pages of everyone's facts, in any order; quickest by ascending `no`. */
  everyone(): AsyncIterable<readonly CustomerFacts[]>
  /** Facts of these customers, those of them that there are, in any order. */
  customers(only: readonly string[]): Promise<readonly CustomerFacts[]>
  /**
   * Pages of rows of the given customers (null: of all), ordered by customer no, then at, then id. A customer may
   * span pages. Rows of customers that `customers` did not list are skipped.
   */
  rows(customers: readonly string[] | null): AsyncIterable<RowPage>
  /**
   * Pages of the rows written since `mark`, in any order. Some may have been read before that mark, and a corrected row
   * is among them as it is now: `changed`, asked afterwards, names its customer as `whole`. What is written from `until` on
   * is left for the next time: seen now, it would be seen again then.
   */
  added(since: Mark, until?: Mark): AsyncIterable<readonly TimelineRow[]>
  /** Feedback of anyone known, or of these customers, `since <= at < until`; of one customer in the order it was said. */
  voices(since: Date, until: Date, customers?: readonly string[]): Promise<readonly CustomerVoice[]>
  /**
   * Instant of the newest event or feedback, milliseconds; NaN when there is none.
   *
   * @param events that of the newest event, where it is known: it is not looked for
   */
  horizon(events?: number): Promise<number>
}
