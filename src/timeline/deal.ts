import { breathe } from './crew.ts'
import type { CustomerFacts } from './history.ts'
import { shardOf } from './shard-key.ts'

/** Customers looked at between two looks at the event loop. */
const STEP = 5_000

/** Everyone by ascending `no`, and by shard. */
export interface Deal {
  readonly count: number
  readonly facts: readonly CustomerFacts[]
  /** Each shard's customers, by ascending `no`. */
  readonly shards: readonly (readonly CustomerFacts[])[]
  /** Shard of each customer, and place in it. */
  readonly shardAt: Int32Array
  readonly placeAt: Int32Array
  /** For each shard, where its customers stand among all; in shared memory. */
  readonly places: readonly Int32Array[]
}

export const NOBODY: Deal = {
  count: 1,
  facts: [],
  shards: [[]],
  shardAt: new Int32Array(0),
  placeAt: new Int32Array(0),
  places: [new Int32Array(0)],
}

/**
 * Deals customers (any order) to shards. A shard whose customers are the very same objects as `before` keeps its array,
 * and with it whatever was computed from it.
 */
export async function deal(customers: readonly CustomerFacts[], count: number, before: Deal): Promise<Deal> {
  const facts = sorted(customers)
  const shards = Array.from({ length: count }, (): CustomerFacts[] => [])
  const members = Array.from({ length: count }, (): number[] => [])
  const shardAt = new Int32Array(facts.length)
  const placeAt = new Int32Array(facts.length)
  for (let at = 0; at < facts.length; at += 1) {
    if (at % STEP === STEP - 1) await breathe()
    const shard = shardOf(facts[at]!.id, count)
    shardAt[at] = shard
    placeAt[at] = shards[shard]!.push(facts[at]!) - 1
    members[shard]!.push(at)
  }
  return {
    count,
    facts,
    shards: shards.map(
      (own, shard) => sameAs(own, before.count === count ? before.shards[shard]! : []) ?? own,
    ),
    shardAt,
    placeAt,
    places: members.map(sharedInts),
  }
}

/** Puts some customers' new facts in the places of their old ones. Nobody comes or goes. */
export function replaceFacts(before: Deal, news: ReadonlyMap<string, CustomerFacts>): Deal {
  const touched = new Set([...news.keys()].map((id) => shardOf(id, before.count)))
  const renew = (one: CustomerFacts): CustomerFacts => news.get(one.id) ?? one
  const facts = before.facts.slice()
  const shards = before.shards.slice()
  for (const shard of touched) {
    const own = before.shards[shard]!.map(renew)
    own.forEach((one, place) => {
      facts[before.places[shard]![place]!] = one
    })
    shards[shard] = own
  }
  return { ...before, facts, shards }
}

/** Stores hand customers out in order; then there is nothing to sort. */
function sorted(customers: readonly CustomerFacts[]): readonly CustomerFacts[] {
  const inOrder = customers.every(({ no }, at) => at === 0 || customers[at - 1]!.no < no)
  return inOrder ? customers.slice() : [...customers].sort((a, b) => a.no - b.no)
}

function sameAs<T>(now: readonly T[], before: readonly T[]): readonly T[] | null {
  return now.length === before.length && now.every((one, place) => one === before[place]) ? before : null
}

function sharedInts(numbers: readonly number[]): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(4 * numbers.length))
  shared.set(numbers)
  return shared
}
