import type { Assessment } from './assessment.ts'
import { type Gist, gistOf } from './gist.ts'

/** An assessment as it is written: what its row tells beside it, and all of it as JSON. */
export interface Written
  extends Gist,
    Pick<Assessment, 'customer' | 'asOf' | 'tier' | 'reason' | 'score' | 'priority' | 'model' | 'profile'> {
  readonly body: string
}

export function writtenOf(assessment: Assessment, gist: Gist = gistOf(assessment)): Written {
  const { customer, asOf, tier, reason, score, priority, model, profile } = assessment
  const body = JSON.stringify(assessment)
  return { customer, asOf, tier, reason, score, priority, model, profile, ...gist, body }
}
