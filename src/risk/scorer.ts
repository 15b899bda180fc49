import type { Profile } from '../features/profile.ts'
import type { Signal } from '../signals/signal.ts'
import type { CustomerFacts, History } from '../timeline/history.ts'
import type { AssessmentEnvironment } from './assess.ts'
import { assess } from './assess.ts'
import type { Assessment } from './assessment.ts'
import { highValueThreshold, ltvOf } from './value.ts'

/** What the scorer asks of the timeline. */
export interface Histories {
  readonly facts: readonly CustomerFacts[]
  refresh(signal?: AbortSignal): Promise<unknown>
  at(asOf: number, signal?: AbortSignal): Promise<HistoriesAt>
  history(index: number, asOf: number): History
}

export interface HistoriesAt {
  readonly asOf: number
  readonly size: number
  readonly facts: readonly CustomerFacts[]
  readonly horizon: number
  readonly features: { readonly index: ReadonlyMap<string, number>; row(customer: number): Float64Array }
  indexOf(customer: string): number | undefined
  history(index: number): History
}

/** Figures an admin can set that scoring depends on. */
export interface ScoringTerms {
  readonly wordsDays: number
  readonly topShare: number
}

/** Everyone judged at one instant. */
export interface Night {
  readonly asOf: number
  /** One assessment a customer, by ascending customer number. */
  readonly assessments: readonly Assessment[]
  /** Instant of the newest record anywhere; NaN when there is none. */
  readonly horizon: number
  historyOf(customer: string): History | null
}

export interface Scorer {
  /** Brings the histories up to date and judges everyone as of an instant. */
  assess(asOf: Date, terms: ScoringTerms, signal?: AbortSignal): Promise<Night>
  /** One customer's numbers as of an instant, without their voices; null when unknown. */
  history(customer: string, asOf: Date): Promise<History | null>
}

/** Customers judged between two looks at the event loop: the chat shares this thread. */
const STEP = 100

export function openScorer(parts: {
  profile: Profile
  histories: Histories
  signals: (terms: ScoringTerms) => readonly Signal[]
}): Scorer {
  const { profile, histories, signals } = parts
  return {
    assess: async (asOf, terms, signal) => {
      await histories.refresh(signal)
      const snapshot = await histories.at(asOf.getTime(), signal)
      const environment = environmentOf(snapshot, profile, signals(terms), terms)
      const assessments: Assessment[] = []
      for (let index = 0; index < snapshot.size; index += 1) {
        if (index % STEP === 0) {
          await new Promise(setImmediate)
          signal?.throwIfAborted()
        }
        assessments.push(assess(snapshot.history(index), environment(index)))
      }
      return {
        asOf: snapshot.asOf,
        assessments,
        horizon: snapshot.horizon,
        historyOf: (customer) => {
          const index = snapshot.indexOf(customer)
          return index === undefined ? null : snapshot.history(index)
        },
      }
    },
    history: async (customer, asOf) => {
      await histories.refresh()
      const index = histories.facts.findIndex(({ id }) => id === customer)
      return index < 0 ? null : histories.history(index, asOf.getTime())
    },
  }
}

/** What one customer is judged against: everyone's values for the high-value line, the segment's for medians. */
function environmentOf(
  snapshot: HistoriesAt,
  profile: Profile,
  signals: readonly Signal[],
  terms: ScoringTerms,
): (index: number) => AssessmentEnvironment {
  const indices = Array.from({ length: snapshot.size }, (_, index) => index)
  const highValueFrom = highValueThreshold(
    indices.map((index) => ltvOf(snapshot.history(index), profile)?.minor ?? null),
    terms.topShare,
  )
  const segments = new Map<string, number[]>()
  for (const index of indices) {
    const segment = segmentOf(snapshot.facts[index]!)
    const members = segments.get(segment)
    if (members === undefined) segments.set(segment, [index])
    else members.push(index)
  }
  const medians = new Map<string, number>()
  const median = (segment: string, feature: string): number => {
    const key = `${segment} ${feature}`
    const known = medians.get(key)
    if (known !== undefined) return known
    const column = snapshot.features.index.get(feature)
    const value =
      column === undefined
        ? Number.NaN
        : medianOf(segments.get(segment)!.map((index) => snapshot.features.row(index)[column]!))
    medians.set(key, value)
    return value
  }
  return (index) => {
    const segment = segmentOf(snapshot.facts[index]!)
    return {
      signals,
      profile,
      highValueFrom,
      median: (feature) => median(segment, feature),
      horizon: snapshot.horizon,
    }
  }
}

/** Similar customers, until step 2 brings the full segments: those the CRM puts in the same value tier. */
function segmentOf(facts: CustomerFacts): string {
  return facts.valueTier ?? 'undeclared'
}

function medianOf(values: readonly number[]): number {
  const known = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort()
  if (known.length === 0) return Number.NaN
  const middle = known.length >> 1
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2
}
