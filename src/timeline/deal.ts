import { breathe } from './breathe.ts'
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
  /** For each shard, where its customers stand among all. */
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
  const members = Array.from({ length: count }, (): number[] => [])
  const shardAt = new Int32Array(facts.length)
  const placeAt = new Int32Array(facts.length)
  const known = before.count === count ? before : NOBODY
  let was = 0
  for (let at = 0; at < facts.length; at += 1) {
    if (at % STEP === STEP - 1) await breathe()
    const { id, no } = facts[at]!
    while (was < known.facts.length && known.facts[was]!.no < no) was += 1
    // Who was dealt before stays there: working it out anew costs more than looking.
    const shard = known.facts[was]?.id === id ? known.shardAt[was]! : shardOf(id, count)
    shardAt[at] = shard
    placeAt[at] = members[shard]!.push(at) - 1
  }
  const shards: (readonly CustomerFacts[])[] = []
  const places: Int32Array[] = []
  for (const [shard, own] of members.entries()) {
    const now = own.map((at) => facts[at]!)
    const old = before.count === count ? before.shards[shard]! : []
    shards.push(isSame(now, old) ? old : now)
    places.push(Int32Array.from(own))
    await breathe()
  }
  return { count, facts, shards, shardAt, placeAt, places }
}

/** Everyone but those named, and who takes their places: all by ascending `no`. */
export async function exchange(
  facts: readonly CustomerFacts[],
  named: ReadonlySet<string>,
  news: Iterable<CustomerFacts>,
): Promise<CustomerFacts[]> {
  const coming = [...news].sort((a, b) => a.no - b.no)
  const result: CustomerFacts[] = []
  let next = 0
  for (const [at, one] of facts.entries()) {
    if (at % STEP === STEP - 1) await breathe()
    if (named.has(one.id)) continue
    while (next < coming.length && coming[next]!.no < one.no) result.push(coming[next++]!)
    result.push(one)
  }
  for (; next < coming.length; next += 1) result.push(coming[next]!)
  return result
}

/** Puts some customers' new facts, by their place among all, where their old ones were. Nobody comes or goes. */
export function replaceFacts(before: Deal, news: ReadonlyMap<number, CustomerFacts>): Deal {
  const facts = before.facts.slice()
  const copies = new Map<number, CustomerFacts[]>()
  for (const [at, one] of news) {
    const shard = before.shardAt[at]!
    const own = copies.get(shard) ?? before.shards[shard]!.slice()
    copies.set(shard, own)
    own[before.placeAt[at]!] = one
    facts[at] = one
  }
  return { ...before, facts, shards: before.shards.map((own, shard) => copies.get(shard) ?? own) }
}

/** Stores hand customers out in order; then there is nothing to sort. */
function sorted(customers: readonly CustomerFacts[]): readonly CustomerFacts[] {
  const inOrder = customers.every(({ no }, at) => at === 0 || customers[at - 1]!.no < no)
  return inOrder ? customers.slice() : [...customers].sort((a, b) => a.no - b.no)
}

function isSame<T>(now: readonly T[], before: readonly T[]): boolean {
  return now.length === before.length && now.every((one, place) => one === before[place])
}
