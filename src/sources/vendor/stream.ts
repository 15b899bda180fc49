import type { Ask } from './account.ts'

/** Where a stream stands: any JSON, stored with the rows it stands behind. `after`: the vendor's name of a page, if it may forget it. */
export type Mark = Readonly<Record<string, unknown>>

/** Something a vendor hands out page by page, oldest change first. */
export interface Stream {
  /** As its rows are called: tickets. */
  readonly name: string
  /** The kinds of its rows; where none of them is wanted, it is not asked for. */
  readonly kinds: readonly string[]
  /** What changed since `mark`; null: everything. */
  pages(mark: Mark | null, ask: Ask): AsyncIterable<Page>
}

export interface Page {
  readonly rows: readonly Row[]
  /** Where to go on once these rows are stored. */
  readonly mark: Mark
  /** Ids of rows that are no more; `4711/` means all whose ids begin so. */
  readonly gone?: readonly string[]
}

/** One row, as the mapping of its kind reads it. */
export interface Row {
  /** Which of the source's mappings reads it. */
  readonly kind: string
  /** The vendor's own id, unique within the source. */
  readonly id: string
  readonly value: Readonly<Record<string, unknown>>
}
