import type { ForeshockError } from '../../errors.ts'

/**
 * What reading from an engine takes. Terms: the **key** names a row; the **after** column grows with every change; a
 * **position** is the last row that was read, in the order of both.
 */

/** What is in a column, as far as reading on depends on it. */
export type ColumnKind = 'time' | 'day' | 'number' | 'json' | 'other'

export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  /** As the engine calls it. */
  readonly type: string
}

/** Values as words: exact whatever their type, null where there is none; JSON as what it says. */
export type Row = Readonly<Record<string, unknown>>

export interface Position {
  /** Null: rows are told apart by the key alone. */
  readonly after: string | null
  readonly key: string
}

/** What is read, in which order, from where. */
export interface Asked {
  readonly query: string
  readonly key: Column
  readonly after: Column | null
  /** Null: from the first row. */
  readonly since: Position | null
  /**
   * What is read again before the position. A time: everything changed after it; a number: so many numbers back; null:
   * nothing.
   */
  readonly again: Date | number | null
}

/** One connection, in one transaction that can write nothing. Everything throws ForeshockError SOURCE_FAILED. */
export interface Session {
  columns(query: string): Promise<Column[]>
  /** Rows behind the position, in order, in pages; memory holds one page. */
  rows(asked: Asked, page: number): AsyncGenerator<Row[]>
  /** Rows whose `after` is empty: no position lies behind them. */
  undated(asked: Asked, page: number): AsyncGenerator<Row[]>
  /** What whoever runs the database would want to know of such a reading once it has begun, one sentence each. */
  advice(asked: Asked): Promise<string[]>
  close(): Promise<void>
}

export interface Opening {
  /** Of the source, for what is said. */
  readonly source: string
  /** The variable the address came from: named in what is said, never shown. */
  readonly variable: string
  readonly address: string
  /** Zone of times without an offset. */
  readonly timeZone: string
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
  /** Takes out what names a person: engines quote the value they stumble over. */
  mask(words: string): string
}

/** A database engine. */
export interface Dialect {
  /** Protocols of the addresses it takes, such as postgresql. */
  readonly protocols: readonly string[]
  open(opening: Opening): Promise<Session>
}

/** Says what an engine's error means, and how to mend it. */
export type FaultOf = (error: unknown, opening: Opening) => ForeshockError
