import type { Profile } from '../features/profile.ts'
import { type Segments, segmentsInSteps } from '../features/segment.ts'
import type { Signal } from '../signals/signal.ts'
import type { Bands } from './bands.ts'
import { type Forecasts, modelViewOf, probabilityAt } from './forecaster.ts'
import type { Mute } from './mute.ts'
import type { Pause } from './pause.ts'
import { mediansAmongSimilar } from './similar.ts'
import type { HistoriesAt, Yardstick } from './snapshot.ts'
import { highValueThreshold } from './value.ts'
import type { AssessmentEnvironment } from './verdict.ts'

/** What everyone is judged by at one instant. */
export interface Judging {
  readonly signals: readonly Signal[]
  readonly highValueFrom: number
  readonly mutes: ReadonlyMap<string, readonly Mute[]> | undefined
  /** How everyone is sorted; null: not at all. */
  readonly segments: Segments | null
  readonly bands?: Bands | undefined
  /** Absent: rules judge alone. */
  readonly forecasts?: Forecasts | null
}

/** What everyone is judged by, and each customer's own part of it. */
export interface Environments extends Pick<AssessmentEnvironment, 'signals' | 'profile' | 'bands'> {
  /** What the model in use says, 0..1; null: there is none, or it cannot tell. */
  probability(index: number): number | null
  isMuted(index: number): boolean
  of(index: number): AssessmentEnvironment
}

/** What one customer is judged against: everyone's values for the high-value line, the segment's for medians. */
export function environmentOf(
  snapshot: HistoriesAt,
  { profile }: Pick<Yardstick, 'profile'>,
  { signals, highValueFrom, mutes, segments: groups, bands, forecasts = null }: Judging,
): Environments {
  const median = mediansAmongSimilar(snapshot, groups)
  return {
    signals,
    profile,
    ...(bands === undefined ? {} : { bands }),
    probability: (index) => probabilityAt(forecasts, index),
    isMuted: (index) => mutes !== undefined && mutes.size > 0 && mutes.has(snapshot.facts[index]!.id),
    of: (index) => {
      const ownMedian = (feature: string) => median(index, feature)
      const model = modelViewOf(forecasts, index, snapshot.features.row(index), ownMedian, bands)
      return {
        signals,
        profile,
        highValueFrom,
        median: ownMedian,
        ...(model === undefined ? {} : { model }),
        ...(bands === undefined ? {} : { bands }),
        horizon: snapshot.horizon,
        mutes: mutes?.get(snapshot.facts[index]!.id) ?? [],
      }
    },
  }
}

/** How everyone is sorted at one instant, nobody judged yet; null: the profile or the plan does not say how. */
export async function sortedAt(
  { facts, features }: HistoriesAt,
  { profile, plan }: Yardstick,
  highValueFrom: number,
): Promise<Segments | null> {
  if (plan === undefined || profile.segments === undefined) return null
  return await segmentsInSteps({ profile, plan, facts, matrix: features, highValueFrom })
}

/** LTV from which a customer is of high value, minor units. */
export async function highValueLine(
  snapshot: HistoriesAt,
  profile: Profile,
  topShare: number,
  pause: Pause,
): Promise<number> {
  const { facts, features, size } = snapshot
  const column = profile.ltv === undefined ? undefined : features.index.get(profile.ltv)
  const known = new Float64Array(size)
  const { values, names } = features
  const width = names.length
  for (let index = 0; index < size; index += 1) {
    // As ltvOf has it: declared, else estimated to the minor unit; NaN is skipped.
    const estimate = column === undefined ? Number.NaN : Math.round(values[index * width + column]!)
    known[index] = facts[index]!.ltvMinor ?? estimate
    const rest = index % LOOK === 0 ? pause() : null
    if (rest !== null) await rest
  }
  return highValueThreshold(known, topShare)
}

/** Customers between two looks at the clock. */
const LOOK = 5_000
