import type { KeptShard } from './cache.ts'
import { collector, MUCH } from './collect.ts'
import type { Crew } from './crew.ts'
import type { Deal } from './deal.ts'
import { planMerge } from './merge.ts'
import { NOWHERE } from './merge-block.ts'
import { withSentiment } from './moods.ts'
import { columnsOfAdded, type Fresh, newsSince } from './news.ts'
import type { Packed } from './packed.ts'
import { type Before, batches, planWork, type ShardWork } from './plan.ts'
import { built, type ReadBatch, readBatch } from './read-batch.ts'
import type { Reading } from './reading.ts'
import { dealAnew } from './redeal.ts'
import type { Mark, TimelineRow } from './rows.ts'
import { together } from './together.ts'

export interface After {
  readonly mark: Mark
  readonly deal: Deal
  readonly shards: readonly KeptShard[]
  /** Customers of whom rows were read, how many rows, and whether that was because everything might have changed. */
  readonly read: number
  readonly rows: number
  readonly whole: boolean
  /** Instant of the newest of the rows, where all were new ones of known customers; null: others may have gone. */
  readonly newest: number | null
}

/** Bytes of merged columns after which the old ones are given back: all of them would lie beside the new. */
const SOME_SHARDS = 128 * 2 ** 20

/** Hears of a shard whose columns were merged while its customers are the same. */
export type OnMerged = (shard: number, kept: KeptShard) => void

/**
 * Reads what changed and merges it in; without a deal, nothing did. Of the same customers, merged columns take the place of
 * those in `before` at once, so that no two of everyone's are held: what fails later leaves them there, with the old mark,
 * and whoever goes on from it finds rows that it has seen. All else stays as it was.
 */
export async function bringUpToDate(
  reading: Reading,
  before: Before,
  onMerged: OnMerged,
  signal?: AbortSignal,
): Promise<After | { readonly mark: Mark; readonly deal: null }> {
  signal?.throwIfAborted()
  const news = await newsSince(reading, before.kept, signal)
  const { mark, whole, facts } = news
  const isNothing = whole?.size === 0 && facts.size === 0 && news.added.size === 0
  if (isNothing && before.deal !== null) return { mark, deal: null }
  const kept = whole === null ? before.kept.map(() => null) : before.kept
  const crew = reading.crew(bytesOf(kept))
  crew.prepare()
  const named = whole === null ? null : new Set([...whole, ...facts])
  const deal = await dealAnew(reading, kept, named, before.deal)
  const moodOf = (row: TimelineRow) => withSentiment(row, reading.sentimentOf)
  const added = await columnsOfAdded(news.added, { crew, own: reading.crew(0) }, moodOf)
  const work = await planWork(deal, { ...before, kept }, news, added.index)
  const letGo = collector(SOME_SHARDS)
  await forgetFeatures(reading, bytesOf(work.map(({ kept, isDirty }) => (isDirty ? kept : null))), letGo)
  const shards = new Array<KeptShard>(deal.count)
  let rows = [...news.added.values()].reduce((sum, own) => sum + own.length, 0)
  let newest: number | null = Number.NEGATIVE_INFINITY
  for (const own of news.added.values()) for (const { at } of own) newest = Math.max(newest, at)
  let merging = Promise.resolve()
  for (const batch of batches(work)) {
    const fresh = await readBatch(reading, batch, batch.length === work.length && whole === null, signal)
    rows += fresh.rows
    const builders = reading.crew((fresh.bytes * work.length) / batch.length)
    builders.prepare()
    if (batch.some(({ touched }) => touched.length > 0)) newest = null
    await merging
    merging = mergeAll(reading, { fresh, builders, added }, batch, (work, packed) => {
      shards[work.shard] = { index: work.facts.index, packed, mark }
      const old = work.isSamePeople ? kept[work.shard] : undefined
      if (packed !== work.kept?.packed) letGo(packed.buffer.byteLength)
      work.kept = null
      if (old === undefined || old === null) return
      kept[work.shard] = { ...old, packed }
      onMerged(work.shard, kept[work.shard]!)
    })
    // Whoever waits for it hears of it; until then it is nobody's unhandled failure.
    merging.catch(() => {})
  }
  await merging
  signal?.throwIfAborted()
  const customers = work.reduce((sum, each) => sum + each.touched.length + each.added.length / 2, 0)
  return { mark, deal, shards, read: customers, rows, whole: whole === null, newest }
}

/**
 * Everyone's features take as much as the columns, and are mostly nobody's any more once so many columns are merged. Of a few
 * it would only make whoever asked wait.
 */
async function forgetFeatures(
  { crew }: Reading,
  bytes: number,
  letGo: (released: number) => void,
): Promise<void> {
  if (bytes < MUCH) return
  await crew(bytes).letGo()
  letGo(bytes)
}

function bytesOf(shards: readonly (KeptShard | null)[]): number {
  return shards.reduce((sum, shard) => sum + (shard?.packed.buffer.byteLength ?? 0), 0)
}

interface Inputs {
  readonly fresh: ReadBatch
  /** Who makes columns of it. */
  readonly builders: Crew
  readonly added: Fresh
}

async function mergeAll(
  reading: Reading,
  inputs: Inputs,
  batch: readonly ShardWork[],
  merged: (work: ShardWork, packed: Packed) => void,
): Promise<void> {
  const fresh = { index: inputs.fresh.index, packed: await built(inputs.fresh, inputs.builders) }
  const dirty: ShardWork[] = []
  let bytes = fresh.packed.buffer.byteLength
  for (const work of batch) {
    if (!work.isDirty && work.kept !== null) merged(work, work.kept.packed)
    else {
      dirty.push(work)
      bytes += work.kept?.packed.buffer.byteLength ?? 0
    }
  }
  const hands = { crew: reading.crew(bytes), own: reading.crew(0) }
  await together(dirty.length, hands, async (nth, crew) => {
    merged(dirty[nth]!, await mergeOne(crew, { fresh, added: inputs.added }, dirty[nth]!))
  })
}

async function mergeOne(
  crew: Crew,
  { fresh, added }: { readonly fresh: Fresh; readonly added: Fresh },
  work: ShardWork,
): Promise<Packed> {
  const { facts, kept, keptAt, touched } = work
  // Of a shard that was read by itself all is there, in order.
  if (touched.length === facts.length && fresh.packed.size === facts.length) return fresh.packed
  const freshAt = new Int32Array(facts.length).fill(NOWHERE)
  for (const place of touched) freshAt[place] = fresh.index.get(facts.ids.at(place))!
  return await crew.run('merge', {
    kept: kept?.packed ?? null,
    fresh: fresh.packed,
    runs: planMerge(keptAt, freshAt),
    size: facts.length,
    added: added.packed,
    places: work.added,
  })
}
