import type { Assessment } from '../risk/assessment.ts'
import { TIERS } from '../risk/assessment.ts'
import { whatChanged } from '../risk/changed.ts'
import type { Alert } from './alert.ts'
import type { Decision } from './decide.ts'
import { decide } from './decide.ts'

/** A customer's case that is not closed, and the last one that is. */
export interface Cases {
  readonly current: Alert | null
  readonly lastClosed: Alert | null
}

export interface Step {
  readonly assessment: Assessment
  readonly decision: Exclude<Decision, { act: 'none' }>
  readonly current: Alert | null
  readonly lastClosed: Alert | null
}

/** What one night's scoring leads to. Applying it is someone else's business. */
export interface Plan {
  /** Assessments worth a row that open or raise no case. */
  readonly keep: readonly Assessment[]
  /** Cases to open or raise, most urgent first, so that case numbers follow urgency. */
  readonly steps: readonly Step[]
}

/**
 * Compares tonight's assessments with the last known ones and with the cases there are.
 * An assessment nobody would miss (routine, as before or first seen) is not kept.
 */
export function planNight(
  assessments: readonly Assessment[],
  before: ReadonlyMap<string, Assessment>,
  cases: ReadonlyMap<string, Cases>,
): Plan {
  const keep: Assessment[] = []
  const steps: Step[] = []
  for (const assessment of assessments) {
    const { current, lastClosed } = cases.get(assessment.customer) ?? { current: null, lastClosed: null }
    const decision = decide(assessment, { current, lastClosed })
    if (decision.act !== 'none') steps.push({ assessment, decision, current, lastClosed })
    else if (isWorthARow(before.get(assessment.customer) ?? null, assessment)) keep.push(assessment)
  }
  return { keep, steps: steps.sort(byUrgency) }
}

/** False for what nobody would miss: routine and first seen, or as it was. */
export function isWorthARow(before: Assessment | null, after: Assessment): boolean {
  if (before === null && after.tier === 'routine') return false
  return whatChanged(before, after) !== null
}

function byUrgency(a: Step, b: Step): number {
  return (
    TIERS.indexOf(a.decision.tier) - TIERS.indexOf(b.decision.tier) ||
    b.assessment.priority - a.assessment.priority
  )
}
