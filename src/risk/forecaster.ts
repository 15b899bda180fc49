import type { FeatureMatrix } from '../features/kernel.ts'
import type { Forecast } from './assessment.ts'
import type { Bands } from './bands.ts'
import type { HistoriesAt } from './snapshot.ts'
import type { Explanation, ModelView } from './verdict.ts'

/** The model in use, as scoring needs it. */
export interface Forecaster {
  /** As people see it, `M-3`. */
  readonly name: string
  /** Days the probability looks ahead. */
  readonly days: number
  /** Probability of every row, 0..1; NaN where it could not be told. */
  forecast(everyone: Pick<HistoriesAt, 'size' | 'features'>, signal?: AbortSignal): Promise<Float32Array>
  /**
   * What one row's probability rests on, and what would bring it below its band; null: this model cannot be explained.
   * `median`: a feature's among similar customers.
   */
  readonly explain:
    | ((row: Float64Array, median: (feature: string) => number, bands?: Bands) => Explanation)
    | null
}

/** What the model says of everyone at one instant. */
export interface Forecasts {
  readonly forecaster: Forecaster
  readonly probabilities: Float32Array
  /** The same were nothing known of what customers said; NaN: not asked, for the probability is no alert. */
  readonly unspoken: Float32Array
}

/** One customer's probability, 0..1; null: there is no model, or it cannot tell. Unknown is never shown as safe. */
export function probabilityAt(forecasts: Forecasts | null, index: number): number | null {
  const probability = forecasts?.probabilities[index] ?? Number.NaN
  return probability >= 0 && probability <= 1 ? probability : null
}

/** One customer through the model: what it rests on is read only when someone asks for it. */
export class ModelSeen implements ModelView {
  readonly name: string
  readonly forecast: Forecast
  readonly unspoken: number
  readonly explain: ModelView['explain']

  constructor(
    { forecaster, unspoken }: Forecasts,
    index: number,
    probability: number,
    features: Pick<FeatureMatrix, 'row'>,
    judged: { readonly median: (feature: string) => number; readonly bands: Bands | undefined },
  ) {
    const { explain } = forecaster
    this.name = forecaster.name
    this.forecast = { probability, days: forecaster.days }
    this.unspoken = unspoken[index]!
    this.explain = explain && (() => explain(features.row(index), judged.median, judged.bands))
  }
}
