import type { Draw } from '../src/alerts/holdout.ts'
import { planNight } from '../src/alerts/plan.ts'
import type { Job } from '../src/job.ts'
import { applyStep } from '../src/judging/apply-step.ts'
import { withinCapacity } from '../src/judging/capacity.ts'
import { holdoutAt } from '../src/judging/holdout.ts'
import { keepNight } from '../src/judging/keep-night.ts'
import { scoringTerms } from '../src/judging/terms.ts'
import { lastKept } from '../src/risk/last-kept.ts'
import { pauses } from '../src/risk/pause.ts'
import { text } from '../src/text.ts'

/** The story of the product: everyone's history, judged; what changed, kept; who may leave, told. */
export const score: Job = {
  name: 'score',
  cron: '0 6 * * *',
  run: async (ctx, signal) => {
    ctx.progress({ label: text('正在评估每一位客户', 'Judging every customer'), share: null })
    const asOf = ctx.clock.now()
    const terms = await scoringTerms(ctx)
    const night = await ctx.scorer.night(asOf, terms, signal)
    const pause = pauses(signal)
    const last = await lastKept(ctx.store.assessments.lastKept(), night, pause)
    const holdout = await holdoutAt(ctx, terms, asOf)
    const plan = await planNight(night, last, await ctx.store.alerts.cases(), pause, holdout)
    const whose = ({ index }: { readonly index: number }) => night.facts.at(index) ?? null
    const { now: steps, deferred } = await withinCapacity(ctx, plan.steps, whose, asOf)

    const waiting = deferred.map(({ index }) => index)
    const withCase = new Set(steps.map(({ index }) => index))
    const news = plan.news.filter((index) => !withCase.has(index))
    const written = await keepNight(ctx.store, ctx.profile.name, night, { news, waiting, last }, pause)
    // Before the first case is opened: who was drawn to be contacted is told from who is held.
    if (plan.draws.length > 0) await ctx.store.transaction((tables) => tables.holdout.add(plan.draws))
    for (const step of steps) {
      if (signal.aborted) break
      await applyStep(ctx, { ...step, assessment: night.assessmentAt(step.index) }, asOf, 'score')
      ctx.wake()
    }
    ctx.progress(null)
    const opened = steps.filter((step) => step.decision.act === 'open').length
    return {
      seen: night.facts.length,
      changed: written + steps.length,
      failed: 0,
      more: { opened, deferred: deferred.length, ...heldOf(plan.draws) },
    }
  },
}

/** How many were held out tonight; nothing where nobody is. */
function heldOf(draws: readonly Draw[]): { held?: number } {
  const held = draws.filter(({ arm }) => arm === 'held').length
  return held === 0 ? {} : { held }
}
