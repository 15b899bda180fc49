import { breathe, inSteps } from './breathe.ts'
import type { KeptShard } from './cache.ts'
import { byNo, type Deal, deal, exchange, indexIn, NOBODY, replaceFacts } from './deal.ts'
import type { CustomerFacts } from './history.ts'
import type { PackedFacts } from './packed-facts.ts'
import { PackedFactsBuilder } from './packed-facts-builder.ts'
import type { TimelineRows } from './rows.ts'
import { nextShardCount, type ShardSize, shardCount } from './shard-key.ts'

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
    const builder = new PackedFactsBuilder()
    for await (const page of rows.everyone()) {
      for (const one of page) builder.add(one)
      if (builder.length >= PIECE) pages.push(builder.finish())
      await breathe()
    }
    pages.push(builder.finish())
    const everyone = await byNo(pages)
    return deal(everyone, countFor(everyone.place.length), before ?? NOBODY)
  }
  const count = countFor(before.facts.length)
  if (named.size === 0 && count === before.count) return before
  const news = (await rows.customers([...named])).filter(({ id }) => named.has(id))
  const known = new Set<number>()
  await inSteps(named, STEP, (customer) => {
    const at = indexIn(before, customer)
    if (at !== undefined) known.add(at)
  })
  const renewed = new Map<number, CustomerFacts>()
  await inSteps(news, STEP, (one) => void renewed.set(indexIn(before, one.id) ?? UNKNOWN, one))
  const isSamePeople =
    known.size === renewed.size &&
    renewed.size === news.length &&
    [...renewed].every(([at, { no }]) => known.has(at) && before.facts.at(at)!.no === no)
  if (isSamePeople && count === before.count) return replaceFacts(before, renewed)
  return deal(await exchange(before, known, news), count, before)
}

/** Customers whose facts are a piece of memory large enough to go back to the system as soon as they are dealt. */
const PIECE = 20_000

/** Where somebody stands who was not there before. */
const UNKNOWN = -1

/** Customers looked up between two looks at the event loop. */
const STEP = 5_000
