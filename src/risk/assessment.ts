import type { Reading, SignalName } from '../signals/signal.ts'
import type { Text } from '../text.ts'
import type { CustomerFacts } from '../timeline/history.ts'

/** P0 about to leave, P1 potential, P2 attention; watch stays in lists; routine is the ordinary care pool. */
export type Tier = 'P0' | 'P1' | 'P2' | 'watch' | 'routine'

export const TIERS: readonly Tier[] = ['P0', 'P1', 'P2', 'watch', 'routine']

/** Tiers that become a card. */
export type AlertTier = 'P0' | 'P1' | 'P2'

export function isAlertTier(tier: Tier): tier is AlertTier {
  return tier === 'P0' || tier === 'P1' || tier === 'P2'
}

/** True when `a` is more urgent than `b`. */
export function isWorse(a: Tier, b: Tier): boolean {
  return TIERS.indexOf(a) < TIERS.indexOf(b)
}

/** Judged to have left, as the profile defines it. */
export function hasLeft({ reason }: Pick<Assessment, 'reason'>): boolean {
  return reason === 'already-gone'
}

/** Why a customer is in a tier; templates turn it into words. */
export type TierReason =
  | 'strong-word-high-value'
  | 'emotion-and-signal-high-value'
  | 'emotion-break-high-value'
  | 'silence-high-value'
  | 'fan-let-down'
  | 'two-rules'
  | 'two-signals'
  | 'strong-word'
  | 'life-change-said'
  | 'one-strong-signal'
  | 'one-signal'
  | 'critical-probability'
  | 'high-probability'
  | 'medium-probability'
  | 'some-probability'
  | 'partly-words'
  | 'words-alone'
  | 'long-silent'
  | 'held-back'
  | 'quiet'
  | 'already-gone'
  | 'no-history'

export interface Factor {
  readonly feature: string
  readonly label: Text
  /** Share of the score, 0..1; the shares of an assessment's factors sum to at most 1. */
  readonly share: number
  readonly direction: 'raises' | 'lowers'
  /** The customer's own number before and now; null when there is no earlier one. */
  readonly before: number | null
  readonly after: number | null
  /** The median of customers in the same segment; null when not known. */
  readonly segmentMedian: number | null
}

/** A departure stage of the profile, by name, with the customer's own numbers in its sentence. */
export interface StageSeen {
  readonly name: string
  readonly sentence: Text
}

/** A customer's groups by their names in models/segments.yaml; null: cannot be told. */
export interface SegmentNames {
  readonly rfm: string | null
  readonly lifecycle: string | null
  readonly layer: string
}

/** What the model in use says of a customer. */
export interface Forecast {
  /** Chance of leaving within `days`, 0..1. */
  readonly probability: number
  readonly days: number
}

/** The smallest realistic change of one thing we can act on that would bring the probability below its band. */
export interface Lever {
  readonly feature: string
  readonly label: Text
  readonly from: number
  readonly to: number
  /** What the probability would be then. */
  readonly probability: number
}

/** One customer judged at one instant, with everything needed to say why. */
export interface Assessment {
  readonly customer: string
  readonly asOf: number
  readonly tier: Tier
  readonly reason: TierReason
  readonly signals: readonly SignalName[]
  /** Ranks customers, 0..1: the model's probability where one judged, else the cold-start score, which is none. */
  readonly score: number
  /** Absent: no model judged. */
  readonly forecast?: Forecast
  /** What would lower it; absent: not known, or nothing would. */
  readonly lever?: Lever
  readonly priority: number
  readonly highValue: boolean
  /** Lifetime value as we estimate it, minor units; absent: the CRM declares one, or nothing was paid to go by. */
  readonly ltvEstimateMinor?: number
  /** Likely reason of leaving, which sets retainability and the suggested steps. */
  readonly cause: Cause
  readonly readings: readonly Reading[]
  readonly factors: readonly Factor[]
  /** The step on the way out; null: none can be seen; absent: it was made before steps were kept. */
  readonly stage?: StageSeen | null
  /** Where the customer belongs among all others; absent: not told. */
  readonly segments?: SegmentNames
  /** The newest events of the profile's rhythm kind, milliseconds, oldest first; only where a card is due. */
  readonly beats?: { readonly event: string; readonly at: readonly number[] }
  /** What made it: the profile's name and version, and the model (`M-3`; "rules" where none judged). */
  readonly profile: string
  readonly model: string
  /** Instant of the newest record anywhere when it was made: how old the data is. */
  readonly horizon: number
}

/** A lifetime value in minor units, and whether we estimated it because the CRM declares none. */
export interface Ltv {
  readonly minor: number
  readonly estimated: boolean
}

/** What a customer who was judged is worth: as the CRM declares it, else as it was estimated then; null: neither. */
export function knownLtv(
  { ltvMinor }: Pick<CustomerFacts, 'ltvMinor'>,
  assessment: Pick<Assessment, 'ltvEstimateMinor'> | null | undefined,
): Ltv | null {
  if (ltvMinor !== null) return { minor: ltvMinor, estimated: false }
  const minor = assessment?.ltvEstimateMinor
  return minor === undefined ? null : { minor, estimated: true }
}

export type Cause = 'product' | 'service' | 'price' | 'competitor' | 'life-change' | 'moved' | 'unknown'
