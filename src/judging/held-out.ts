import { drawnSince } from '../alerts/holdout.ts'
import type { Context } from '../context.ts'

/** Who is scored and not contacted now, by customer id, and until when; of these customers, or of all. */
export async function heldOut(ctx: Context, customers?: readonly string[]): Promise<Map<string, Date>> {
  const now = ctx.clock.now()
  if ((await ctx.settings()).holdout.share <= 0) return new Map()
  const drawn = await ctx.store.holdout.drawn(drawnSince(now), customers)
  return new Map(
    [...drawn].flatMap(([customer, { arm, until }]) =>
      arm === 'held' && until > now ? [[customer, until] as const] : [],
    ),
  )
}
