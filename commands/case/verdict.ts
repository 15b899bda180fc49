import type { Context } from '../../src/context.ts'
import { scoringTerms } from '../../src/judging/terms.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import type { Customer } from '../../src/timeline/history.ts'

/**
 * What is thought of a customer: as last written down, else as judged now, for nights write nothing of whoever is
 * plainly routine. Null: no night has judged them yet.
 */
export async function verdictOn(ctx: Context, { id, no }: Customer): Promise<Assessment | null> {
  const written = await ctx.store.assessments.latest(id)
  if (written !== null) return written
  const nights = await ctx.store.assessments.trend(no, 1)
  if (nights.length === 0) return null
  const terms = await scoringTerms(ctx, [id])
  const { assessments } = await ctx.scorer.assessSome([id], ctx.clock.now(), terms)
  return assessments.get(id) ?? null
}
