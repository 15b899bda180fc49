import type { Alert } from '../alerts/alert.ts'
import { type Decision, decide } from '../alerts/decide.ts'
import type { Context } from '../context.ts'
import { applyStep, type DueStep, type Via } from './apply-step.ts'

/** What was done in the end, and the case it was done to or that was left as it is. */
export interface Followed {
  readonly decision: Decision
  readonly alert: Alert
}

/**
 * Opens or raises the case. Another run or process may have opened one at this moment, or whom it is about may have become
 * part of somebody who has one: then there is one to raise or to leave.
 *
 * @param given the rules in force, where they were asked for already
 */
export async function follow(
  ctx: Context,
  step: DueStep,
  at: Date,
  via: Via,
  given?: Awaited<ReturnType<Context['caseRules']>>,
): Promise<Followed> {
  const { assessment, decision } = step
  try {
    const alert = await applyStep(ctx, step, at, via, given)
    ctx.wake()
    return { decision, alert }
  } catch (error) {
    if (decision.act !== 'open') throw error
    const customer = await ctx.store.customers.whole(assessment.customer)
    const current = await ctx.store.alerts.current(customer)
    if (current === null) throw error
    const lastClosed = await ctx.store.alerts.lastClosed(customer)
    const second = decide(assessment, { current, lastClosed })
    if (second.act === 'none') return { decision: second, alert: current }
    return follow(ctx, { ...step, current, lastClosed, decision: second }, at, via, given)
  }
}
