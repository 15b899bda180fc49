import type { Assessment } from './assessment.ts'
import { type Gist, gistOf } from './gist.ts'

/** An assessment as it is written: a JSON object of what its row tells, all of it in `body`. Only the row's id is missing. */
export type Written = string

export function writtenOf(assessment: Assessment, gist: Gist = gistOf(assessment)): Written {
  const { customer, asOf, tier, reason, score, priority, model, profile } = assessment
  return JSON.stringify({
    customer,
    as_of: new Date(asOf),
    tier,
    reason,
    // As text: JSON has no NaN, and the database is to refuse it by name.
    score: String(score),
    priority: String(priority),
    body: assessment,
    model,
    profile,
    ...gist,
  })
}
