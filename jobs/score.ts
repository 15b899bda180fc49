import { planNight } from '../src/alerts/plan.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { applyStep } from '../src/judging/apply-step.ts'
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

    await ctx.store.transaction(async (tables) => {
      await tables.assessments.addRun(runOf(ctx, night))
      await tables.assessments.add(plan.keep)
    })
    for (const step of plan.steps) {
      if (signal.aborted) break
      await applyStep(ctx, step, asOf, 'score')
      ctx.wake()
    }
    ctx.progress(null)
    const opened = plan.steps.filter((step) => step.decision.act === 'open').length
    return {
      seen: night.assessments.length,
      changed: plan.keep.length + plan.steps.length,
      failed: 0,
      more: { opened },
    }
  },
}

function runOf(ctx: Context, night: Night) {
  return {
    asOf: new Date(night.asOf),
    profile: ctx.profile.name,
    model: 'rules',
    horizon: new Date(Number.isNaN(night.horizon) ? night.asOf : night.horizon),
    customers: night.assessments.map((each) => night.historyOf(each.customer)!.customer.no),
    scores: night.assessments.map((each) => each.score),
    priorities: night.assessments.map((each) => each.priority),
    tiers: night.assessments.map((each) => each.tier),
  }
}
