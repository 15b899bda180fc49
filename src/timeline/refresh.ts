import type { EventBlock } from '../features/columns.ts'
import type { Parents } from '../features/kind-tree.ts'
import { breathe, inSteps } from './breathe.ts'
import { columnsBuilder } from './build.ts'
import type { KeptShard } from './cache.ts'
import type { Crew } from './crew.ts'
import { type Deal, deal, exchange, NOBODY, replaceFacts } from './deal.ts'
import type { CustomerFacts } from './history.ts'
import { planMerge } from './merge.ts'
import { type Packed, pack } from './packed.ts'
import type { Mark, TimelineRow, TimelineRows } from './rows.ts'
import { nextShardCount, type ShardSize, shardCount, shardOf } from './shard-key.ts'

/** The mood of something said, -1 to 1; null: none. Asked once for each voice that is read. */
export type SentimentOf = (voice: {
  readonly id: string
  readonly text: string
  readonly rating: number | null
}) => { readonly score: number } | null

/** What a refresh works with. */
export interface Reading {
  readonly rows: TimelineRows
  readonly parents: Parents
  readonly sentimentOf: SentimentOf
  readonly shardSize: ShardSize
  /** Who does the heavy work, for so many bytes of columns. */
  crew(bytes: number): Crew
}

/** What was known before: shards out of memory or out of files, null where there is nothing to trust. */
export interface Before {
  readonly kept: readonly (KeptShard | null)[]
  /** Everyone's facts; null: not read yet. */
  readonly deal: Deal | null
}

export interface After {
  readonly mark: Mark
  readonly deal: Deal
  readonly shards: readonly KeptShard[]
  /** Customers whose rows were read, and whether that was because everything might have changed. */
  readonly read: number
  readonly whole: boolean
}

/** Customers whose rows are read before they are merged: what a refresh holds besides the columns themselves. */
const BATCH = 4_096

/** Reads what changed and merges it in; without a deal, nothing did. What was known before stays as it is. */
export async function bringUpToDate(
  reading: Reading,
  before: Before,
  signal?: AbortSignal,
): Promise<After | { readonly mark: Mark; readonly deal: null }> {
  signal?.throwIfAborted()
  const { mark, named } = await changesSince(reading.rows, before)
  if (named?.size === 0 && before.deal !== null) return { mark, deal: null }
  const kept = named === null ? before.kept.map(() => null) : before.kept
  const dealt = await dealAnew(reading, kept, named, before.deal)
  const work = await plan(dealt, kept, named)
  const shards = new Array<KeptShard>(dealt.count)
  let merging = Promise.resolve()
  for (const batch of batches(work)) {
    const fresh = await read(reading, batch, batch.length === work.length && named === null, signal)
    await merging
    merging = mergeAll(reading, fresh, batch, shards, mark)
    // Whoever waits for it hears of it; until then it is nobody's unhandled failure.
    merging.catch(() => {})
  }
  await merging
  signal?.throwIfAborted()
  const touched = work.reduce((sum, each) => sum + each.touched.length, 0)
  return { mark, deal: dealt, shards, read: touched, whole: named === null }
}

/** Who may differ from what was kept; null: anyone. Shards out of files may stand at different marks. */
async function changesSince(
  rows: TimelineRows,
  { kept }: Before,
): Promise<{ mark: Mark; named: ReadonlySet<string> | null }> {
  const marks = new Set(kept.flatMap((shard) => shard?.mark ?? []))
  // The mark handed out first is the one to go on from: what comes in between is seen again.
  let first: Mark | null = null
  const named = new Set<string>()
  for (const since of marks.size === 0 ? [null] : marks) {
    const { mark, customers } = await rows.changed(since)
    first ??= mark
    if (customers === null) return { mark: first, named: null }
    for (const customer of customers) named.add(customer)
  }
  return { mark: first!, named }
}

async function dealAnew(
  { rows, shardSize }: Reading,
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
    const facts = await rows.customers()
    return deal(facts, countFor(facts.length), before ?? NOBODY)
  }
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
    [...renewed].every(([at, { no }]) => known.has(at) && before.facts[at]!.no === no)
  const count = countFor(before.facts.length)
  if (isSamePeople && count === before.count) return replaceFacts(before, renewed)
  return deal(await exchange(before.facts, named, news), count, before)
}

/** Customers looked up between two looks at the event loop. */
const STEP = 5_000

/** Where a customer stands among all; -1: not known yet. */
function placeAmongAll(deal: Deal, kept: readonly (KeptShard | null)[], customer: string): number {
  const shard = shardOf(customer, deal.count)
  const place = kept[shard]?.index.get(customer)
  return place === undefined ? -1 : deal.places[shard]![place]!
}

/** What is to be done for one shard. */
interface ShardWork {
  readonly shard: number
  readonly facts: readonly CustomerFacts[]
  readonly kept: KeptShard | null
  /** Its customers whose rows are read: those named, and those the kept columns do not know. */
  readonly touched: readonly CustomerFacts[]
  /** False: the kept columns are as they should be. */
  readonly isDirty: boolean
}

async function plan(
  { count, shards }: Deal,
  kept: readonly (KeptShard | null)[],
  named: ReadonlySet<string> | null,
): Promise<ShardWork[]> {
  const work: ShardWork[] = []
  for (const [shard, facts] of shards.entries()) {
    // With more shards than before, each was a part of the one with the same low bits.
    const own = kept[shard & (kept.length - 1)] ?? null
    const touched = facts.filter(({ id }) => named === null || named.has(id) || own?.index.has(id) !== true)
    const isSame = own !== null && kept.length === count && own.index.size === facts.length
    work.push({ shard, facts, kept: own, touched, isDirty: touched.length > 0 || !isSame })
    await breathe()
  }
  return work
}

/** Neighbouring shards are read together, as long as few of their customers are. */
function* batches(work: readonly ShardWork[]): Generator<ShardWork[]> {
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

interface Fresh {
  readonly index: ReadonlyMap<string, number>
  readonly packed: Packed
}

async function read(
  { rows, parents, sentimentOf }: Reading,
  batch: readonly ShardWork[],
  isEveryone: boolean,
  signal?: AbortSignal,
): Promise<Fresh> {
  const facts = batch.flatMap(({ touched }) => touched)
  const building = columnsBuilder(facts, parents)
  const ids = isEveryone ? null : facts.map(({ id }) => id)
  for await (const page of facts.length === 0 ? [] : rows.rows(ids)) {
    signal?.throwIfAborted()
    building.add(page.map((row) => withSentiment(row, sentimentOf)))
    await breathe()
  }
  const blocks = new Map<string, EventBlock>()
  for (const [kind, block] of building.blocks()) {
    blocks.set(kind, block)
    await breathe()
  }
  return { index: building.index, packed: pack(facts.length, blocks) }
}

/** A row with the mood of its text; rows that say nothing stay as they are. */
export function withSentiment(row: TimelineRow, sentimentOf: SentimentOf): TimelineRow {
  const { id, text, rating } = row
  if (text === undefined || text === null || text === '') return row
  return { ...row, sentiment: sentimentOf({ id, text, rating: rating ?? null })?.score ?? null }
}

async function mergeAll(
  reading: Reading,
  fresh: Fresh,
  batch: readonly ShardWork[],
  into: KeptShard[],
  mark: Mark,
): Promise<void> {
  const merged: Promise<void>[] = []
  for (const work of batch) {
    if (!work.isDirty && work.kept !== null) {
      into[work.shard] = { ...work.kept, mark }
      continue
    }
    merged.push(
      mergeOne(reading, fresh, work).then((shard) => {
        into[work.shard] = { ...shard, mark }
      }),
    )
    await breathe()
  }
  await Promise.allSettled(merged)
  await Promise.all(merged)
}

async function mergeOne({ crew }: Reading, fresh: Fresh, { facts, kept }: ShardWork): Promise<Fresh> {
  const bytes = fresh.packed.buffer.byteLength + (kept?.packed.buffer.byteLength ?? 0)
  const runs = planMerge(kept?.index ?? new Map(), fresh.index, facts)
  const packed = await crew(bytes).run('merge', kept?.packed ?? null, fresh.packed, runs, facts.length)
  const isSame = kept?.index.size === facts.length && facts.every(({ id }, at) => kept.index.get(id) === at)
  return { index: isSame ? kept.index : new Map(facts.map(({ id }, at) => [id, at])), packed }
}
