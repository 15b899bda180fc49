import type { Part } from '../features/columns.ts'
import type { FeatureList, PeerGroup } from '../features/feature-list.ts'
import { addFeedCounts, type FeedCount } from '../features/feed-counts.ts'
import { type FeatureMatrix, matrixOver } from '../features/kernel.ts'
import { roomFor, sharedRoomFor } from '../features/memory.ts'
import { breathe, inSteps } from './breathe.ts'
import type { KeptShard } from './cache.ts'
import { collector, MUCH } from './collect.ts'
import { type Deal, NOBODY } from './deal.ts'
import type { Facts } from './history.ts'
import type { MeasuredSince } from './one-customer.ts'
import { pack } from './packed.ts'
import type { ShardFacts } from './shard-facts.ts'
import { measuredBlocks } from './tasks.ts'
import type { Hands } from './together.ts'
import { together } from './together.ts'

/** Everyone's columns at one refresh, shard by shard. */
export interface Everyone {
  readonly deal: Deal
  readonly shards: readonly KeptShard[]
  /** The same shards with their facts; kinds are measured since their first event in any of them. */
  readonly parts: readonly Part[]
  readonly since: MeasuredSince
  readonly bytes: number
}

export const NO_ONE: Everyone = {
  deal: NOBODY,
  shards: [{ index: new Map(), packed: pack(0, new Map()), mark: '' }],
  parts: [{ size: 0, facts: [], blocks: new Map() }],
  since: new Map(),
  bytes: 0,
}

export async function everyoneOf(deal: Deal, shards: readonly KeptShard[]): Promise<Everyone> {
  const since = new Map<string, number>()
  for (const { packed } of shards) {
    for (const block of packed.blocks) {
      since.set(block.kind, Math.min(block.since, since.get(block.kind) ?? Number.POSITIVE_INFINITY))
    }
  }
  const parts: Part[] = []
  for (const [shard, { packed }] of shards.entries()) {
    parts.push({ size: packed.size, facts: deal.shards[shard]!, blocks: measuredBlocks(packed, since) })
    await breathe()
  }
  const bytes = shards.reduce((sum, { packed }) => sum + packed.buffer.byteLength, 0)
  return { deal, shards, parts, since, bytes }
}

/** The same with one shard's columns replaced; a kind that nobody had before shows once everyone's are. */
export function withShard(everyone: Everyone, shard: number, kept: KeptShard): Everyone {
  const { shards, parts, since } = everyone
  const part = { ...parts[shard]!, blocks: measuredBlocks(kept.packed, since) }
  return { ...everyone, shards: shards.with(shard, kept), parts: parts.with(shard, part) }
}

/** Who computes, and whether what comes of it lies in memory that threads share. */
export interface Computing extends Hands {
  readonly isShared: boolean
}

/**
 * Computes everyone's features as of an instant, and what came in until then, shard by shard; in shared memory where threads
 * do it.
 */
export async function featuresOfEveryone(
  list: FeatureList,
  { deal, shards, since }: Everyone,
  asOf: number,
  factsOf: ShardFacts,
  { crew, own, isShared }: Computing,
  signal?: AbortSignal,
): Promise<{ readonly features: FeatureMatrix; readonly feeds: ReadonlyMap<string, FeedCount> }> {
  const width = list.names.length
  const bytes = 8 * width * deal.facts.length
  // The features before these are mostly nobody's any more, nor are the columns: threads first, as they hold them, too.
  if (isShared && bytes >= MUCH) await crew.letGo()
  if (isShared) letGo(bytes)
  const values = (isShared ? sharedRoomFor : roomFor)(Float64Array, width * deal.facts.length)
  const counts = new Array<ReadonlyMap<string, FeedCount>>(shards.length)
  await together(shards.length, { crew, own }, async (shard, who) => {
    signal?.throwIfAborted()
    const places = deal.places[shard]!
    const facts = await factsOf(shard, deal.shards[shard]!, asOf, who)
    counts[shard] = await who.run('fill', {
      packed: shards[shard]!.packed,
      since,
      facts,
      asOf,
      places,
      values,
    })
  })
  const feeds = addFeedCounts(counts)
  for (const { slot, of, by } of list.peers) {
    const numbers = await columnOf(values, of, width)
    const shares = await crew.run('peers', await groupsBy(by, deal.facts), numbers)
    await inSteps(deal.shardAt.keys(), STEP, (customer) => {
      values[customer * width + slot] = shares[customer]!
    })
  }
  return { features: matrixOver(list, values), feeds }
}

async function columnOf(values: Float64Array, slot: number, width: number): Promise<Float64Array> {
  const column = roomFor(Float64Array, values.length / width)
  await inSteps(column.keys(), STEP, (customer) => {
    column[customer] = values[customer * width + slot]!
  })
  return column
}

/** Everyone's group, as numbers; -1: none. */
async function groupsBy(by: PeerGroup, facts: Facts): Promise<Int32Array> {
  const numbers = new Map<string, number>()
  const groups = roomFor(Int32Array, facts.length)
  await inSteps(groups.keys(), STEP, (at) => {
    const group = facts.at(at)![by]
    if (group !== null && !numbers.has(group)) numbers.set(group, numbers.size)
    groups[at] = group === null ? -1 : numbers.get(group)!
  })
  return groups
}

const letGo = collector()

/** Customers looked at between two looks at the event loop. */
const STEP = 20_000
