import type { Parents } from '../features/kind-tree.ts'
import { breathe } from './breathe.ts'
import { columnsBuilder } from './build.ts'
import type { KeptShard } from './cache.ts'
import { collector } from './collect.ts'
import type { Crew } from './crew.ts'
import type { Deal } from './deal.ts'
import { planMerge } from './merge.ts'
import { NOWHERE } from './merge-block.ts'
import { columnsOfAdded, type Fresh, newsSince, restingBetween } from './news.ts'
import { type Packed, pack } from './packed.ts'
import { type Before, batches, planWork, type ShardWork } from './plan.ts'
import { dealAnew } from './redeal.ts'
import type { Mark, RowPage, TimelineRow, TimelineRows } from './rows.ts'
import type { ShardSize } from './shard-key.ts'

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
  /** New rows held at a time: with more, customers are read whole, so many at a time. */
  readonly mostAdded: number
  /** Who does the heavy work, for so many bytes of columns. */
  crew(bytes: number): Crew
}

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
  reading.crew(kept.reduce((sum, shard) => sum + (shard?.packed.buffer.byteLength ?? 0), 0)).prepare()
  const named = whole === null ? null : new Set([...whole, ...facts])
  const deal = await dealAnew(reading, kept, named, before.deal)
  const moodOf = (row: TimelineRow) => withSentiment(row, reading.sentimentOf)
  const added = await columnsOfAdded(news.added, { parents: reading.parents, moodOf })
  const work = await planWork(deal, { ...before, kept }, news, added.index)
  const shards = new Array<KeptShard>(deal.count)
  let rows = [...news.added.values()].reduce((sum, own) => sum + own.length, 0)
  let newest: number | null = Number.NEGATIVE_INFINITY
  for (const own of news.added.values()) for (const { at } of own) newest = Math.max(newest, at)
  let merging = Promise.resolve()
  const letGo = collector(SOME_SHARDS)
  for (const batch of batches(work)) {
    const fresh = await read(reading, batch, batch.length === work.length && whole === null, signal)
    rows += fresh.rows
    reading.crew((fresh.packed.buffer.byteLength * work.length) / batch.length).prepare()
    if (batch.some(({ touched }) => touched.length > 0)) newest = null
    await merging
    merging = mergeAll(reading, { fresh, added }, batch, (work, packed) => {
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

async function read(
  { rows, parents, sentimentOf }: Reading,
  batch: readonly ShardWork[],
  isEveryone: boolean,
  signal?: AbortSignal,
): Promise<Fresh & { readonly rows: number }> {
  const facts = batch.flatMap(({ facts, touched }) => Array.from(touched, (place) => facts.at(place)!))
  const building = columnsBuilder(facts, parents)
  const ids = isEveryone ? null : facts.map(({ id }) => id)
  let count = 0
  for await (const page of facts.length === 0 ? [] : rows.rows(ids)) {
    signal?.throwIfAborted()
    building.add(withMoods(page, sentimentOf))
    count += page.length
    await breathe()
  }
  const packed = pack(facts.length, await restingBetween(building.blocks()))
  return { index: building.index, packed, rows: count }
}

/** A row with the mood of its text; rows that say nothing stay as they are. */
export function withSentiment(row: TimelineRow, sentimentOf: SentimentOf): TimelineRow {
  const { id, text, rating } = row
  if (text === undefined || text === null || text === '') return row
  return { ...row, sentiment: sentimentOf({ id, text, rating: rating ?? null })?.score ?? null }
}

/** A page with the mood of its texts. */
export function withMoods(page: RowPage, sentimentOf: SentimentOf): RowPage {
  if (page.texts.size === 0) return page
  const moods = Float64Array.from(
    page.measures.get('sentiment') ?? new Float64Array(page.length).fill(Number.NaN),
    (mood) => mood ?? Number.NaN,
  )
  const ratings = page.measures.get('rating')
  for (const [row, text] of page.texts) {
    const rating = ratings?.[row] ?? null
    const voice = { id: page.idOf(row), text, rating: Number.isNaN(rating) ? null : rating }
    moods[row] = sentimentOf(voice)?.score ?? Number.NaN
  }
  return { ...page, measures: new Map([...page.measures, ['sentiment', moods]]) }
}

interface Inputs {
  readonly fresh: Fresh
  readonly added: Fresh
}

async function mergeAll(
  reading: Reading,
  inputs: Inputs,
  batch: readonly ShardWork[],
  merged: (work: ShardWork, packed: Packed) => void,
): Promise<void> {
  const merging: Promise<void>[] = []
  for (const work of batch) {
    if (!work.isDirty && work.kept !== null) {
      merged(work, work.kept.packed)
      continue
    }
    merging.push(mergeOne(reading, inputs, work).then((packed) => merged(work, packed)))
    await breathe()
  }
  await Promise.allSettled(merging)
  await Promise.all(merging)
}

async function mergeOne({ crew }: Reading, { fresh, added }: Inputs, work: ShardWork): Promise<Packed> {
  const { facts, kept, keptAt, touched } = work
  // Of a shard that was read by itself all is there, in order.
  if (touched.length === facts.length && fresh.packed.size === facts.length) return fresh.packed
  const bytes = fresh.packed.buffer.byteLength + (kept?.packed.buffer.byteLength ?? 0)
  const freshAt = new Int32Array(facts.length).fill(NOWHERE)
  for (const place of touched) freshAt[place] = fresh.index.get(facts.ids.at(place))!
  return await crew(bytes).run('merge', {
    kept: kept?.packed ?? null,
    fresh: fresh.packed,
    runs: planMerge(keptAt, freshAt),
    size: facts.length,
    added: added.packed,
    places: work.added,
  })
}
