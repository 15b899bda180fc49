import type { Text } from '../text.ts'

/** What one source's pull did; kept with the source, shown by `sources` and `doctor`. */
export interface PullReport {
  readonly source: string
  readonly rows: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
  readonly quarantined: number
  /** Customers who turned out to be one with another; absent: it was kept before this was counted. */
  readonly merged?: number
  /** What went wrong, in one sentence; null when all went well. */
  readonly failure: string | null
  /** The same for a chat; absent: it was kept before this was. */
  readonly says?: Text | null
  /** Since when its pulls fail, ISO; absent or null: the last one went well. */
  readonly failingSince?: string | null
}

/** A whole file that was held back. */
export interface HeldFile {
  readonly file: string
  readonly reason: string
  /** The same for a chat; absent: it was kept before this was. */
  readonly says?: Text
}
