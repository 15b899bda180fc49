import type { EventBlock, Part } from '../features/columns.ts'
import type { FactColumn } from '../features/fact-columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { feedCounts } from '../features/feed-counts.ts'
import { interned } from '../features/interned.ts'
import { computeRows } from '../features/kernel.ts'
import { parentsOf } from '../features/kind-tree.ts'
import { besideMedians } from '../features/peers.ts'
import type { ShareJudge } from '../risk/shares.ts'
import type { Answer, Asked, NightTold } from '../risk/told.ts'
import { type FactsKnown, type FactsRead, readFacts } from './facts-read.ts'
import { gatherBlocks, type Order } from './gather.ts'
import type { History } from './history.ts'
import { mergeBlocks } from './merge.ts'
import type { Run } from './merge-block.ts'
import type { MeasuredSince } from './one-customer.ts'
import { packPages } from './pack-pages.ts'
import { type Packed, pack, unpack } from './packed.ts'
import { PackedFacts, type SharedFacts } from './packed-facts.ts'
import type { PageRows } from './row-order.ts'
import { readShard, writeShard } from './shard-file.ts'
import { historyOf } from './view.ts'

/** One shard's share of a features pass. */
export interface FillTask {
  readonly packed: Packed
  readonly since: MeasuredSince
  readonly facts: readonly FactColumn[]
  readonly asOf: number
  /** Where the shard's customers stand among all, whose features these will be. */
  readonly places: Int32Array
  readonly values: Float64Array
}

/** One shard's share of a night. */
export interface ShareOfNight {
  readonly packed: Packed
  readonly since: MeasuredSince
  readonly facts: SharedFacts
  readonly asOf: number
  /** Where its customers stand among all. */
  readonly places: Int32Array
  readonly told: NightTold
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

/** The heavy work on shards. Each task knows only what it is handed, so that any thread can do it. */
export function shardTasks(list: FeatureList) {
  let judging: { readonly night: number; readonly judge: ShareJudge } | null = null
  // What a night is judged by is the same for all of its shards. Most threads never judge: they are spared what it takes.
  async function judgeOf(told: NightTold): Promise<ShareJudge> {
    const { shareJudge } = await import('../risk/shares.ts')
    if (judging?.night !== told.night) judging = { night: told.night, judge: shareJudge(told, list) }
    return judging.judge
  }

  return {
    read: readShard,
    write: writeShard,
    /** Rows as they were read, as columns in shared memory. */
    build: async (size: number, pages: readonly PageRows[]): Promise<Packed> =>
      packPages(size, pages, parentsOf(list.profile)),
    /** Kept and freshly read columns, and rows that came, put together by a plan, in shared memory. */
    merge: async ({ kept, fresh, runs, size, added, places }: MergeTask): Promise<Packed> => {
      const news = { blocks: unpack(added), places }
      return mergeBlocks(kept === null ? new Map() : unpack(kept), unpack(fresh), runs, size, news)
    },
    /** A shard's facts as numbers. */
    facts: async (facts: SharedFacts, before: FactsKnown<SharedFacts> | null): Promise<FactsRead> =>
      readFacts(
        list,
        PackedFacts.of(facts),
        before === null ? null : { ...before, facts: PackedFacts.of(before.facts) },
      ),
    /** Features of one shard's customers, but for their peers, where they stand among all; gives how much of each kind came in. */
    fill: async ({ packed, since, facts, asOf, places, values }: FillTask) => {
      const blocks = measuredBlocks(packed, since)
      const rows = computeRows(list, { size: packed.size, blocks }, facts, asOf)
      spread(rows, places, list.names.length, values)
      return feedCounts({ blocks }, asOf)
    },
    /** Verdicts of one shard's customers, marked where they stand among all; gives how many were told at a glance. */
    judge: async (share: ShareOfNight): Promise<number> =>
      (await judgeOf(share.told)).judge(share.places, historiesOf(list, share)),
    /** Assessments of those who stand at these places in it. */
    assess: async (share: ShareOfNight, asked: Asked, places: Int32Array): Promise<Answer> => {
      const historyAt = historiesOf(list, share)
      return (await judgeOf(share.told)).assess(asked, (nth) => historyAt(places[nth]!))
    },
    /** One peer feature of everyone; groups are numbers, below zero where there is none. */
    peers: async (groups: Int32Array, numbers: Float64Array): Promise<Float64Array> =>
      besideMedians(
        Array.from(groups, (group) => (group < 0 ? null : group)),
        numbers,
      ),
    /** Nothing is kept for a task to come. */
    letGo: async (): Promise<void> => {
      judging = null
    },
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
      return [interned(kind), { offsets, at, measures, since: first }]
    }),
  )
}

const NOTHING = new Float64Array(0)

/** Histories of a shard's customers, by their places in it. */
function historiesOf(
  list: FeatureList,
  { packed, since, facts, asOf, places, told }: ShareOfNight,
): (place: number) => History {
  const part: Part = {
    size: packed.size,
    facts: PackedFacts.of(facts),
    blocks: measuredBlocks(packed, since),
  }
  const matrix = { values: told.features }
  return (place) => historyOf(part, place, asOf, list, [], matrix, places[place]!)
}

/** Puts a shard's rows where its customers stand among all. */
function spread(rows: Float64Array, places: Int32Array, width: number, values: Float64Array): void {
  for (let customer = 0, from = 0; customer < places.length; customer += 1) {
    const to = places[customer]! * width
    for (let column = 0; column < width; column += 1, from += 1) values[to + column] = rows[from]!
  }
}
