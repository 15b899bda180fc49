import type { Alert } from '../alerts/alert.ts'
import type { Step } from '../alerts/plan.ts'
import type { Context } from '../context.ts'
import type { Assessment } from '../risk/assessment.ts'

/**
 * One transaction a customer: assessment, case, action and the cards to send, all or nothing. Gives the case.
 *
 * @param given the rules in force, where they were asked for already
 */
export async function applyStep(
  ctx: Context,
  step: Step & { readonly assignee: string | null; readonly assessment: Assessment },
  at: Date,
  via: 'score' | 'heard' | 'ingest',
  given?: Awaited<ReturnType<Context['caseRules']>>,
): Promise<Alert> {
  const { assessment, decision, current, lastClosed } = step
  const rules = given ?? (await ctx.caseRules())
  return ctx.store.transaction(async (tables) => {
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
      return tables.cases.open(alert, rules, decision.reason)
    }
    const asked = { person: null, via, request: null, note: decision.reason }
    const move = { verb: 'worsen', by: null, at, assessment, tier: decision.tier } as const
    return (await tables.cases.move(current!.id, move, asked, rules)).alert
  })
}
