import type { Step } from '../src/alerts/plan.ts'
import { isWorthARow, planNight } from '../src/alerts/plan.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import type { Night } from '../src/risk/scorer.ts'
import { text } from '../src/text.ts'
import { type AssignedStep, withinCapacity } from './terms/capacity.ts'
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
    const { now: steps, deferred } = await withinCapacity(ctx, plan.steps, night, asOf)

    await ctx.store.transaction(async (tables) => {
      await tables.assessments.addRun(runOf(ctx, night, deferred))
      const waiting = deferred.map(({ assessment }) => assessment)
      const kept = waiting.filter((each) => isWorthARow(before.get(each.customer) ?? null, each))
      await tables.assessments.add([...plan.keep, ...kept])
    })
    for (const step of steps) {
      if (signal.aborted) break
      await apply(ctx, step, asOf)
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

/** One transaction a customer: assessment, case, action and the cards to send, all or nothing. */
async function apply(ctx: Context, step: AssignedStep, at: Date): Promise<void> {
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
        assignee: step.assignee,
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

function runOf(ctx: Context, night: Night, deferred: readonly Step[]) {
  const numberOf = (customer: string): number => night.historyOf(customer)!.customer.no
  return {
    asOf: new Date(night.asOf),
    profile: ctx.profile.name,
    model: 'rules',
    horizon: new Date(Number.isNaN(night.horizon) ? night.asOf : night.horizon),
    customers: night.assessments.map((each) => numberOf(each.customer)),
    scores: night.assessments.map((each) => each.score),
    priorities: night.assessments.map((each) => each.priority),
    tiers: night.assessments.map((each) => each.tier),
    deferred: deferred.map(({ assessment }) => numberOf(assessment.customer)),
  }
}
