import type { EventBlock } from '../features/columns.ts'
import type { FactColumn } from '../features/fact-columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { type FeedCount, feedCounts } from '../features/feed-counts.ts'
import { computeRows } from '../features/kernel.ts'
import { besideMedians } from '../features/peers.ts'
import { gatherBlocks, type Order } from './gather.ts'
import { mergeBlocks } from './merge.ts'
import type { Run } from './merge-block.ts'
import type { MeasuredSince } from './one-customer.ts'
import { type Packed, pack, unpack } from './packed.ts'
import { readShard, writeShard } from './shard-file.ts'

/** One shard's share of a features pass. */
export interface FillTask {
  readonly packed: Packed
  readonly since: MeasuredSince
  readonly facts: readonly FactColumn[]
  readonly asOf: number
}

/** One shard's columns to be: see `mergeBlocks`. */
export interface MergeTask {
  readonly kept: Packed | null
  readonly fresh: Packed
  readonly runs: readonly Run[]
  /** Customers of the result. */
  readonly size: number
  readonly added: Packed
  readonly places: Int32Array
}

export interface Filled {
  readonly rows: Float64Array
  readonly feeds: ReadonlyMap<string, FeedCount>
}

/** The heavy work on shards. Each task knows only what it is handed, so that any thread can do it. */
export function shardTasks(list: FeatureList) {
  return {
    read: readShard,
    write: writeShard,
    /** Kept and freshly read columns, and rows that came, put together by a plan, in shared memory. */
    merge: async ({ kept, fresh, runs, size, added, places }: MergeTask): Promise<Packed> => {
      const news = { blocks: unpack(added), places }
      return mergeBlocks(kept === null ? new Map() : unpack(kept), unpack(fresh), runs, size, news)
    },
    /** Features of one shard's customers, row after row, but for their peers; and how much of each kind came in. */
    fill: async ({ packed, since, facts, asOf }: FillTask): Promise<Filled> => {
      const blocks = measuredBlocks(packed, since)
      const rows = computeRows(list, { size: packed.size, blocks }, facts, asOf)
      return { rows, feeds: feedCounts({ blocks }, asOf) }
    },
    /** One peer feature of everyone; groups are numbers, below zero where there is none. */
    peers: async (groups: Int32Array, numbers: Float64Array): Promise<Float64Array> =>
      besideMedians(
        Array.from(groups, (group) => (group < 0 ? null : group)),
        numbers,
      ),
    /** All shards' columns in one piece. */
    gather: async (shards: readonly Packed[], order: Order): Promise<Packed> =>
      pack(order.shardAt.length, gatherBlocks(order, shards.map(unpack))),
  }
}

export type ShardTasks = ReturnType<typeof shardTasks>

/**
 * A shard's blocks as they look beside all others: a kind is measured since its first event anywhere, and one that
 * nobody here has is empty, not unmeasured.
 */
export function measuredBlocks(packed: Packed, since: MeasuredSince): Map<string, EventBlock> {
  const own = unpack(packed)
  const none = new Int32Array(packed.size + 1)
  return new Map(
    [...since].map(([kind, first]) => {
      const { offsets, at, measures } = own.get(kind) ?? { offsets: none, at: NOTHING, measures: new Map() }
      return [kind, { offsets, at, measures, since: first }]
    }),
  )
}

const NOTHING = new Float64Array(0)
