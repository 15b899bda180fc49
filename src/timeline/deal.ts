import { breathe } from './breathe.ts'
import type { CustomerFacts, Facts } from './history.ts'
import { PackedCustomer, type PackedFacts } from './packed-facts.ts'
import { PackedFactsBuilder, packedFactsOf } from './packed-facts-builder.ts'
import { shardBy, shardOf } from './shard-key.ts'

/** Customers looked at between two looks at the event loop. */
const STEP = 5_000

/** Everyone by ascending `no`, and by shard. */
export interface Deal {
  readonly count: number
  readonly facts: Facts
  /** Each shard's customers, by ascending `no`. */
  readonly shards: readonly PackedFacts[]
  /** Shard of each customer, and place in it. */
  readonly shardAt: Int32Array
  readonly placeAt: Int32Array
  /** For each shard, where its customers stand among all. */
  readonly places: readonly Int32Array[]
}

export const NOBODY: Deal = {
  count: 1,
  facts: [],
  shards: [packedFactsOf([])],
  shardAt: new Int32Array(0),
  placeAt: new Int32Array(0),
  places: [new Int32Array(0)],
}

/**
 * Deals customers, by ascending `no` and `most` of them at most, to shards. A shard whose customers are known by the very
 * same facts as `before` keeps what holds them, and with it whatever was computed from it.
 */
export async function deal(
  customers: Iterable<CustomerFacts>,
  most: number,
  count: number,
  before: Deal,
): Promise<Deal> {
  const expected = Math.ceil((1.1 * most) / count)
  const builders = Array.from({ length: count }, () => new PackedFactsBuilder(Math.max(1, expected)))
  const members = Array.from({ length: count }, (): number[] => [])
  const shardAt = new Int32Array(most)
  const placeAt = new Int32Array(most)
  let size = 0
  for (const one of customers) {
    const shard = one instanceof PackedCustomer ? shardBy(one.hash, count) : shardOf(one.id, count)
    builders[shard]!.add(one)
    shardAt[size] = shard
    placeAt[size] = members[shard]!.push(size) - 1
    size += 1
    if (size % STEP === 0) await breathe()
  }
  const shards: PackedFacts[] = []
  const places: Int32Array[] = []
  for (const [shard, own] of members.entries()) {
    const now = builders[shard]!.finish()
    const old = before.count === count ? before.shards[shard]! : null
    shards.push(old !== null && isSame(now, old) ? old : now)
    // All shards' at once, by whoever looks for many, would take long.
    shards[shard]!.index.prepare()
    places.push(Int32Array.from(own))
    await breathe()
  }
  const order = { shardAt: shardAt.slice(0, size), placeAt: placeAt.slice(0, size) }
  return { count, facts: new Everyone(shards, order), shards, ...order, places }
}

/** Everyone's facts as they lie in the shards. */
class Everyone implements Facts {
  readonly length: number
  readonly #shards: readonly PackedFacts[]
  readonly #order: Pick<Deal, 'shardAt' | 'placeAt'>

  constructor(shards: readonly PackedFacts[], order: Pick<Deal, 'shardAt' | 'placeAt'>) {
    this.length = order.shardAt.length
    this.#shards = shards
    this.#order = order
  }

  at(index: number): PackedCustomer | undefined {
    return this.#shards[this.#order.shardAt[index]!]?.at(this.#order.placeAt[index]!)
  }

  *[Symbol.iterator](): Iterator<PackedCustomer> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index)!
  }
}

/** Where a customer stands among all, by id. */
export function indexIn({ count, shards, places }: Deal, customer: string): number | undefined {
  const shard = shardOf(customer, count)
  const place = shards[shard]!.index.get(customer)
  return place === undefined ? undefined : places[shard]![place]
}

/** Everyone but those named, and who takes their places: all by ascending `no`. */
export function* exchange(
  facts: Iterable<CustomerFacts>,
  named: ReadonlySet<string>,
  news: Iterable<CustomerFacts>,
): Generator<CustomerFacts> {
  const coming = [...news].sort((a, b) => a.no - b.no)
  let next = 0
  for (const one of facts) {
    if (named.has(one.id)) continue
    while (next < coming.length && coming[next]!.no < one.no) yield coming[next++]!
    yield one
  }
  for (; next < coming.length; next += 1) yield coming[next]!
}

/** Puts some customers' new facts, by their place among all, where their old ones were. Nobody comes or goes. */
export async function replaceFacts(before: Deal, news: ReadonlyMap<number, CustomerFacts>): Promise<Deal> {
  const renewed = new Map<number, Map<number, CustomerFacts>>()
  for (const [at, one] of news) {
    const shard = before.shardAt[at]!
    const own = renewed.get(shard) ?? new Map<number, CustomerFacts>()
    renewed.set(shard, own)
    own.set(before.placeAt[at]!, one)
  }
  const shards = [...before.shards]
  let isOther = false
  for (const [shard, own] of renewed) {
    // Most are asked about for their rows alone. What holds a shard's facts stays, and with it what was computed from it.
    if (areSame(own, shards[shard]!)) continue
    isOther = true
    const people = new PackedFactsBuilder()
    for (let place = 0; place < shards[shard]!.length; place += 1) {
      const one = own.get(place)
      if (one === undefined) people.copy(shards[shard]!, place)
      else people.add(one)
    }
    shards[shard] = people.finish()
    shards[shard].index.prepare()
    await breathe()
  }
  return isOther ? { ...before, facts: new Everyone(shards, before), shards } : before
}

/** Whether customers, by their places, are known by the very same facts. */
function areSame(news: ReadonlyMap<number, CustomerFacts>, people: PackedFacts): boolean {
  const now = packedFactsOf(news.values())
  let nth = 0
  for (const place of news.keys()) {
    if (!now.isSame(nth, people, place)) return false
    nth += 1
  }
  return true
}

/** Everyone in these, by ascending `no`. Stores hand customers out in order; then there is nothing to sort. */
export function* byNo(pages: readonly PackedFacts[]): Generator<PackedCustomer> {
  let last = Number.NEGATIVE_INFINITY
  const isSorted = pages.every(({ numbers }) =>
    numbers.no.every((no) => {
      const isNext = no > last
      last = no
      return isNext
    }),
  )
  if (isSorted) for (const page of pages) yield* page
  else yield* pages.flatMap((page) => [...page]).sort((a, b) => a.no - b.no)
}

function isSame(now: PackedFacts, before: PackedFacts): boolean {
  if (now.length !== before.length) return false
  for (let place = 0; place < now.length; place += 1) if (!now.isSame(place, before, place)) return false
  return true
}
