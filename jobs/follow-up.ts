import type { Alert, Course } from '../src/alerts/alert.ts'
import type { Verdict } from '../src/alerts/follow-up.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { scoringTerms } from '../src/judging/terms.ts'
import { applyRelapse, type Seen, watchVerdict } from '../src/judging/watch.ts'

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
      const seen = { alert, assessment: night.assessmentAt(index), history }
      const verdict = await watchVerdict(ctx, seen, now)
      await apply(ctx, seen, verdict, now)
      if (verdict.act === 'relapse') more.relapsed += 1
      if (verdict.act === 'confirm') more.confirmed += 1
    }
    ctx.wake()
    return { seen: watched.length, changed: more.relapsed + more.confirmed, failed: 0, more }
  },
}

async function apply(ctx: Context, seen: Seen, verdict: Verdict, now: Date): Promise<void> {
  const { alert } = seen
  if (verdict.act === 'wait') return goOn(ctx, alert, verdict.reason, now)
  if (verdict.act === 'relapse') return void (await applyRelapse(ctx, seen, verdict, now, 'follow-up'))
  const rules = await ctx.caseRules()
  const asked = { person: null, via: 'follow-up', request: null, note: verdict.reason }
  await ctx.store.transaction(async (tables) => {
    await tables.cases.move(alert.id, { verb: 'confirm', by: null, at: now }, asked, rules)
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
