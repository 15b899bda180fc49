import type { Step } from '../src/alerts/plan.ts'
import { planNight } from '../src/alerts/plan.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import type { Night } from '../src/risk/scorer.ts'
import { text } from '../src/text.ts'
import { scoringTerms } from './terms/scoring.ts'

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
      await apply(ctx, step, asOf)
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

/** One transaction a customer: assessment, case, action and the cards to send, all or nothing. */
async function apply(ctx: Context, step: Step, at: Date): Promise<void> {
  const { assessment, decision, current, lastClosed } = step
  const rules = await ctx.caseRules()
  await ctx.store.transaction(async (tables) => {
    await tables.assessments.add([assessment])
    if (decision.act === 'open') {
      const previous = lastClosed !== null && decision.reason === 'new-evidence' ? lastClosed.id : null
      const alert = {
        customer: assessment.customer,
        tier: decision.tier,
        trigger: 'risk',
        previous,
        assignee: null,
        openedAt: at,
        assessment,
      } as const
      await tables.cases.open(alert, rules, decision.reason)
      return
    }
    const asked = { person: null, via: 'score', request: null, note: decision.reason }
    const move = { verb: 'worsen', by: null, at, assessment, tier: decision.tier } as const
    await tables.cases.move(current!.id, move, asked, rules)
  })
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
