import { explainTerms } from './linear-shap.ts'
import type { Model } from './model.ts'
import { type Explainer, explainTrees } from './tree-shap.ts'

/** The explainer of a model: its contributions and what is expected add up to the raw score. */
export function explainerOf(model: Model): Explainer {
  return model.algorithm === 'logistic' ? explainTerms(model) : explainTrees(model)
}
