import type { Step } from '../src/alerts/plan.ts'
import { isWorthARow, planNight } from '../src/alerts/plan.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { applyStep } from '../src/judging/apply-step.ts'
import { withinCapacity } from '../src/judging/capacity.ts'
import { scoringTerms } from '../src/judging/terms.ts'
import type { Night } from '../src/risk/scorer.ts'
import { text } from '../src/text.ts'

/** The story of the product: everyone's history, judged; what changed, kept; who may leave, told. */
export const score: Job = {
  name: 'score',
  cron: '0 6 * * *',
  run: async (ctx, signal) => {
    ctx.progress({ label: text('正在评估每一位客户', 'Judging every customer'), share: null })
    const asOf = ctx.clock.now()
    const night = await ctx.scorer.assess(asOf, await scoringTerms(ctx), signal)
    const before = await ctx.store.assessments.latestOfAll()
    const cases = await ctx.store.alerts.cases()
    const plan = planNight(night.assessments, before, cases)
    const { now: steps, deferred } = await withinCapacity(ctx, plan.steps, night, asOf)

    await ctx.store.transaction(async (tables) => {
      await tables.assessments.addRun(runOf(ctx, night, deferred))
      const waiting = deferred.map(({ assessment }) => assessment)
      const kept = waiting.filter((each) => isWorthARow(before.get(each.customer) ?? null, each))
      await tables.assessments.add([...plan.keep, ...kept])
    })
    for (const step of steps) {
      if (signal.aborted) break
      await applyStep(ctx, step, asOf, 'score')
      ctx.wake()
    }
    ctx.progress(null)
    const opened = steps.filter((step) => step.decision.act === 'open').length
    return {
      seen: night.assessments.length,
      changed: plan.keep.length + steps.length,
      failed: 0,
      more: { opened, deferred: deferred.length },
    }
  },
}

function runOf(ctx: Context, night: Night, deferred: readonly Step[]) {
  const numberOf = (customer: string): number => night.historyOf(customer)!.customer.no
  return {
    asOf: new Date(night.asOf),
    profile: ctx.profile.name,
    model: night.model,
    horizon: new Date(Number.isNaN(night.horizon) ? night.asOf : night.horizon),
    customers: night.assessments.map((each) => numberOf(each.customer)),
    scores: night.assessments.map((each) => each.score),
    priorities: night.assessments.map((each) => each.priority),
    tiers: night.assessments.map((each) => each.tier),
    deferred: deferred.map(({ assessment }) => numberOf(assessment.customer)),
  }
}
