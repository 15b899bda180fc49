import type { Action, AlertState, RealReason, Result } from '../alerts/alert.ts'
import type { Arm } from '../alerts/holdout.ts'
import type { AlertTier, Cause, Tier } from '../risk/assessment.ts'

/** What of a case tells whether the work pays. Money in minor units of the company's currency. */
export interface EffectCase {
  readonly customer: string
  /** The most urgent it reached. */
  readonly tier: AlertTier
  readonly state: AlertState
  /** Why the customer would leave, as it was judged, and as it turned out; null: no outcome was written. */
  readonly cause: Cause
  readonly reason: RealReason | null
  readonly result: Result | null
  /** Of what was granted. */
  readonly costMinor: number
  /** What the customer is worth, as declared, else as estimated; 0: not known. */
  readonly worthMinor: number
  readonly openedAt: Date
  readonly claimedAt: Date | null
  readonly contactedAt: Date | null
  readonly watchFrom: Date | null
  /** When the newest thing was said that it was opened for (a silence begins at no moment), and when its first card was sent. */
  readonly signalAt: Date | null
  readonly cardAt: Date | null
}

/** What of a case tells how it ended. */
export type CaseEnd = Pick<EffectCase, 'customer' | 'state' | 'result' | 'openedAt'>

/** A case with what was done on it, to compare ways of working. */
export interface PlayedCase
  extends CaseEnd,
    Pick<EffectCase, 'tier' | 'cause' | 'reason' | 'costMinor' | 'contactedAt'> {
  readonly closedAt: Date | null
  readonly highValue: boolean
  /** The model's; null: rules judged. */
  readonly probability: number | null
  /** What was granted, in words; empty: nothing. */
  readonly entitlement: string
  readonly contactConsent: boolean | null
  /** What people did, in order. */
  readonly actions: readonly Pick<Action, 'verb' | 'detail'>[]
}

/** How a customer who left had been seen until that day. */
export interface Trace {
  readonly customer: string
  readonly at: Date
  /** What counts as being a customer: how often in the year up to that day, and how long before it the first time, days. */
  readonly visits: number
  readonly knownDays: number
  /** Whether they said anything in that year. */
  readonly heard: boolean
  /** As judged last before that day; null: never. */
  readonly tier: Tier | null
  /** As declared, else as last estimated, minor units; 0: not known. */
  readonly worthMinor: number
}

/** The watch has confirmed it. */
export function isKept({ state }: Pick<CaseEnd, 'state'>): boolean {
  return state === 'retained'
}

export function isLost({ state, result }: Pick<CaseEnd, 'state' | 'result'>): boolean {
  return state === 'relapsed' || result === 'lost'
}

/** The day on which a customer left: of the cancellation, else of the last activity before the profile's inactive days. */
export interface Departure {
  readonly customer: string
  readonly at: Date
}

/** Who was here when some time began, and how many of them left in it. */
export interface PresentSums {
  /** As the CRM declares it; null: it does not. */
  readonly valueTier: string | null
  /** Whose portfolio they are in now, a person's id; null: nobody's. */
  readonly owner: string | null
  readonly customers: number
  readonly left: number
  /** Of how many the CRM declares a lifetime value, and its sum; ids of the others. */
  readonly declared: number
  readonly declaredMinor: number
  readonly undeclared: readonly string[]
}

/** A customer who was warned of and reached, before that and since. */
export interface WorkedCustomer {
  /** Their last answer in the year before the case, and their newest since they were reached, 0-10; null: none. */
  readonly npsBefore: number | null
  readonly npsAfter: number | null
  /** What they brought in so many days before the case and after, minor units; null: those after are not over yet. */
  readonly gainedBefore: number | null
  readonly gainedAfter: number | null
}

/** One who was drawn while a holdout ran. */
export interface DrawnCustomer {
  readonly customer: string
  readonly arm: Arm
  readonly at: Date
}
