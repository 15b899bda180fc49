import type { HistoriesAt } from '../risk/snapshot.ts'

export interface Refresh {
  /** Customers of whom rows were read, all or only new ones. */
  readonly customers: number
  /** Rows that were read. */
  readonly rows: number
  /** True when everything was read anew. */
  readonly whole: boolean
}

/** Everything known at one instant: features computed once, histories on demand. Later refreshes do not touch it. */
export type Snapshot = HistoriesAt
