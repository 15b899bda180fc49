import type { Text } from '../text.ts'
import type { ChurnLine, MeanWorth } from './churn-fall.ts'
import type { Estimate } from './interval.ts'
import type { Return } from './roi.ts'
import type { Unwarned } from './unwarned.ts'

/** Milliseconds; `to` is no longer in it. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What half a year did to churn, and what the work cost and brought. Money in minor units. */
export interface ChurnReview {
  readonly live: number
  readonly inactiveDays: number
  /** The last half-year of which all is known, beside the one before; null: nobody was here then. */
  readonly churn: ChurnSides | null
  /** Cases opened in the half-year until now, and since the first one. */
  readonly half: Span & ReturnSoFar
  readonly sinceLive: ReturnSoFar & {
    readonly fromFall: Return | null
    readonly fallFrom: number
    readonly worth: MeanWorth | null
  }
  /** Of those who are known to have left since `since`. */
  readonly unwarned: Unwarned & { readonly since: number }
  readonly currency: string
}

export interface ChurnSides {
  readonly before: Span
  readonly now: Span
  readonly all: ChurnLine
  readonly byValue: readonly (ChurnLine & { readonly valueTier: string | null })[]
  readonly byOwner: readonly (ChurnLine & { readonly name: Text | null })[]
}

export interface ReturnSoFar {
  readonly cases: number
  readonly keptCustomers: number
  readonly costPerKept: Estimate | null
  readonly fromCases: Return
}
