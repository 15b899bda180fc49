import { DAY } from '../clock.ts'
import { type FeedFinding, unhealthyKinds } from '../features/feed-health.ts'
import { medianOf } from '../features/median.ts'
import type { Profile } from '../features/profile.ts'
import { segmentsOf } from '../features/segment.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import { priorOf } from '../signals/baseline.ts'
import type { Background } from '../signals/index.ts'
import type { Signal } from '../signals/signal.ts'
import type { CustomerFacts, History } from '../timeline/history.ts'
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
  /** The feeds that look broken as of an instant, so that silence in them says nothing. */
  feeds(asOf: Date): Promise<readonly FeedFinding[]>
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
  /** The feeds that cannot be trusted as of an instant. */
  feeds?: (asOf: number) => readonly FeedFinding[]
}): Scorer {
  const { histories, signals } = parts
  return {
    assess: async (asOf, terms, signal) => {
      await histories.refresh(signal)
      const snapshot = await histories.at(asOf.getTime(), signal)
      const background = await backgroundOf(snapshot, parts, signal)
      const highValueFrom = highValueLine(snapshot, parts.profile, terms.topShare)
      const judging = { signals: signals(terms, background), highValueFrom, mutes: terms.mutes }
      const environment = environmentOf(snapshot, parts, judging)
      const assessments: Assessment[] = []
      for (let index = 0; index < snapshot.size; index += 1) {
        if (index % STEP === 0) await breathe(signal)
        assessments.push(assess(snapshot.history(index), environment(index)))
      }
      return {
        asOf: snapshot.asOf,
        assessments: withSegments(assessments, snapshot, parts, highValueFrom),
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
    feeds: async (asOf) => {
      await histories.refresh()
      return parts.feeds?.(asOf.getTime()) ?? []
    },
  }
}

/** The newest voices are what is judged, not what it is judged against. */
const JUDGED_DAYS = 7

/** What no single history tells: how moods usually are here, and which feeds are not to be trusted. */
async function backgroundOf(
  snapshot: HistoriesAt,
  { mood, feeds }: { mood?: MoodOf; feeds?: (asOf: number) => readonly FeedFinding[] },
  signal?: AbortSignal,
): Promise<Background> {
  const broken = feeds === undefined ? {} : { unhealthy: unhealthyKinds(feeds(snapshot.asOf)) }
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
  {
    signals,
    highValueFrom,
    mutes,
  }: { signals: readonly Signal[]; highValueFrom: number; mutes: ScoringTerms['mutes'] },
): (index: number) => AssessmentEnvironment {
  const indices = Array.from({ length: snapshot.size }, (_, index) => index)
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
      mutes: mutes?.get(snapshot.facts[index]!.id) ?? [],
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

/** Where everyone belongs, told with what has just been judged: the layers read how likely each is to leave. */
function withSegments(
  assessments: readonly Assessment[],
  snapshot: HistoriesAt,
  { profile, plan }: { profile: Profile; plan?: SegmentPlan },
  highValueFrom: number,
): readonly Assessment[] {
  if (plan === undefined || profile.segments === undefined) return assessments
  const { facts, features } = snapshot
  const groups = segmentsOf({
    profile,
    plan,
    facts,
    matrix: features,
    highValueFrom,
    risk: assessments.map(({ score }) => score),
    gone: assessments.map(({ reason }) => (reason === 'already-gone' ? 1 : 0)),
  })
  return assessments.map((assessment, index) => ({
    ...assessment,
    segments: {
      rfm: groups.rfmClass(index)?.name ?? null,
      lifecycle: groups.stage(index)?.name ?? null,
      layer: groups.layerOf(index).name,
    },
  }))
}

/** LTV from which a customer is of high value, minor units. */
function highValueLine(snapshot: HistoriesAt, profile: Profile, topShare: number): number {
  const everyone = Array.from({ length: snapshot.size }, (_, index) => snapshot.history(index))
  return highValueThreshold(
    everyone.map((history) => ltvOf(history, profile)?.minor ?? null),
    topShare,
  )
}
