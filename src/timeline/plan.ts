import { breathe, inSteps } from './breathe.ts'
import type { KeptShard } from './cache.ts'
import type { Deal } from './deal.ts'
import { NOWHERE } from './merge-block.ts'
import type { News } from './news.ts'
import type { PackedFacts } from './packed-facts.ts'
import { shardOf } from './shard-key.ts'

/** What was known before: shards out of memory or out of files, null where there is nothing to trust. */
export interface Before {
  readonly kept: (KeptShard | null)[]
  /** Everyone's facts; null: not read yet. */
  readonly deal: Deal | null
}

/** What is to be done for one shard. */
export interface ShardWork {
  readonly shard: number
  readonly facts: PackedFacts
  /** Let go once it is merged. */
  kept: KeptShard | null
  /** The kept columns hold these very customers, each at the same place. */
  readonly isSamePeople: boolean
  /** Where each customer is in the kept columns. */
  readonly keptAt: Int32Array
  /** Places of customers whose rows are all read: those named, and those the kept columns do not know. */
  readonly touched: Int32Array
  /** Customers with new rows: the place of each, and the place among the new rows, by turns. */
  readonly added: Int32Array
  /** False: the kept columns are as they should be. */
  readonly isDirty: boolean
}

/** Customers looked at between two looks at the event loop. */
const STEP = 5_000

/** What is to be done for each shard of a deal. `addedAt`: where each customer is among the new rows. */
export async function planWork(
  deal: Deal,
  before: Before,
  { whole }: Pick<News, 'whole'>,
  addedAt: ReadonlyMap<string, number>,
): Promise<ShardWork[]> {
  const named = Array.from({ length: deal.count }, (): string[] => [])
  for (const customers of [whole ?? [], addedAt.keys()]) {
    await inSteps(customers, STEP, (customer) => void named[shardOf(customer, deal.count)]!.push(customer))
  }
  const work: ShardWork[] = []
  for (const [shard, facts] of deal.shards.entries()) {
    // With more shards than before, each was a part of the one with the same low bits.
    const kept = before.kept[shard & (before.kept.length - 1)] ?? null
    const keptAt = placesIn(
      kept,
      facts,
      before.deal?.count === deal.count ? before.deal.shards[shard]! : null,
    )
    const isSamePeople =
      before.kept.length === deal.count && kept?.index.size === facts.length && isOneByOne(keptAt)
    const touchedAt: number[] = []
    const added: number[] = []
    const look = (place: number): void => {
      const id = facts.ids.at(place)
      const among = addedAt.get(id)
      if (whole === null || whole.has(id) || keptAt[place] === NOWHERE) touchedAt.push(place)
      else if (among !== undefined) added.push(place, among)
    }
    const places = isSamePeople && kept !== null ? placesOf(named[shard]!, facts) : keptAt.keys()
    for (const place of places) look(place)
    work.push({
      shard,
      facts,
      kept,
      isSamePeople,
      keptAt,
      touched: Int32Array.from(touchedAt),
      added: Int32Array.from(added),
      isDirty: !isSamePeople || touchedAt.length > 0 || added.length > 0,
    })
    await breathe()
  }
  return work
}

/**
 * Where each customer is in a shard's kept columns. `known`: their customers, where they are at hand; walking along both
 * costs far less than looking everyone up.
 */
function placesIn(kept: KeptShard | null, facts: PackedFacts, known: PackedFacts | null): Int32Array {
  const places = new Int32Array(facts.length).fill(NOWHERE)
  if (kept === null) return places
  if (known === facts) return places.map((_, place) => place)
  let was = 0
  for (let place = 0; place < facts.length; place += 1) {
    if (known === null) {
      places[place] = kept.index.get(facts.ids.at(place)) ?? NOWHERE
      continue
    }
    while (was < known.length && known.numbers.no[was]! < facts.numbers.no[place]!) was += 1
    if (was < known.length && facts.ids.isSame(place, known.ids, was)) places[place] = was
  }
  return places
}

function isOneByOne(places: Int32Array): boolean {
  for (let place = 0; place < places.length; place += 1) if (places[place] !== place) return false
  return true
}

/** Places of those customers who are there, ascending. */
function placesOf(customers: readonly string[], { index }: PackedFacts): Int32Array {
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
