import type { Log } from '../log.ts'
import type { CachePlace } from './cache.ts'
import type { ShardSize } from './shard-key.ts'

export interface TimelineOptions {
  /** Where the columns are kept between two runs; absent: nowhere. */
  readonly cache?: CachePlace | undefined
  readonly log?: Pick<Log, 'warn'>
  /** Bytes of columns from which on threads do the work, and how many of them. */
  readonly threads?: { readonly from: number; readonly count: number }
  readonly shardSize?: ShardSize
  /** Rows of customers who are asked about by themselves: of more, only new ones are read. */
  readonly mostRead?: number
  /** New rows a refresh holds in memory at a time. */
  readonly mostAdded?: number
}
