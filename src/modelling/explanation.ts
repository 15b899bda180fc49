import { featureNames } from '../features/feature-list.ts'
import type { Profile } from '../features/profile.ts'
import { causesOf } from '../learning/causes.ts'
import { type Actionable, smallestRemedy } from '../learning/counterfactual.ts'
import type { Model } from '../learning/model.ts'
import { predict } from '../learning/probability.ts'
import type { Sidecar } from '../learning/sidecar.ts'
import type { Explainer } from '../learning/tree-shap.ts'
import type { Factor, Lever } from '../risk/assessment.ts'
import { type Bands, DEFAULT_BANDS, edgeBelow } from '../risk/bands.ts'
import { labelOf } from '../risk/feature-of.ts'
import type { Forecaster } from '../risk/forecaster.ts'

/** Explains one customer's probability: what it rests on, and the smallest change that would lower it. */
export function explanationOf(
  model: Model,
  explainer: Explainer,
  sidecar: Sidecar,
  profile: Profile,
): NonNullable<Forecaster['explain']> {
  const all = featureNames(profile)
  const columns = model.names.map((name) => all.indexOf(name))
  const actionable = actionableOf(sidecar, profile)
  return (features, median, bands = DEFAULT_BANDS) => {
    const values = Float32Array.from(columns, (column) => features[column]!)
    const phi = new Float64Array(values.length)
    explainer.explain(values, 0, phi)
    const causes = causesOf({ names: model.names, values, phi }, profile, median)
    return {
      factors: causes.map(({ adds: _, parts: __, ...factor }): Factor => factor),
      lever: leverOf(values, bands),
    }
  }

  function leverOf(row: Float32Array, bands: Bands): Lever | null {
    const score = (values: Float32Array) => predict(model, sidecar.calibration, values)
    const edge = edgeBelow(score(row), bands)
    const remedy = edge === null ? null : smallestRemedy(row, actionable, edge, score)
    return remedy === null ? null : { ...remedy, label: labelOf(remedy.feature, profile) }
  }
}

/** What people can move, among what the model reads; the values customers had are the steps. */
function actionableOf({ features, spread }: Sidecar, profile: Profile): Actionable[] {
  return (profile.actionable ?? []).flatMap(({ feature, direction }) => {
    const column = features.indexOf(feature)
    const seen = spread.features[feature]?.edges ?? []
    // The edges lie between values; nothing at all is a value of what can be counted down.
    const steps = direction === 'down' && !seen.includes(0) ? [0, ...seen] : seen
    return column < 0 ? [] : [{ feature, column, direction, seen: steps }]
  })
}
