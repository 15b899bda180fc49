import type { Parents } from '../features/kind-tree.ts'
import type { Crew } from './crew.ts'
import type { SentimentOf } from './moods.ts'
import type { TimelineRows } from './rows.ts'
import type { ShardSize } from './shard-key.ts'

/** What a refresh works with. */
export interface Reading {
  readonly rows: TimelineRows
  readonly parents: Parents
  readonly sentimentOf: SentimentOf
  readonly shardSize: ShardSize
  /** New rows held at a time: with more, customers are read whole, so many at a time. */
  readonly mostAdded: number
  /** Who does the heavy work, for so many bytes of columns. */
  crew(bytes: number): Crew
}
