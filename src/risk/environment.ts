import { roomFor } from '../features/memory.ts'
import type { Profile } from '../features/profile.ts'
import { type Segments, segmentsInSteps } from '../features/segment.ts'
import type { Signal } from '../signals/signal.ts'
import type { MoodOf } from '../voice/mood.ts'
import type { Bands } from './bands.ts'
import { type Forecasts, ModelSeen, probabilityAt } from './forecaster.ts'
import type { Mute } from './mute.ts'
import type { Pause } from './pause.ts'
import type { Odds } from './priority.ts'
import { type MedianAmongSimilar, mediansAmongSimilar } from './similar.ts'
import type { HistoriesAt, Yardstick } from './snapshot.ts'
import type { Similar } from './told.ts'
import { thresholdAmong } from './value.ts'
import type { AssessmentEnvironment, ModelView } from './verdict.ts'

/** What everyone is judged by at one instant. */
export interface Judging {
  readonly signals: readonly Signal[]
  /** With the rules as they stand. */
  readonly profile: Profile
  readonly highValueFrom: number
  /** Event kinds whose feed cannot be trusted. */
  readonly unhealthy?: ReadonlySet<string> | undefined
  readonly mutes: ReadonlyMap<string, readonly Mute[]> | undefined
  /** How everyone is sorted; null: not at all. */
  readonly segments: Segments | null
  /** Everyone sorted to those similar to them; absent: whoever asks for a median first does it. */
  readonly similar?: Similar
  /** Medians among similar customers, where they are known from before. */
  readonly median?: MedianAmongSimilar
  readonly bands?: Bands | undefined
  readonly mood?: MoodOf | undefined
  readonly odds?: Odds | undefined
  /** Absent: rules judge alone. */
  readonly forecasts?: Forecasts | null
}

/** What everyone is judged by, and each customer's own part of it. */
export interface Environments
  extends Pick<AssessmentEnvironment, 'signals' | 'profile' | 'bands' | 'mood' | 'odds'> {
  /** What the model in use says, 0..1; null: there is none, or it cannot tell. */
  probability(index: number): number | null
  isMuted(index: number): boolean
  /** Ids of whom something was judged to be no risk. */
  readonly muted: Iterable<string>
  of(index: number): AssessmentEnvironment
}

/** What one customer is judged against: everyone's values for the high-value line, the segment's for medians. */
export function environmentOf(snapshot: Judged, judging: Judging): Environments {
  const { signals, profile, mutes, bands, mood, odds, forecasts = null } = judging
  const all: Everything = {
    ...judging,
    snapshot,
    median: judging.median ?? mediansAmongSimilar(snapshot, judging.segments, judging.similar),
  }
  return {
    signals,
    profile,
    bands,
    mood,
    odds,
    probability: (index) => probabilityAt(forecasts, index),
    muted: mutes?.keys() ?? [],
    isMuted: (index) => mutes !== undefined && mutes.size > 0 && mutes.has(snapshot.facts.at(index)!.id),
    of: (index) => new Environment(all, index),
  }
}

/** What of a snapshot customers are judged by. */
type Judged = Pick<HistoriesAt, 'facts' | 'size' | 'features' | 'horizon'>

interface Everything extends Judging {
  readonly snapshot: Judged
  readonly median: MedianAmongSimilar
}

const UNMUTED: readonly Mute[] = []

/** A class, since a night makes one for most: what is not asked for costs nothing. */
class Environment implements AssessmentEnvironment {
  readonly signals: readonly Signal[]
  readonly profile: Profile
  readonly highValueFrom: number
  readonly bands: Bands | undefined
  readonly mood: MoodOf | undefined
  readonly odds: Odds | undefined
  readonly model: ModelView | undefined
  readonly #all: Everything
  readonly #index: number

  constructor(all: Everything, index: number) {
    const { forecasts, snapshot } = all
    this.signals = all.signals
    this.profile = all.profile
    this.highValueFrom = all.highValueFrom
    this.bands = all.bands
    this.mood = all.mood
    this.odds = all.odds
    this.#all = all
    this.#index = index
    const probability = probabilityAt(forecasts ?? null, index)
    this.model =
      probability === null
        ? undefined
        : new ModelSeen(forecasts!, index, probability, snapshot.features, this)
  }

  get median(): (feature: string) => number {
    const { median } = this.#all
    return (feature) => median(this.#index, feature)
  }

  get horizon(): number {
    return this.#all.snapshot.horizon
  }

  get mutes(): readonly Mute[] {
    const { mutes, snapshot } = this.#all
    return mutes === undefined ? UNMUTED : (mutes.get(snapshot.facts.at(this.#index)!.id) ?? UNMUTED)
  }
}

/**
 * From which value on a customer is of high value, and how everyone is sorted at one instant, nobody judged yet; null: the
 * profile or the plan does not say how.
 */
export async function sortedAt(
  snapshot: HistoriesAt,
  { profile, plan }: Yardstick,
  topShare: number,
  pause: Pause,
): Promise<{ readonly highValueFrom: number; readonly segments: Segments | null }> {
  const highValueFrom = await highValueLine(snapshot, profile, topShare, pause)
  if (plan === undefined || profile.segments === undefined) return { highValueFrom, segments: null }
  const { facts, features } = snapshot
  const segments = await segmentsInSteps({ profile, plan, facts, matrix: features, highValueFrom })
  return { highValueFrom, segments }
}

/** LTV from which a customer is of high value, minor units. */
async function highValueLine(
  snapshot: HistoriesAt,
  profile: Profile,
  topShare: number,
  pause: Pause,
): Promise<number> {
  const { facts, features, size } = snapshot
  const column = profile.ltv === undefined ? undefined : features.index.get(profile.ltv)
  const known = roomFor(Float64Array, size)
  let count = 0
  const { values, names } = features
  const width = names.length
  for (let index = 0; index < size; index += 1) {
    // As ltvOf has it: declared, else estimated to the minor unit; NaN is skipped.
    const estimate = column === undefined ? Number.NaN : Math.round(values[index * width + column]!)
    const ltv = facts.at(index)!.ltvMinor ?? estimate
    if (Number.isFinite(ltv)) known[count++] = ltv
    const rest = index % LOOK === 0 ? pause() : null
    if (rest !== null) await rest
  }
  const line = thresholdAmong(known.subarray(0, count), topShare)
  await pause()
  return line
}

/** Customers between two looks at the clock. */
const LOOK = 5_000
