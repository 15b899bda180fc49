import type { RealReason, SlaClock } from '../alerts/alert.ts'
import type { AlertTier } from '../risk/assessment.ts'
import type { JudgedShare } from './figure.ts'
import type { Estimate } from './interval.ts'

/** What happened to cases in one week, whenever they were opened. */
export interface WeekSums {
  readonly opened: Readonly<Record<AlertTier, number>>
  readonly claimed: number
  readonly contacted: number
  /** Marked retained: their watch began. */
  readonly marked: number
  /** Stayed through their watch, and what these customers are worth, minor units (as declared, else estimated). */
  readonly confirmed: number
  readonly keptMinor: number
  readonly relapsed: number
  readonly lost: number
  readonly lostMinor: number
  /** Judged to be no risk. */
  readonly dismissed: number
  /** Why those were lost, most often first. */
  readonly reasons: readonly { readonly reason: RealReason; readonly count: number }[]
}

/** What a manager reads on Monday. */
export interface WeekReport {
  /** Instants; `to` is no longer in it. */
  readonly from: Date
  readonly to: Date
  readonly now: WeekSums
  /** The week before. */
  readonly before: WeekSums
  /** Deadlines kept on cases opened in the last `slaDays` days. */
  readonly kept: Readonly<Record<SlaClock, JudgedShare>>
  readonly slaDays: number
  /** Of the customers still here `churnDays` ago, those who have left; and the same of the stretch before. */
  readonly churn: JudgedShare
  readonly churnBefore: JudgedShare
  readonly churnDays: number
  /** Since the first case: value kept and what came back of what was spent; absent: too little to tell. */
  readonly soFar?: { readonly valueMinor: Estimate; readonly roi: Estimate | null }
  /** Cases opened in each of the last weeks, oldest first, by the instant the week began. */
  readonly weeks: readonly { readonly at: Date; readonly count: number }[]
}
