import { medianOf } from '../features/median.ts'
import type { Profile } from '../features/profile.ts'
import { type Segments, segmentsInSteps } from '../features/segment.ts'
import type { Signal } from '../signals/signal.ts'
import { type Forecasts, modelViewOf, probabilityAt } from './forecaster.ts'
import type { Mute } from './mute.ts'
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
  { signals, highValueFrom, mutes, segments: groups, forecasts = null }: Judging,
): Environments {
  const segmentOf = segmentsAmong(snapshot, groups)
  let segments: ReadonlyMap<string, readonly number[]> | null = null
  const membersOf = (segment: string): readonly number[] => {
    segments ??= membersBySegment(snapshot.size, segmentOf)
    return segments.get(segment)!
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
        : medianOf(membersOf(segment).map((index) => snapshot.features.row(index)[column]!))
    medians.set(key, value)
    return value
  }
  return {
    signals,
    profile,
    probability: (index) => probabilityAt(forecasts, index),
    isMuted: (index) => mutes !== undefined && mutes.size > 0 && mutes.has(snapshot.facts[index]!.id),
    of: (index) => {
      const ownMedian = (feature: string) => median(segmentOf(index), feature)
      const model = modelViewOf(forecasts, index, snapshot.features.row(index), ownMedian)
      return {
        signals,
        profile,
        highValueFrom,
        median: ownMedian,
        ...(model === undefined ? {} : { model }),
        horizon: snapshot.horizon,
        mutes: mutes?.get(snapshot.facts[index]!.id) ?? [],
      }
    },
  }
}

function membersBySegment(size: number, segmentOf: (index: number) => string): Map<string, number[]> {
  const segments = new Map<string, number[]>()
  for (let index = 0; index < size; index += 1) {
    const segment = segmentOf(index)
    const members = segments.get(segment)
    if (members === undefined) segments.set(segment, [index])
    else members.push(index)
  }
  return segments
}

/** Who is similar to whom: the RFM class, else the value tier that the CRM declares. */
function segmentsAmong({ facts }: HistoriesAt, groups: Segments | null): (index: number) => string {
  return (index) => groups?.rfmClass(index)?.name ?? facts[index]!.valueTier ?? 'undeclared'
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
export function highValueLine(snapshot: HistoriesAt, profile: Profile, topShare: number): number {
  const { facts, features, size } = snapshot
  const column = profile.ltv === undefined ? undefined : features.index.get(profile.ltv)
  const known = new Float64Array(size)
  const { values, names } = features
  const width = names.length
  for (let index = 0; index < size; index += 1) {
    // As ltvOf has it: declared, else estimated to the minor unit; NaN is skipped.
    const estimate = column === undefined ? Number.NaN : Math.round(values[index * width + column]!)
    known[index] = facts[index]!.ltvMinor ?? estimate
  }
  return highValueThreshold(known, topShare)
}
