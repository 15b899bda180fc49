import type { EventBlock } from '../features/columns.ts'
import type { FactColumn } from '../features/fact-columns.ts'
import type { FeatureList, PeerGroup } from '../features/feature-list.ts'
import { computeRows } from '../features/kernel.ts'
import { fillPeersIn } from '../features/peers.ts'
import { mergeBlocks, type Run } from './merge.ts'
import type { MeasuredSince } from './one-customer.ts'
import { type Packed, pack, unpack } from './packed.ts'
import { readShard, writeShard } from './shard-file.ts'

/** One shard's share of a features pass; memory that is shared is written into, the rest is copied on the way. */
export interface FillTask {
  readonly packed: Packed
  readonly since: MeasuredSince
  readonly facts: readonly FactColumn[]
  /** Row of each of the shard's customers in the matrix. */
  readonly places: Int32Array
  readonly asOf: number
  /** Everyone's matrix, in shared memory. */
  readonly values: Float64Array
}

/** The heavy work on shards. Each task knows only what it is handed, so that any thread can do it. */
export function shardTasks(list: FeatureList) {
  return {
    read: readShard,
    write: writeShard,
    /** Kept and freshly read columns put together by a plan, in shared memory. */
    merge: async (kept: Packed | null, fresh: Packed, runs: readonly Run[], size: number): Promise<Packed> =>
      pack(size, mergeBlocks(kept === null ? new Map() : unpack(kept), unpack(fresh), runs, size)),
    /** Features of one shard's customers, but for their peers. */
    fill: async ({ packed, since, facts, places, asOf, values }: FillTask): Promise<void> => {
      const blocks = measuredBlocks(packed, since)
      const rows = computeRows(list, { size: packed.size, blocks }, facts, asOf)
      const width = list.names.length
      for (let customer = 0; customer < packed.size; customer += 1) {
        values.set(rows.subarray(customer * width, (customer + 1) * width), places[customer]! * width)
      }
    },
    /** Peer features of everyone, when all rows are there; groups are numbers, below zero where there is none. */
    peers: async (groups: ReadonlyMap<PeerGroup, Int32Array>, values: Float64Array): Promise<void> => {
      const known = [...groups].map(
        ([by, numbers]) => [by, Array.from(numbers, (group) => (group < 0 ? null : group))] as const,
      )
      fillPeersIn(list, new Map(known), values)
    },
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
