import type { TierReason } from '../risk/assessment.ts'
import type { SignalName } from '../signals/signal.ts'

/** Something that was judged to be no risk too often, and what might be tried. It changes nothing by itself. */
export interface Advice {
  /** A rule, a setting, or a signal whose limits stand in the profile. */
  readonly about: { readonly kind: 'rule' | 'setting' | 'signal'; readonly name: string }
  /** How often a case that rested on it was no risk, of how many that were judged. */
  readonly wrong: number
  readonly of: number
  /**
   * The smallest step that would have dropped most of those and none of the others, and how many it would have; null: there
   * is none.
   */
  readonly step: { readonly from: string; readonly to: string; readonly dropped: number } | null
}

/** A changed rule that is tried without effect: what it would ask, beside what it asks. Instants as ISO. */
export interface RuleTry {
  readonly name: string
  /** The condition as it stood when the try began. */
  readonly present: string
  readonly when: string
  readonly from: string
  readonly until: string
  readonly by: string
}

/** What a try came to. */
export interface RuleTried extends RuleTry {
  readonly days: number
  /** Customers whom the rule as it stood fitted on one of these days, and whom the changed one would have. */
  readonly fitted: number
  readonly wouldFit: number
  /** Numbers of customers whom only the one, or only the other, fitted on any of these days. */
  readonly without: readonly number[]
  readonly besides: readonly number[]
  /** Cases of these days that rested on the rule and that the changed one would not have been part of, by what came of them. */
  readonly spared: { readonly wrong: number; readonly right: number; readonly open: number }
}

/** One kind of evidence of a case that was judged: no risk, or something people worked on to its end. */
export interface JudgedEvidence {
  readonly alert: string
  readonly customer: string
  /** When it was assessed, milliseconds. */
  readonly asOf: number
  readonly reason: TierReason
  /** What the model said then; null: none judged. */
  readonly probability: number | null
  readonly wrong: boolean
  readonly signal: SignalName
  /** Null: the signal is not `rules`. */
  readonly rule: string | null
  /** The newest quote, milliseconds; null: there is none. */
  readonly quotedAt: number | null
}

/** `asOf` milliseconds; `wrong`: judged to be no risk; `right`: people worked on it to its end, or marked it retained. */
export interface CaseOnRule {
  readonly customer: string
  readonly asOf: number
  readonly fate: 'wrong' | 'right' | 'open'
}
