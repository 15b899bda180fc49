import type { Draw } from '../src/alerts/holdout.ts'
import { type NightStep, planNight } from '../src/alerts/plan.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import type { DueStep } from '../src/judging/apply-step.ts'
import { withinCapacity } from '../src/judging/capacity.ts'
import { follow } from '../src/judging/follow.ts'
import { holdoutAt } from '../src/judging/holdout.ts'
import { keepNight } from '../src/judging/keep-night.ts'
import { redrawCards } from '../src/judging/redraw.ts'
import { scoringTerms } from '../src/judging/terms.ts'
import { lastKept } from '../src/risk/last-kept.ts'
import { pauses } from '../src/risk/pause.ts'
import type { NightlyVerdicts } from '../src/risk/scorer.ts'
import { text } from '../src/text.ts'

/** The story of the product: everyone's history, judged; what changed, kept; who may leave, told. */
export const score: Job = {
  name: 'score',
  cron: '0 6 * * *',
  // Judging half a history would alarm for nothing, and twice at once would share out the same room twice.
  needs: ['pull', 'score'],
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
    const done = await followEach(ctx, night, steps, signal)
    await redrawCards(ctx, plan.redrawn, asOf)
    ctx.progress(null)
    return {
      seen: night.facts.length,
      changed: written + done.changed,
      failed: done.failed,
      more: { opened: done.opened, deferred: deferred.length, ...heldOf(plan.draws) },
    }
  },
}

/** Each by itself: one that cannot be followed waits for the next scoring, and the others are told all the same. */
async function followEach(
  ctx: Context,
  { asOf, assessmentAt }: NightlyVerdicts,
  steps: readonly (NightStep & Pick<DueStep, 'assignee'>)[],
  signal: AbortSignal,
): Promise<{ changed: number; opened: number; failed: number }> {
  const done = { changed: 0, opened: 0, failed: 0 }
  const rules = await ctx.caseRules()
  for (const step of steps) {
    if (signal.aborted) break
    const assessment = assessmentAt(step.index)
    try {
      const { decision } = await follow(ctx, { ...step, assessment }, new Date(asOf), 'score', rules)
      if (decision.act !== 'none') done.changed += 1
      if (decision.act === 'open') done.opened += 1
    } catch (error) {
      done.failed += 1
      ctx.log.error({ error, customer: assessment.customer }, 'a case could not be opened or raised')
    }
  }
  return done
}

/** How many were held out tonight; nothing where nobody is. */
function heldOf(draws: readonly Draw[]): { held?: number } {
  const held = draws.filter(({ arm }) => arm === 'held').length
  return held === 0 ? {} : { held }
}
