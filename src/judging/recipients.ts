import type { Recipient } from '../alerts/care.ts'
import type { Context } from '../context.ts'
import { heldOut } from './held-out.ts'

/** What lets care leave for these customers now. */
export async function recipientsOf(
  ctx: Context,
  customers: readonly string[],
): Promise<Map<string, Recipient>> {
  const ids = [...new Set(customers)]
  const facts = await ctx.store.customers.many(ids)
  const held = await heldOut(ctx, ids)
  const before = await ctx.store.care.before(ids)
  return new Map(
    [...facts].map(([id, { contactConsent, timeZone }]) => [
      id,
      {
        contactConsent,
        timeZone: timeZone ?? ctx.config.company.timeZone,
        held: held.has(id),
        ...(before.get(id) ?? { lastAt: null, occasions: new Set() }),
      },
    ]),
  )
}
