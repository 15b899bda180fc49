import type { Recipient } from '../alerts/care.ts'
import type { Context } from '../context.ts'
import { holdoutAt } from './holdout.ts'

/** What lets care leave for these customers now. */
export async function recipientsOf(
  ctx: Context,
  customers: readonly string[],
  now: Date,
): Promise<Map<string, Recipient>> {
  const ids = [...new Set(customers)]
  const facts = await ctx.store.customers.many(ids)
  const drawn = (await holdoutAt(ctx, await ctx.settings(), now, ids))?.drawn
  const before = await ctx.store.care.before(ids)
  return new Map(
    [...facts].map(([id, { contactConsent, timeZone }]) => {
      const draw = drawn?.get(id)
      return [
        id,
        {
          contactConsent,
          timeZone: timeZone ?? ctx.config.company.timeZone,
          held: draw !== undefined && draw.arm === 'held' && draw.until > now,
          lastAt: before.get(id)?.lastAt ?? null,
        },
      ]
    }),
  )
}
