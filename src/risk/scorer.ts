import { DAY } from '../clock.ts'
import { medianOf } from '../features/median.ts'
import type { Profile } from '../features/profile.ts'
import { segmentsOf } from '../features/segment.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import { priorOf } from '../signals/baseline.ts'
import type { Background } from '../signals/index.ts'
import type { Signal } from '../signals/signal.ts'
import type { Text } from '../text.ts'
import type { CustomerFacts, History } from '../timeline/history.ts'
import type { LexiconChange } from '../voice/lexicon-changes.ts'
import type { MoodOf } from '../voice/mood.ts'
import type { AssessmentEnvironment } from './assess.ts'
import { assess } from './assess.ts'
import type { Assessment } from './assessment.ts'
import type { Mute } from './mute.ts'
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
  /** What people have judged to be no risk, by customer id. */
  readonly mutes?: ReadonlyMap<string, readonly Mute[]>
  /** Words added and switched off from chat. */
  readonly lexicon?: readonly LexiconChange[]
}

/** Everyone's numbers at one instant, judged by nobody. */
export interface Look {
  readonly facts: readonly CustomerFacts[]
  /** The number of a feature of facts[index]; NaN when unknown. */
  feature(index: number, name: string): number
  /** The classes customers are sorted into; empty where the profile declares none. */
  readonly segments: readonly SegmentName[]
  /** Null: not known. */
  segmentOf(customer: string): SegmentName | null
}

export interface SegmentName {
  readonly name: string
  readonly label: Text
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
  /**
   * Judges one customer as of an instant, against everyone as they are then: the verdict is the one that `assess`
   * gives. Null: there is no such customer.
   */
  assessOne(customer: string, asOf: Date, terms: ScoringTerms): Promise<Assessment | null>
  /** Brings the histories up to date and gives everyone's numbers. */
  look(asOf: Date): Promise<Look>
  /** One customer's numbers as of an instant, without their voices; null when unknown. */
  history(customer: string, asOf: Date): Promise<History | null>
}

/** Customers judged between two looks at the event loop: the chat shares this thread. */
const STEP = 100

export function openScorer(parts: {
  profile: Profile
  histories: Histories
  signals: (terms: ScoringTerms, background: Background) => readonly Signal[]
  /** Reads the mood of a voice; without it no mood is judged. */
  mood?: MoodOf
  /** How customers are sorted; similar customers are those of one RFM class. Without it, of one declared value tier. */
  plan?: SegmentPlan
  /** Event kinds whose feed cannot be trusted as of an instant. */
  unhealthy?: (asOf: number) => ReadonlySet<string>
}): Scorer {
  const { histories, signals } = parts
  return {
    assess: async (asOf, terms, signal) => {
      await histories.refresh(signal)
      const snapshot = await histories.at(asOf.getTime(), signal)
      const background = await backgroundOf(snapshot, parts, signal)
      const environment = environmentOf(snapshot, parts, signals(terms, background), terms)
      const assessments: Assessment[] = []
      for (let index = 0; index < snapshot.size; index += 1) {
        if (index % STEP === 0) await breathe(signal)
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
    assessOne: async (customer, asOf, terms) => {
      await histories.refresh()
      const snapshot = await histories.at(asOf.getTime())
      const index = snapshot.indexOf(customer)
      if (index === undefined) return null
      const background = await backgroundOf(snapshot, parts)
      const environment = environmentOf(snapshot, parts, signals(terms, background), terms)
      return assess(snapshot.history(index), environment(index))
    },
    look: async (asOf) => {
      await histories.refresh()
      return lookAt(await histories.at(asOf.getTime()), parts)
    },
    history: async (customer, asOf) => {
      await histories.refresh()
      const index = histories.facts.findIndex(({ id }) => id === customer)
      return index < 0 ? null : histories.history(index, asOf.getTime())
    },
  }
}

function lookAt(
  { facts, features, indexOf }: HistoriesAt,
  { profile, plan }: { profile: Profile; plan?: SegmentPlan },
): Look {
  const sorted =
    plan === undefined || profile.segments === undefined
      ? null
      : segmentsOf({ profile, plan, facts, matrix: features })
  return {
    facts,
    feature: (index, name) => {
      const column = features.index.get(name)
      return column === undefined ? Number.NaN : features.row(index)[column]!
    },
    segments: sorted === null ? [] : plan!.rfm.classes,
    segmentOf: (customer) => {
      const index = indexOf(customer)
      return index === undefined ? null : (sorted?.rfmClass(index) ?? null)
    },
  }
}

/** The newest voices are what is judged, not what it is judged against. */
const JUDGED_DAYS = 7

/** What no single history tells: how moods usually are here, and which feeds are not to be trusted. */
async function backgroundOf(
  snapshot: HistoriesAt,
  { mood, unhealthy }: { mood?: MoodOf; unhealthy?: (asOf: number) => ReadonlySet<string> },
  signal?: AbortSignal,
): Promise<Background> {
  const broken = unhealthy === undefined ? {} : { unhealthy: unhealthy(snapshot.asOf) }
  if (mood === undefined) return broken
  const until = snapshot.asOf - JUDGED_DAYS * DAY
  const moods: number[][] = []
  for (let index = 0; index < snapshot.size; index += 1) {
    if (index % STEP === 0) await breathe(signal)
    const own = snapshot.history(index).voices.filter(({ at }) => at < until)
    moods.push(own.flatMap((voice) => mood(voice)?.score ?? []))
  }
  return { ...broken, mood, prior: priorOf(moods) }
}

/** The chat shares this thread: let it answer between two pieces of work. */
async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise(setImmediate)
  signal?.throwIfAborted()
}

/** What one customer is judged against: everyone's values for the high-value line, the segment's for medians. */
function environmentOf(
  snapshot: HistoriesAt,
  { profile, plan }: { profile: Profile; plan?: SegmentPlan },
  signals: readonly Signal[],
  terms: ScoringTerms,
): (index: number) => AssessmentEnvironment {
  const indices = Array.from({ length: snapshot.size }, (_, index) => index)
  const highValueFrom = highValueThreshold(
    indices.map((index) => ltvOf(snapshot.history(index), profile)?.minor ?? null),
    terms.topShare,
  )
  const segmentOf = segmentsAmong(snapshot, profile, plan, highValueFrom)
  const segments = new Map<string, number[]>()
  for (const index of indices) {
    const segment = segmentOf(index)
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
    const segment = segmentOf(index)
    return {
      signals,
      profile,
      highValueFrom,
      median: (feature) => median(segment, feature),
      horizon: snapshot.horizon,
      mutes: terms.mutes?.get(snapshot.facts[index]!.id) ?? [],
    }
  }
}

/** Who is similar to whom: the RFM class, else the value tier that the CRM declares. */
function segmentsAmong(
  { facts, features }: HistoriesAt,
  profile: Profile,
  plan: SegmentPlan | undefined,
  highValueFrom: number,
): (index: number) => string {
  const declared = (index: number): string => facts[index]!.valueTier ?? 'undeclared'
  if (plan === undefined || profile.segments === undefined) return declared
  const segments = segmentsOf({ profile, plan, facts, matrix: features, highValueFrom })
  return (index) => segments.rfmClass(index)?.name ?? declared(index)
}
