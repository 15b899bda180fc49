import type { Alert } from '../alerts/alert.ts'
import { followUp, type Relapse, type Verdict } from '../alerts/follow-up.ts'
import type { Context } from '../context.ts'
import { isOwnRhythm } from '../features/own-rhythm.ts'
import type { Assessment } from '../risk/assessment.ts'
import { goneSince } from '../signals/gone.ts'
import { shownSince } from '../signals/life.ts'
import { rhythmOf } from '../signals/rhythm.ts'
import type { History } from '../timeline/history.ts'
import { takerAfter } from './capacity.ts'

/** A watched customer as they are now. */
export interface Seen {
  readonly alert: Alert
  readonly assessment: Assessment
  readonly history: History
}

/** What the watch says of a customer now: the daily look and what is judged at once ask the same. */
export async function watchVerdict(
  ctx: Context,
  { alert, assessment, history }: Seen,
  now: Date,
): Promise<Verdict> {
  const from = alert.watchFrom!
  return followUp({
    tier: alert.tier,
    from,
    until: alert.watchUntil!,
    now,
    baseline: (await ctx.store.alerts.baseline(alert.id)) ?? alert.assessment,
    latest: assessment,
    late: (await ctx.store.alerts.late([alert.customer])).get(alert.customer),
    ...shownSince(history, ctx.profile, from.getTime(), ctx.voice.mood),
    usualDays: usualDaysOf(ctx, history),
    commonDays: ctx.profile.rhythm.usualDays,
    goneSince: goneSince(history, ctx.profile),
  })
}

/**
 * Closes the watched case and opens a new one linked to it, in one transaction; gives the new one. Null: it is watched no more.
 *
 * @param via what it was seen by, for the record
 */
export async function applyRelapse(
  ctx: Context,
  { alert, assessment }: Omit<Seen, 'history'>,
  { reason, tier }: Relapse,
  now: Date,
  via: string,
): Promise<Alert | null> {
  const rules = await ctx.caseRules()
  const asked = { person: null, via, request: null, note: reason }
  const customer = await ctx.store.customers.get(alert.customer)
  const assignee = await takerAfter(ctx, alert.owner, customer, now)
  return ctx.store.transaction(async (tables) => {
    const moved = await tables.cases.move(alert.id, { verb: 'relapse', by: null, at: now }, asked, rules)
    if (!moved.done) return null
    await tables.assessments.add([assessment])
    const next = {
      customer: alert.customer,
      tier,
      trigger: 'relapse',
      previous: alert.id,
      assignee,
      openedAt: now,
      assessment,
    } as const
    return tables.cases.open(next, rules, reason)
  })
}

/** Two visits make no rhythm yet: such a customer is not expected back by any day. */
function usualDaysOf({ profile }: Context, history: History): number | null {
  const rhythm = rhythmOf(history, profile)
  return rhythm !== null && isOwnRhythm(rhythm.days) ? rhythm.usualDays : null
}
