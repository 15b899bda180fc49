import type { Alert, Course } from '../src/alerts/alert.ts'
import type { Verdict } from '../src/alerts/follow-up.ts'
import { followUp as judge } from '../src/alerts/follow-up.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { scoringTerms } from '../src/judging/terms.ts'
import type { Assessment } from '../src/risk/assessment.ts'
import { isAlertTier } from '../src/risk/assessment.ts'
import { goneSince } from '../src/signals/gone.ts'
import { signsOfLife } from '../src/signals/life.ts'
import { rhythmOf } from '../src/signals/rhythm.ts'
import type { History } from '../src/timeline/history.ts'

/** Looks at everyone in the 30-day watch: confirmed, slipping again, or to be watched on. */
export const followUp: Job = {
  name: 'follow-up',
  cron: '36 6 * * *',
  run: async (ctx, signal) => {
    const watched = await ctx.store.alerts.list({ states: ['watch'] })
    if (watched.length === 0) return { seen: 0, changed: 0, failed: 0 }
    const now = ctx.clock.now()
    const night = await ctx.scorer.night(now, await scoringTerms(ctx), signal)
    const more = { relapsed: 0, confirmed: 0 }
    for (const alert of watched) {
      const index = night.indexOf(alert.customer)
      const history = night.historyOf(alert.customer)
      if (signal.aborted || index === undefined || history === null) continue
      const assessment = night.assessmentAt(index)
      const verdict = await verdictOn(ctx, alert, assessment, history, now)
      await apply(ctx, alert, verdict, assessment, now)
      if (verdict.act === 'relapse') more.relapsed += 1
      if (verdict.act === 'confirm') more.confirmed += 1
    }
    ctx.wake()
    return { seen: watched.length, changed: more.relapsed + more.confirmed, failed: 0, more }
  },
}

async function verdictOn(
  ctx: Context,
  alert: Alert,
  latest: Assessment,
  history: History,
  now: Date,
): Promise<Verdict> {
  const from = alert.watchFrom!
  return judge({
    from,
    until: alert.watchUntil!,
    now,
    baseline: (await ctx.store.alerts.baseline(alert.id)) ?? alert.assessment,
    latest,
    signsOfLife: signsOfLife(history, ctx.profile, from.getTime(), ctx.voice.mood),
    usualDays: usualDaysOf(ctx, history),
    goneSince: goneSince(history, ctx.profile),
  })
}

/** A relapse closes the watched case and opens a new one linked to it, in one transaction. */
async function apply(
  ctx: Context,
  alert: Alert,
  verdict: Verdict,
  assessment: Assessment,
  now: Date,
): Promise<void> {
  if (verdict.act === 'wait') return goOn(ctx, alert, verdict.reason, now)
  const rules = await ctx.caseRules()
  const verb = verdict.act === 'confirm' ? 'confirm' : 'relapse'
  const asked = { person: null, via: 'follow-up', request: null, note: verdict.reason }
  await ctx.store.transaction(async (tables) => {
    const moved = await tables.cases.move(alert.id, { verb, by: null, at: now }, asked, rules)
    if (!moved.done || verdict.act === 'confirm') return
    // A customer who slips without a new alert-worthy sign is at least as urgent as before.
    const tier = isAlertTier(assessment.tier) ? assessment.tier : alert.tier
    await tables.assessments.add([assessment])
    const next = {
      customer: alert.customer,
      tier,
      trigger: 'relapse',
      previous: alert.id,
      assignee: alert.owner,
      openedAt: now,
      assessment,
    } as const
    await tables.cases.open(next, rules, verdict.reason)
  })
}

/** Another day of the watch: the card says which, and the thread when it has turned. */
async function goOn(ctx: Context, alert: Alert, course: Course, now: Date): Promise<void> {
  const rules = await ctx.caseRules()
  await ctx.store.transaction(async (tables) => {
    const asked = { person: null, via: 'follow-up', request: null, note: '' }
    const turned = { verb: 'course', by: null, at: now, course } as const
    const isNews = course !== alert.course
    const moved = isNews ? await tables.cases.move(alert.id, turned, asked, rules) : null
    // Also after a turn: a run that is done over, because its process died, then asks for nothing more.
    await tables.outbox.redraw(moved?.alert ?? alert, now.toISOString().slice(0, 10), now)
  })
}

/** Two visits make no rhythm yet: such a customer is not expected back by any day. */
function usualDaysOf(ctx: Context, history: History): number | null {
  const rhythm = rhythmOf(history, ctx.profile)
  return rhythm === null || rhythm.days < 3 ? null : rhythm.usualDays
}
