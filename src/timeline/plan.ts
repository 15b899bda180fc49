import { breathe } from './breathe.ts'
import type { KeptShard } from './cache.ts'
import type { Deal } from './deal.ts'
import type { CustomerFacts } from './history.ts'
import { NOWHERE } from './merge-block.ts'
import type { News } from './news.ts'
import { shardOf } from './shard-key.ts'

/** What was known before: shards out of memory or out of files, null where there is nothing to trust. */
export interface Before {
  readonly kept: readonly (KeptShard | null)[]
  /** Everyone's facts; null: not read yet. */
  readonly deal: Deal | null
}

/** What is to be done for one shard. */
export interface ShardWork {
  readonly shard: number
  readonly facts: readonly CustomerFacts[]
  readonly kept: KeptShard | null
  /** The kept columns hold these very customers, each at the same place. */
  readonly isSamePeople: boolean
  /** Where each customer is in the kept columns. */
  readonly keptAt: Int32Array
  /** Customers whose rows are all read: those named, and those the kept columns do not know; and their places. */
  readonly touched: readonly CustomerFacts[]
  readonly touchedAt: readonly number[]
  /** Customers with new rows: the place of each, and the place among the new rows, by turns. */
  readonly added: Int32Array
  /** False: the kept columns are as they should be. */
  readonly isDirty: boolean
}

/** What is to be done for each shard of a deal. `addedAt`: where each customer is among the new rows. */
export async function planWork(
  deal: Deal,
  before: Before,
  { whole }: Pick<News, 'whole'>,
  addedAt: ReadonlyMap<string, number>,
): Promise<ShardWork[]> {
  const named = bySharding([...(whole ?? []), ...addedAt.keys()], deal.count)
  const work: ShardWork[] = []
  for (const [shard, facts] of deal.shards.entries()) {
    // With more shards than before, each was a part of the one with the same low bits.
    const kept = before.kept[shard & (before.kept.length - 1)] ?? null
    const isSamePeople = kept !== null && hasSamePeople(deal, before, kept, shard)
    const keptAt = isSamePeople ? placesOneByOne(facts.length) : placesIn(kept, facts)
    const touchedAt: number[] = []
    const added: number[] = []
    const look = (place: number): void => {
      const { id } = facts[place]!
      const among = addedAt.get(id)
      if (whole === null || whole.has(id) || keptAt[place] === NOWHERE) touchedAt.push(place)
      else if (among !== undefined) added.push(place, among)
    }
    const places = isSamePeople ? placesOf(named[shard]!, kept) : facts.keys()
    for (const place of places) look(place)
    work.push({
      shard,
      facts,
      kept,
      isSamePeople,
      keptAt,
      touched: touchedAt.map((place) => facts[place]!),
      touchedAt,
      added: Int32Array.from(added),
      isDirty: !isSamePeople || touchedAt.length > 0 || added.length > 0,
    })
    await breathe()
  }
  return work
}

function bySharding(customers: readonly string[], count: number): string[][] {
  const shards = Array.from({ length: count }, (): string[] => [])
  for (const customer of customers) shards[shardOf(customer, count)]!.push(customer)
  return shards
}

/** Comparing with the deal before costs far less than looking everyone up. */
function hasSamePeople(deal: Deal, before: Before, kept: KeptShard, shard: number): boolean {
  const facts = deal.shards[shard]!
  if (before.kept.length !== deal.count || kept.index.size !== facts.length) return false
  const known = before.deal?.count === deal.count ? before.deal.shards[shard]! : null
  if (known === facts) return true
  for (let place = 0; place < facts.length; place += 1) {
    const { id } = facts[place]!
    if (known === null ? kept.index.get(id) !== place : known[place]!.id !== id) return false
  }
  return true
}

function placesOneByOne(size: number): Int32Array {
  const places = new Int32Array(size)
  for (let place = 0; place < size; place += 1) places[place] = place
  return places
}

function placesIn(kept: KeptShard | null, facts: readonly CustomerFacts[]): Int32Array {
  const places = new Int32Array(facts.length).fill(NOWHERE)
  if (kept === null) return places
  for (let place = 0; place < facts.length; place += 1) {
    places[place] = kept.index.get(facts[place]!.id) ?? NOWHERE
  }
  return places
}

/** Places of those customers who are there, ascending. */
function placesOf(customers: readonly string[], { index }: KeptShard): Int32Array {
  return Int32Array.from(customers.flatMap((customer) => index.get(customer) ?? [])).sort()
}

/** Customers whose rows are read before they are merged: what a refresh holds besides the columns themselves. */
const BATCH = 4_096

/** Neighbouring shards are read together, as long as few of their customers are. */
export function* batches(work: readonly ShardWork[]): Generator<ShardWork[]> {
  let batch: ShardWork[] = []
  let size = 0
  for (const each of work) {
    if (batch.length > 0 && size + each.touched.length > BATCH) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(each)
    size += each.touched.length
  }
  yield batch
}
