import { medianOf } from '../features/median.ts'
import type { Profile } from '../features/profile.ts'
import { segmentsOf } from '../features/segment.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import type { Signal } from '../signals/signal.ts'
import type { AssessmentEnvironment } from './assess.ts'
import { type Forecasts, modelViewOf } from './forecaster.ts'
import type { Mute } from './mute.ts'
import type { HistoriesAt, Yardstick } from './snapshot.ts'
import { highValueThreshold, ltvOf } from './value.ts'

/** What everyone is judged by at one instant. */
export interface Judging {
  readonly signals: readonly Signal[]
  readonly highValueFrom: number
  readonly mutes: ReadonlyMap<string, readonly Mute[]> | undefined
  /** Absent: rules judge alone. */
  readonly forecasts?: Forecasts | null
}

/** What one customer is judged against: everyone's values for the high-value line, the segment's for medians. */
export function environmentOf(
  snapshot: HistoriesAt,
  { profile, plan }: Yardstick,
  { signals, highValueFrom, mutes, forecasts = null }: Judging,
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
    const ownMedian = (feature: string) => median(segment, feature)
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

/** LTV from which a customer is of high value, minor units. */
export function highValueLine(snapshot: HistoriesAt, profile: Profile, topShare: number): number {
  const everyone = Array.from({ length: snapshot.size }, (_, index) => snapshot.history(index))
  return highValueThreshold(
    everyone.map((history) => ltvOf(history, profile)?.minor ?? null),
    topShare,
  )
}
