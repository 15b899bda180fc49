import type { FeatureMatrix } from '../features/kernel.ts'
import type { Facts, History } from './history.ts'

export interface Refresh {
  /** Customers of whom rows were read, all or only new ones. */
  readonly customers: number
  /** Rows that were read. */
  readonly rows: number
  /** True when everything was read anew. */
  readonly whole: boolean
}

/** Everything known at one instant: features computed once, histories on demand. Later refreshes do not touch it. */
export interface Snapshot {
  readonly asOf: number
  /** Customers 0..size-1, by ascending `no`. */
  readonly size: number
  readonly facts: Facts
  readonly features: FeatureMatrix
  /** Everyone's places, those next to each other whose rows are: who goes by it finds most of them in the cache. */
  readonly near: readonly Int32Array[]
  /** Instant of the newest record anywhere when the timeline was refreshed; NaN when there is none. */
  readonly horizon: number
  /** Dense number of a customer id. */
  indexOf(customer: string): number | undefined
  history(index: number): History
}
