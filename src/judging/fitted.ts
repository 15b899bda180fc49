import type { Context } from '../context.ts'
import type { Expression } from '../features/expression.ts'

/** Of each condition the numbers of the customers whom it fitted at one of these instants; everyone is looked at once each. */
export async function fittedAt(
  ctx: Pick<Context, 'scorer'>,
  conditions: readonly Expression[],
  dates: readonly Date[],
  signal?: AbortSignal,
): Promise<ReadonlySet<number>[]> {
  const fitted = conditions.map(() => new Set<number>())
  for (const date of dates) {
    signal?.throwIfAborted()
    const look = await ctx.scorer.look(date)
    for (let index = 0; index < look.facts.length; index += 1) {
      for (const [which, { evaluate }] of conditions.entries()) {
        if (evaluate((name) => look.feature(index, name)) === 1) fitted[which]!.add(look.facts.at(index)!.no)
      }
    }
  }
  return fitted
}
