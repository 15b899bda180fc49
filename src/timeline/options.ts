import { availableParallelism } from 'node:os'
import type { Log } from '../log.ts'
import type { CachePlace } from './cache.ts'
import type { ShardSize } from './shard-key.ts'

export interface TimelineOptions {
  /** Where the columns are kept between two runs; absent: nowhere. */
  readonly cache?: CachePlace | undefined
  readonly log?: Pick<Log, 'warn'>
  readonly threads?: {
    /** Bytes of columns from which on threads do the work, and customers from which on they judge, too. */
    readonly from: number
    readonly crowd?: number
    /** How many; 0: their work is done here, as they would do it. */
    readonly count: number
  }
  readonly shardSize?: ShardSize
  /** Rows of customers who are asked about by themselves: of more, only new ones are read. */
  readonly mostRead?: number
  /** New rows a refresh holds in memory at a time. */
  readonly mostAdded?: number
}

/** Below this, starting a thread takes longer than the work: a quarter of a million plain events. */
const MUCH = 4 * 2 ** 20

/** Fewer are judged sooner by this thread than by one that has yet to learn how. */
export const CROWD = 200_000

/** Of customers with more rows than that only new ones are read: a click must not wait behind them. */
export const MUCH_TO_READ = 10_000

/** One processor is left to the chat. */
const MOST = 4

/** As given, or as many threads as this machine can spare. */
export function threadsOf({ threads }: TimelineOptions): NonNullable<TimelineOptions['threads']> {
  return threads ?? { from: MUCH, count: Math.max(1, Math.min(availableParallelism() - 1, MOST)) }
}
