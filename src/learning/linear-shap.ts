import { type LinearModel, termOf } from './model.ts'
import type { Explainer } from './tree-shap.ts'

/** What each column adds to the log-odds: its terms, which are measured from their mean (`centre`). */
export function explainTerms({ base, terms }: LinearModel): Explainer {
  return {
    expected: base,
    explain: (values, from, phi) => {
      phi.fill(0)
      for (const term of terms) phi[term.feature]! += termOf(term, values[from + term.feature]!)
    },
  }
}
