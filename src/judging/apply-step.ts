import type { Alert } from '../alerts/alert.ts'
import type { Step } from '../alerts/plan.ts'
import type { Context } from '../context.ts'
import type { Assessment } from '../risk/assessment.ts'

/** What follows from a verdict, and who is asked to take the case it opens. */
export interface DueStep extends Step {
  readonly assignee: string | null
  readonly assessment: Assessment
}

/** What set the judging off. */
export type Via = 'score' | 'heard' | 'ingest'

type Rules = Awaited<ReturnType<Context['caseRules']>>

/**
 * One transaction a customer: assessment, case, action and the cards to send, all or nothing. Gives the case.
 *
 * @param given the rules in force, where they were asked for already
 */
export async function applyStep(
  ctx: Context,
  step: DueStep,
  at: Date,
  via: Via,
  given?: Rules,
): Promise<Alert> {
  const { assessment, decision, current } = step
  const rules = given ?? (await ctx.caseRules())
  if (decision.act === 'open') return (await openTogether(ctx, [step], at, rules))[0]!
  return ctx.store.transaction(async (tables) => {
    await tables.assessments.add([assessment])
    const asked = { person: null, via, request: null, note: decision.reason }
    const move = { verb: 'worsen', by: null, at, assessment, tier: decision.tier } as const
    return (await tables.cases.move(current!.id, move, asked, rules)).alert
  })
}

/** Opens all of these cases in one transaction, or none. Gives them in the same order. */
export async function openTogether(
  ctx: Context,
  steps: readonly DueStep[],
  at: Date,
  rules: Rules,
): Promise<Alert[]> {
  const openings = steps.map(({ assessment, decision, lastClosed, assignee }) => ({
    alert: {
      customer: assessment.customer,
      tier: decision.tier,
      trigger: 'risk',
      previous: lastClosed !== null && decision.reason === 'new-evidence' ? lastClosed.id : null,
      assignee,
      openedAt: at,
      assessment,
    } as const,
    note: decision.reason,
  }))
  return ctx.store.transaction(async (tables) => {
    await tables.assessments.add(steps.map(({ assessment }) => assessment))
    return tables.cases.openAll(openings, rules)
  })
}
