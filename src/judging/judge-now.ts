import type { Alert } from '../alerts/alert.ts'
import { type Decision, decide } from '../alerts/decide.ts'
import { isWorthARow } from '../alerts/plan.ts'
import type { Context } from '../context.ts'
import type { Assessment } from '../risk/assessment.ts'
import { applyStep } from './apply-step.ts'
import { askNow } from './capacity.ts'
import { scoringTerms } from './terms.ts'

/** What judging one customer outside the nightly run led to. */
export interface Judged {
  readonly assessment: Assessment
  readonly decision: Decision
  /** The case that was opened or raised, else the one there is. */
  readonly alert: Alert | null
}

/**
 * Judges one customer at once, as the night would, and opens or raises their case where that follows. What was stored at
 * this very instant counts. Null: there is no such customer.
 */
export async function judgeNow(ctx: Context, customer: string, via: 'heard'): Promise<Judged | null> {
  const now = ctx.clock.now()
  // A history shows what lies strictly before its instant.
  const asOf = new Date(now.getTime() + 1)
  const assessment = await ctx.scorer.assessOne(customer, asOf, await scoringTerms(ctx))
  if (assessment === null) return null
  try {
    return await act(ctx, assessment, now, via)
  } catch (error) {
    // Another process may have opened the case at this moment: then there is one to raise or to leave.
    if ((await ctx.store.alerts.current(customer)) === null) throw error
    return act(ctx, assessment, now, via)
  }
}

async function act(ctx: Context, assessment: Assessment, now: Date, via: 'heard'): Promise<Judged> {
  const { customer } = assessment
  const cases = {
    current: await ctx.store.alerts.current(customer),
    lastClosed: await ctx.store.alerts.lastClosed(customer),
  }
  const before = await ctx.store.assessments.latestOf([customer])
  const decision = decide(assessment, cases)
  if (decision.act === 'none') {
    const keep = isWorthARow(before.get(customer) ?? null, assessment) ? [assessment] : []
    await ctx.store.transaction((tables) => tables.assessments.add(keep))
    return { assessment, decision, alert: cases.current }
  }
  const assignee = await askNow(ctx, customer, now)
  const alert = await applyStep(ctx, { ...cases, decision, assessment, assignee }, now, via)
  ctx.wake()
  return { assessment, decision, alert }
}
