import type { AlertState, RealReason, Result } from '../alerts/alert.ts'
import type { Arm } from '../alerts/holdout.ts'
import type { AlertTier, Cause } from '../risk/assessment.ts'

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

/** The watch has confirmed it. */
export function isKept({ state }: EffectCase): boolean {
  return state === 'retained'
}

export function isLost({ state, result }: EffectCase): boolean {
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
