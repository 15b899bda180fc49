import type { Context } from '../context.ts'
import { share, type Told } from '../reports/effect.ts'
import type { Stretch } from '../reports/roi.ts'

/**
 * Of all times customers were cared for in some time, how many took no person: care that left, beside customers reached and
 * steps of the plan that speak to them. Null: care is not set up, and none has left.
 */
export async function automatedIn(ctx: Context, { from, to }: Stretch): Promise<Told | null> {
  const left = await ctx.store.care.countLeft(from, to)
  if (left === 0 && ctx.config.care === undefined) return null
  const steps = ctx.carePlan.steps.filter(({ reaches }) => reaches).map(({ name }) => name)
  return share(left, left + (await ctx.store.care.countByHand(from, to, steps)))
}
