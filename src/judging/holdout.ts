import { drawnSince, type Holdout } from '../alerts/holdout.ts'
import type { Context } from '../context.ts'
import type { Settings } from '../settings/settings.ts'

/**
 * What a holdout rests on now; null: nobody is to be held.
 *
 * @param customers who is judged; absent: everyone
 */
export async function holdoutAt(
  ctx: Context,
  { holdout: terms }: Pick<Settings, 'holdout'>,
  at: Date,
  customers?: readonly string[],
): Promise<Holdout | null> {
  if (terms.share <= 0) return null
  return { terms, at, drawn: await ctx.store.holdout.drawn(drawnSince(at), customers) }
}
