import { breathe, inSteps } from './breathe.ts'
import type { KeptShard } from './cache.ts'
import { byNo, type Deal, deal, exchange, NOBODY, replaceFacts } from './deal.ts'
import type { CustomerFacts } from './history.ts'
import type { PackedFacts } from './packed-facts.ts'
import { packedFactsOf } from './packed-facts-builder.ts'
import type { TimelineRows } from './rows.ts'
import { nextShardCount, type ShardSize, shardCount, shardOf } from './shard-key.ts'

/**
 * Everyone dealt to shards, with the facts of those who are `named` read again (null, or without a deal before:
 * everyone's). Those of them who are gone leave, those who are new come.
 */
export async function dealAnew(
  { rows, shardSize }: { rows: TimelineRows; shardSize: ShardSize },
  kept: readonly (KeptShard | null)[],
  named: ReadonlySet<string> | null,
  before: Deal | null,
): Promise<Deal> {
  const bytes = kept.reduce((sum, shard) => sum + (shard?.packed.buffer.byteLength ?? 0), 0)
  const isFresh = kept.every((shard) => shard === null)
  const countFor = (customers: number): number =>
    isFresh
      ? shardCount(customers, bytes, shardSize)
      : nextShardCount(kept.length, customers, bytes, shardSize)
  if (before === null || named === null) {
    const pages: PackedFacts[] = []
    for await (const page of rows.everyone()) {
      pages.push(packedFactsOf(page))
      await breathe()
    }
    const size = pages.reduce((sum, { length }) => sum + length, 0)
    return deal(byNo(pages), size, countFor(size), before ?? NOBODY)
  }
  const count = countFor(before.facts.length)
  if (named.size === 0 && count === before.count) return before
  const news = (await rows.customers([...named])).filter(({ id }) => named.has(id))
  const known = new Set<number>()
  await inSteps(named, STEP, (customer) => {
    const at = placeAmongAll(before, kept, customer)
    if (at >= 0) known.add(at)
  })
  const renewed = new Map<number, CustomerFacts>()
  await inSteps(news, STEP, (one) => void renewed.set(placeAmongAll(before, kept, one.id), one))
  const isSamePeople =
    known.size === renewed.size &&
    renewed.size === news.length &&
    [...renewed].every(([at, { no }]) => known.has(at) && before.facts.at(at)!.no === no)
  if (isSamePeople && count === before.count) return replaceFacts(before, renewed)
  return deal(exchange(before.facts, named, news), before.facts.length + news.length, count, before)
}

/** Customers looked up between two looks at the event loop. */
const STEP = 5_000

/** Where a customer stands among all; -1: not known yet. */
function placeAmongAll(deal: Deal, kept: readonly (KeptShard | null)[], customer: string): number {
  const shard = shardOf(customer, deal.count)
  const place = kept[shard]?.index.get(customer)
  return place === undefined ? -1 : deal.places[shard]![place]!
}
