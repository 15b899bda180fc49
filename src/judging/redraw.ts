import type { Alert } from '../alerts/alert.ts'
import type { Context } from '../context.ts'

/** Draws the cards of cases anew that were not raised, yet whose customers were judged otherwise at this instant. */
export async function redrawCards(ctx: Context, cases: readonly Alert[], at: Date): Promise<void> {
  for (const alert of cases) await ctx.store.outbox.redraw(alert, `risk ${at.toISOString()}`, at)
  if (cases.length > 0) ctx.wake()
}
