import type { Assessment } from './assessment.ts'
import { type Gist, gistOf } from './gist.ts'

/** Assessments as they are written: a JSON list of what each one's row tells, all of it in `body`; only ids are missing. */
export interface Written {
  readonly rows: number
  /** UTF-8: threads hand it to each other without a copy, and so it goes to the database. */
  readonly json: Uint8Array<ArrayBuffer>
}

/** One assessment as such a list has it. */
export function rowOf(assessment: Assessment, gist: Gist = gistOf(assessment)): string {
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

const encoder = new TextEncoder()

export function writtenOf(rows: readonly string[]): Written {
  return { rows: rows.length, json: encoder.encode(`[${rows.join()}]`) }
}
