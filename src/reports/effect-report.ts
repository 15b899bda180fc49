import type { ChurnFall, MeanWorth } from './churn-fall.ts'
import type { Effect, Told } from './effect.ts'
import type { HoldoutEffect } from './holdout-effect.ts'
import type { Estimate } from './interval.ts'
import type { Return, Stretch } from './roi.ts'
import type { WorkedChange } from './worked.ts'

/** Whether the work pays, over some time. Money in minor units of the company's currency. */
export interface EffectReport {
  readonly period: Stretch
  /** When the first case of all was opened: of what was before it nothing is known. */
  readonly live: Date
  /** Days without activity after which a customer counts as gone: so long it takes until who left is known. */
  readonly inactiveDays: number
  /** Cases opened in it. */
  readonly cases: number
  readonly effect: Effect
  readonly kept: Readonly<Record<'claim' | 'reach' | 'outcome', Told>>
  /** Of all times customers were cared for: without a person. Null: care is not set up. */
  readonly automated: Told | null
  /** How well the model in use ranks, on months it has not seen; null: rules judge. */
  readonly auc: Estimate | null
  /** Churn before and since; null while what came of the time since is not known. */
  readonly fall: ChurnFall | null
  /** What the fall was valued by; null: nobody's worth is known, or there is no fall to value. */
  readonly worth: MeanWorth | null
  /** When it can be told first; null: never, for the time is too short. */
  readonly fallFrom: Date | null
  readonly worked: WorkedChange
  readonly keptCustomers: number
  readonly costPerKept: Estimate | null
  readonly fromCases: Return
  /** Null like `fall`. */
  readonly fromFall: Return | null
  readonly holdout: HoldoutEffect & { readonly share: number }
  readonly currency: string
}
