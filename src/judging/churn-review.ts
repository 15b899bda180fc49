import type { Context } from '../context.ts'
import type { ChurnReview, ChurnSides, ReturnSoFar, Span } from '../reports/churn-review.ts'
import type { EffectReport } from '../reports/effect-report.ts'
import type { Stretch } from '../reports/roi.ts'
import { same } from '../text.ts'
import { churnIn, knownUntil } from './churn.ts'
import { effectReport } from './effect.ts'
import { unwarnedSince } from './unwarned.ts'

/** Who left, by value and portfolio, what the work brought, and whom nobody warned of; null: no case has been opened yet. */
export async function reviewChurn(ctx: Context, half: Stretch): Promise<ChurnReview | null> {
  const live = await ctx.store.effect.live()
  const whole = await effectReport(ctx, null)
  const own = await effectReport(ctx, half)
  if (live === null || whole === null || own === null) return null
  const horizon = knownUntil(ctx)
  const known = new Date(+horizon - (+half.to - +half.from))
  const since = new Date(Math.max(+live, +known))
  return {
    ...{ live: +live, inactiveDays: whole.inactiveDays, currency: whole.currency },
    churn: await sidesOf(ctx, { from: known, to: horizon }),
    half: { ...spanOf(half), ...soFar(own) },
    sinceLive: {
      ...soFar(whole),
      ...{ fromFall: whole.fromFall, fallFrom: +whole.fallFrom!, worth: whole.worth },
    },
    unwarned: await unwarnedSince(ctx, since),
  }
}

const spanOf = ({ from, to }: Stretch): Span => ({ from: +from, to: +to })

function soFar({ cases, keptCustomers, costPerKept, fromCases }: EffectReport): ReturnSoFar {
  return { cases, keptCustomers, costPerKept, fromCases }
}

async function sidesOf(ctx: Context, known: Stretch): Promise<ChurnSides | null> {
  const found = await churnIn(ctx, known)
  if (found === null || found.fall.all.of === 0) return null
  const { before, now, all, byValue, byOwner } = found.fall
  return {
    ...{ before: spanOf(before), now: spanOf(now), all, byValue },
    byOwner: byOwner.map(({ owner, ...line }) => ({
      ...line,
      name: owner === null ? null : (ctx.people.get(owner)?.name ?? same(owner)),
    })),
  }
}
