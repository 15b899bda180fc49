import { roomFor } from '../features/memory.ts'
import { breathe, inSteps } from './breathe.ts'
import type { CustomerFacts, Facts } from './history.ts'
import type { PackedCustomer, PackedFacts } from './packed-facts.ts'
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

/** Some customers in an order of their own, wherever their facts lie: each is at a place in one of several pieces. */
export interface Lineup {
  readonly pieces: readonly PackedFacts[]
  readonly piece: Int32Array
  readonly place: Int32Array
}

/**
 * Deals customers, by ascending `no`, to shards. A shard whose customers are known by the very same facts as `before` keeps
 * what holds them, and with it whatever was computed from it. Shard by shard, since facts that are collected take several
 * times the room of those that are.
 */
export async function deal({ pieces, piece, place }: Lineup, count: number, before: Deal): Promise<Deal> {
  const shardAt = roomFor(Int32Array, place.length)
  const placeAt = roomFor(Int32Array, place.length)
  const sizes = new Int32Array(count)
  await inSteps(place.keys(), STEP, (at) => {
    const shard = shardBy(pieces[piece[at]!]!.ids.hashAt(place[at]!), count)
    shardAt[at] = shard
    placeAt[at] = sizes[shard]!
    sizes[shard]! += 1
  })
  const places = Array.from(sizes, (size) => new Int32Array(size))
  await inSteps(place.keys(), STEP, (at) => {
    places[shardAt[at]!]![placeAt[at]!] = at
  })
  const shards: PackedFacts[] = []
  const builder = new PackedFactsBuilder()
  for (const [shard, own] of places.entries()) {
    for (const at of own) builder.copy(pieces[piece[at]!]!, place[at]!)
    const now = builder.finish()
    const old = before.count === count ? before.shards[shard]! : null
    shards.push(old !== null && isSame(now, old) ? old : now)
    // All shards' at once, by whoever looks for many, would take long.
    shards[shard]!.index.prepare()
    await breathe()
  }
  return { count, facts: new Everyone(shards, { shardAt, placeAt }), shards, shardAt, placeAt, places }
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

/** Everyone but those who leave, by where they stand among all, and who comes: all by ascending `no`. */
export async function exchange(
  before: Deal,
  leaving: ReadonlySet<number>,
  coming: Iterable<CustomerFacts>,
): Promise<Lineup> {
  const news = packedFactsOf([...coming].sort((a, b) => a.no - b.no))
  const { piece, place } = orderOf(before.facts.length - leaving.size + news.length)
  let [end, next] = [0, 0]
  const put = (of: number, at: number) => {
    piece[end] = of
    place[end] = at
    end += 1
  }
  const putNews = (until: number) => {
    for (; next < news.length && news.numbers.no[next]! < until; next += 1) put(before.count, next)
  }
  await inSteps(before.shardAt.keys(), STEP, (at) => {
    if (leaving.has(at)) return
    const [shard, own] = [before.shardAt[at]!, before.placeAt[at]!]
    putNews(before.shards[shard]!.numbers.no[own]!)
    put(shard, own)
  })
  putNews(Number.POSITIVE_INFINITY)
  return { pieces: [...before.shards, news], piece, place }
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
export async function byNo(pieces: readonly PackedFacts[]): Promise<Lineup> {
  const order = orderOf(pieces.reduce((sum, { length }) => sum + length, 0))
  const { piece, place } = order
  let [end, last, isSorted] = [0, Number.NEGATIVE_INFINITY, true]
  for (const [nth, { numbers }] of pieces.entries()) {
    for (const [at, no] of numbers.no.entries()) {
      isSorted &&= no > last
      last = no
      piece[end] = nth
      place[end] = at
      end += 1
    }
    await breathe()
  }
  if (isSorted) return { pieces, ...order }
  const noAt = (at: number): number => pieces[piece[at]!]!.numbers.no[place[at]!]!
  const sorted = Int32Array.from(place.keys()).sort((a, b) => noAt(a) - noAt(b))
  return { pieces, piece: sorted.map((at) => piece[at]!), place: sorted.map((at) => place[at]!) }
}

function orderOf(size: number): Pick<Lineup, 'piece' | 'place'> {
  return { piece: roomFor(Int32Array, size), place: roomFor(Int32Array, size) }
}

function isSame(now: PackedFacts, before: PackedFacts): boolean {
  if (now.length !== before.length) return false
  for (let place = 0; place < now.length; place += 1) if (!now.isSame(place, before, place)) return false
  return true
}
