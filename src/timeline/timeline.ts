import { DAY } from '../clock.ts'
import type { Columns } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { computeFeaturesInSteps, type FeatureMatrix } from '../features/kernel.ts'
import { type Parents, parentsOf } from '../features/kind-tree.ts'
import { columnsBuilder } from './build.ts'
import type { CustomerFacts, History, Voice } from './history.ts'
import { mergeInSteps } from './merge.ts'
import type { Mark, TimelineRow, TimelineRows } from './rows.ts'
import { historyOf, VOICE_DAYS } from './view.ts'

/** Above this share of touched customers, reading everything in order is the shorter way. */
const MANY = 0.25

export interface Refresh {
  /** Customers whose rows were read again. */
  readonly customers: number
  /** True when everything was read anew. */
  readonly whole: boolean
}

/** Everything known at one instant: features computed once, histories on demand. Later refreshes do not touch it. */
export interface Snapshot {
  readonly asOf: number
  /** Customers 0..size-1, by ascending `no`. */
  readonly size: number
  readonly facts: readonly CustomerFacts[]
  readonly features: FeatureMatrix
  /** Instant of the newest record anywhere when the timeline was refreshed; NaN when there is none. */
  readonly horizon: number
  /** Dense number of a customer id. */
  indexOf(customer: string): number | undefined
  history(index: number): History
}

/** Every customer's history in memory: a disposable cache of the store, brought up to date by `refresh`. */
export interface Timeline {
  /** The columns as of the last refresh; a refresh replaces them as a whole. Empty before the first. */
  readonly columns: Columns
  readonly size: number
  readonly facts: readonly CustomerFacts[]
  readonly horizon: number
  /** Reads what changed. Refreshes queue; one that fails or is aborted leaves everything as it was. */
  refresh(signal?: AbortSignal): Promise<Refresh>
  /** Features and recent voices of all customers as of an instant. Only rows strictly before it are visible. */
  at(asOf: number, signal?: AbortSignal): Promise<Snapshot>
  /** One customer's numbers as of an instant; no voices, since those are read by `at`. */
  history(index: number, asOf: number): History
}

interface State {
  readonly mark: Mark | null
  readonly columns: Columns
  readonly horizon: number
}

/** The mood of something said, -1 to 1; null: none. Asked once for each voice that is read. */
export type SentimentOf = (voice: {
  readonly id: string
  readonly text: string
  readonly rating: number | null
}) => { readonly score: number } | null

/** Opens an empty timeline over the store's rows. Without `sentimentOf` moods are unknown. */
export function openTimeline(rows: TimelineRows, list: FeatureList, sentimentOf?: SentimentOf): Timeline {
  let state: State = { mark: null, columns: columnsBuilder([]).finish(), horizon: Number.NaN }
  let queue: Promise<unknown> = Promise.resolve()
  const reading: Reading = {
    rows,
    parents: parentsOf(list.profile),
    sentimentOf: sentimentOf ?? (() => null),
  }

  async function bringUpToDate(signal?: AbortSignal): Promise<Refresh> {
    signal?.throwIfAborted()
    const { mark, customers } = await rows.changed(state.mark)
    const horizon = await rows.horizon()
    if (customers?.length === 0) {
      state = { ...state, mark, horizon }
      return { customers: 0, whole: false }
    }
    const facts = await rows.customers()
    const touched = touchedFacts(state.columns, facts, customers)
    const whole = touched.length === facts.length || touched.length > facts.length * MANY
    const columns = whole
      ? await read(reading, facts, null, signal)
      : await merge(
          state.columns,
          await read(
            reading,
            touched,
            touched.map(({ id }) => id),
            signal,
          ),
          facts,
          signal,
        )
    state = { mark, columns, horizon }
    return { customers: whole ? facts.length : touched.length, whole }
  }

  return {
    get columns() {
      return state.columns
    },
    get size() {
      return state.columns.size
    },
    get facts() {
      return state.columns.facts
    },
    get horizon() {
      return state.horizon
    },
    refresh(signal) {
      const turn = queue.then(() => bringUpToDate(signal))
      queue = turn.catch(() => undefined)
      return turn
    },
    async at(asOf, signal) {
      const { columns, horizon } = state
      const features = await computeFeaturesInSteps(list, columns, asOf, signal)
      const voices = await recentVoices(rows, asOf)
      const index = new Map(columns.facts.map(({ id }, position) => [id, position]))
      return {
        asOf,
        size: columns.size,
        facts: columns.facts,
        features,
        horizon,
        indexOf: (customer) => index.get(customer),
        history: (at) => historyOf(columns, at, asOf, list, voices.get(columns.facts[at]!.id), features),
      }
    },
    history: (index, asOf) => historyOf(state.columns, index, asOf, list),
  }
}

/** Customers to read again: those named, and those the kept columns do not know yet. */
function touchedFacts(
  kept: Columns,
  facts: readonly CustomerFacts[],
  customers: readonly string[] | null,
): readonly CustomerFacts[] {
  if (customers === null) return facts
  const named = new Set(customers)
  const known = new Set(kept.facts.map(({ id }) => id))
  return facts.filter(({ id }) => named.has(id) || !known.has(id))
}

interface Reading {
  readonly rows: TimelineRows
  readonly parents: Parents
  readonly sentimentOf: SentimentOf
}

async function read(
  { rows, parents, sentimentOf }: Reading,
  facts: readonly CustomerFacts[],
  customers: readonly string[] | null,
  signal?: AbortSignal,
): Promise<Columns> {
  const building = columnsBuilder(facts, parents)
  for await (const page of facts.length === 0 ? [] : rows.rows(customers)) {
    signal?.throwIfAborted()
    building.add(page.map((row) => withSentiment(row, sentimentOf)))
    await breathe()
  }
  return building.finish()
}

/** A row with the mood of its text; rows that say nothing stay as they are. */
export function withSentiment(row: TimelineRow, sentimentOf: SentimentOf): TimelineRow {
  const { id, text, rating } = row
  if (text === undefined || text === null || text === '') return row
  return { ...row, sentiment: sentimentOf({ id, text, rating: rating ?? null })?.score ?? null }
}

async function merge(
  kept: Columns,
  fresh: Columns,
  facts: readonly CustomerFacts[],
  signal?: AbortSignal,
): Promise<Columns> {
  const steps = mergeInSteps(kept, fresh, facts)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await breathe()
    signal?.throwIfAborted()
  }
}

async function recentVoices(rows: TimelineRows, asOf: number): Promise<Map<string, Voice[]>> {
  const byCustomer = new Map<string, Voice[]>()
  for (const voice of await rows.voices(new Date(asOf - VOICE_DAYS * DAY), new Date(asOf))) {
    const own = byCustomer.get(voice.customer)
    if (own === undefined) byCustomer.set(voice.customer, [voice])
    else own.push(voice)
  }
  return byCustomer
}

/** The chat shares this thread: let it answer between two pieces of work. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
