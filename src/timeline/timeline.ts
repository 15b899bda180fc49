import type { Columns, Part } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { addFeedCounts, type FeedCount, feedCounts } from '../features/feed-counts.ts'
import type { FeatureMatrix } from '../features/kernel.ts'
import { parentsOf } from '../features/kind-tree.ts'
import { type KeptShard, NO_CACHE, openCache } from './cache.ts'
import { type Crew, crewOfOne, crewOfThreads } from './crew.ts'
import { indexIn } from './deal.ts'
import {
  type Computing,
  type Everyone,
  everyoneOf,
  featuresOfEveryone,
  NO_ONE,
  withShard,
} from './everyone.ts'
import type { Facts, History, Voice } from './history.ts'
import type { SentimentOf } from './moods.ts'
import { MOST_ADDED } from './news.ts'
import { CROWD, MUCH_TO_READ, type TimelineOptions, threadsOf } from './options.ts'
import type { Before } from './plan.ts'
import type { Reading } from './reading.ts'
import { recentVoices } from './recent-voices.ts'
import { bringUpToDate } from './refresh.ts'
import type { TimelineRows } from './rows.ts'
import { shardFacts } from './shard-facts.ts'
import { SHARD_SIZE } from './shard-key.ts'
import { sharesOf } from './shares.ts'
import type { Refresh, Snapshot } from './snapshot.ts'
import { keptRows, keptSome, readSome, snapshotOfSome } from './some.ts'
import { historyOf } from './view.ts'
import { openWhole } from './whole.ts'

export type { SentimentOf } from './moods.ts'
export type { TimelineOptions } from './options.ts'
export type { Refresh, Snapshot } from './snapshot.ts'

/**
 * Every customer's history in shared memory: a disposable cache of the store, brought up to date by `refresh` and kept
 * in files between two runs where it is given a place. Threads of their own do the heavy work once there is much of it.
 */
export interface Timeline {
  /**
   * All columns as of the last refresh, in one piece: with more than one shard a copy, made here and now. What has time
   * asks for `gather`, and passes that can go shard by shard read `parts`.
   */
  readonly columns: Columns
  /** The same, put together by a thread and lying in shared memory. */
  gather(): Promise<Columns>
  /** The columns as of the last refresh, by shard; a refresh replaces them and leaves these as they are. */
  readonly parts: readonly Part[]
  readonly size: number
  readonly facts: Facts
  readonly horizon: number
  /** Dense number of a customer id. */
  indexOf(customer: string): number | undefined
  /**
   * Reads what changed. Refreshes queue. What one that fails or is aborted had merged already stays; the next goes on from
   * where it began.
   */
  refresh(signal?: AbortSignal): Promise<Refresh>
  /**
   * Features of all customers and recent voices of all, or of those named, as of an instant. Only rows strictly before it
   * are visible.
   *
   * @param earlier everyone's features as of an instant before: they are taken over. Those of `voicesOf` are read and
   *   computed anew, straight from their rows, and take the place of the earlier ones
   */
  at(
    asOf: number,
    signal?: AbortSignal,
    voicesOf?: readonly string[],
    earlier?: FeatureMatrix,
  ): Promise<Snapshot>
  /** How much of each kind came in until an instant; of the instant of the last `at` it is known already. */
  feedCounts(asOf: number): ReadonlyMap<string, FeedCount>
  /** One customer's numbers as of an instant; no voices, since those are read by `at`. */
  history(index: number, asOf: number): History
  /** Resolves when the files are as new as memory (or could not be written, which the log tells). */
  saved(): Promise<void>
  /** Waits for the files, then lets the threads go. */
  close(): Promise<void>
}

interface State extends Before {
  readonly everyone: Everyone
  readonly horizon: number
}

/** Opens a timeline over the store's rows, empty until the first refresh. Without `sentimentOf` moods are unknown. */
export function openTimeline(
  rows: TimelineRows,
  list: FeatureList,
  sentimentOf: SentimentOf = () => null,
  options: TimelineOptions = {},
): Timeline {
  const threads = threadsOf(options)
  const own = crewOfOne(list)
  const others = threads.count === 0 ? own : crewOfThreads(list, threads.count)
  const crew = (bytes: number): Crew => (bytes < threads.from ? own : others)
  const cache =
    options.cache === undefined
      ? NO_CACHE
      : openCache(options.cache, list, crew, options.log ?? { warn: () => {} })
  const { shardSize = SHARD_SIZE, mostAdded = MOST_ADDED, mostRead = MUCH_TO_READ } = options
  const parents = parentsOf(list.profile)
  const reading: Reading = { rows, parents, sentimentOf, shardSize, mostAdded, crew }
  const factsOf = shardFacts(list)
  const whole = openWhole(crew)
  let state: State = { ...NOTHING }
  let counted: { asOf: number; feeds: ReadonlyMap<string, FeedCount> } | null = null
  let queue: Promise<unknown> = Promise.resolve()

  /** Who asks meanwhile sees some customers' newest rows sooner than others'. */
  function onMerged(shard: number, kept: KeptShard): void {
    if (state.deal !== null) state = { ...state, everyone: withShard(state.everyone, shard, kept) }
  }

  async function refresh(signal?: AbortSignal): Promise<Refresh> {
    signal?.throwIfAborted()
    // Files are opened once; from then on memory knows better.
    const isFirst = state.deal === null && state.kept.length === 0
    const before = { kept: isFirst ? [...(await cache.open())] : state.kept, deal: state.deal }
    const after = await bringUpToDate(reading, before, onMerged, signal)
    // Among rows that only came, the newest is known; where some may have gone, all are looked at.
    const newest = after.deal === null ? state.horizon : after.newest
    const known = newest === null || Number.isNaN(state.horizon) ? undefined : Math.max(state.horizon, newest)
    const horizon = await rows.horizon(known)
    if (after.deal === null) {
      state = { ...state, kept: state.kept.map((shard) => shard && { ...shard, mark: after.mark }), horizon }
      return { customers: 0, rows: 0, whole: false }
    }
    const { mark, deal, shards } = after
    const everyone = await everyoneOf(deal, shards)
    counted = null
    state = { kept: [...shards], deal, everyone, horizon }
    cache.save(
      mark,
      deal,
      shards.map(({ packed }) => packed),
    )
    return { customers: after.read, rows: after.rows, whole: after.whole }
  }

  async function measured(
    everyone: Everyone,
    hands: Computing,
    asOf: number,
    signal?: AbortSignal,
  ): Promise<FeatureMatrix> {
    const { features, feeds } = await featuresOfEveryone(list, everyone, asOf, factsOf, hands, signal)
    if (everyone === state.everyone) counted = { asOf, feeds }
    return features
  }

  async function some(asOf: number, customers: readonly string[], earlier: FeatureMatrix): Promise<Snapshot> {
    const isMuch = keptRows(state.everyone, customers) > mostRead
    if (isMuch) await inTurn()
    const { everyone } = state
    const own = isMuch ? keptSome(everyone, customers) : await readSome(reading, everyone, customers)
    const voices = await recentVoices(rows, asOf, customers)
    const found = snapshotOfSome(list, { ...state, everyone }, own, { asOf, voices, earlier })
    return { ...found, history: (index) => found.history(index) ?? historyIn(everyone, index, asOf, list) }
  }

  function inTurn(signal?: AbortSignal): Promise<Refresh> {
    const turn = queue.then(() => refresh(signal))
    queue = turn.catch(() => undefined)
    return turn
  }

  return {
    get columns() {
      return whole.now(state.everyone)
    },
    gather: () => whole.later(state.everyone),
    get parts() {
      return state.everyone.parts
    },
    get size() {
      return state.everyone.deal.facts.length
    },
    get facts() {
      return state.everyone.deal.facts
    },
    get horizon() {
      return state.horizon
    },
    indexOf: (customer) => indexIn(state.everyone.deal, customer),
    refresh: inTurn,
    async at(asOf, signal, voicesOf, earlier) {
      if (earlier !== undefined) return some(asOf, voicesOf ?? [], earlier)
      const { everyone, horizon } = state
      const { deal, bytes } = everyone
      const hands = { crew: crew(bytes), own, isShared: bytes >= threads.from }
      const features = await measured(everyone, hands, asOf, signal)
      const voices = await recentVoices(rows, asOf, voicesOf)
      const { facts } = deal
      const isCrowd = hands.isShared && voicesOf === undefined && facts.length >= (threads.crowd ?? CROWD)
      return {
        asOf,
        size: facts.length,
        facts,
        features,
        near: deal.places,
        horizon,
        shares: isCrowd ? sharesOf(everyone, asOf, voices.keys(), hands.crew) : null,
        indexOf: (customer) => indexIn(deal, customer),
        history: (index) => {
          const heard = voices.size === 0 ? undefined : voices.get(facts.at(index)!.id)
          return historyIn(everyone, index, asOf, list, heard, features)
        },
      }
    },
    feedCounts: (asOf) =>
      counted?.asOf === asOf
        ? counted.feeds
        : addFeedCounts(state.everyone.parts.map((part) => feedCounts(part, asOf))),
    history: (index, asOf) => historyIn(state.everyone, index, asOf, list),
    saved: () => cache.settled(),
    close: async () => {
      await queue
      await cache.settled()
      await others.close()
    },
  }
}

const NOTHING: State = {
  kept: [],
  deal: null,
  everyone: NO_ONE,
  horizon: Number.NaN,
}

function historyIn(
  { deal, parts }: Everyone,
  index: number,
  asOf: number,
  list: FeatureList,
  voices?: readonly Voice[],
  features: FeatureMatrix | null = null,
): History {
  return historyOf(parts[deal.shardAt[index]!]!, deal.placeAt[index]!, asOf, list, voices, features, index)
}
