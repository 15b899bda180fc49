import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import { churnKinds } from '../features/reported-kinds.ts'
import { type ChurnFall, fallOf, type MeanWorth, meanWorth } from '../reports/churn-fall.ts'
import type { PresentSums } from '../reports/effect-rows.ts'
import type { Stretch } from '../reports/roi.ts'

/** A shorter time says nothing about churn. */
export const LEAST_CHURN_DAYS = 30

/** Whoever left before this instant is known to have. */
export function knownUntil({ clock, profile }: Pick<Context, 'clock' | 'profile'>): Date {
  return new Date(+clock.now() - profile.churn.inactiveDays * DAY)
}

/** Churn in a stretch beside one as long before it; null: too short a time to tell. All of it must be known. */
export async function churnIn(
  ctx: Context,
  { from, to }: Stretch,
): Promise<{ readonly fall: ChurnFall; readonly present: readonly PresentSums[] } | null> {
  const length = +to - +from
  if (length < LEAST_CHURN_DAYS * DAY) return null
  const before = { from: new Date(+from - length), to: from }
  const [now, churn] = [ctx.clock.now(), churnKinds(ctx.profile)]
  const past = await ctx.store.effect.present(before.from, before.to, now, churn)
  const present = await ctx.store.effect.present(from, to, now, churn)
  return { fall: fallOf([before, { from, to }], past, present), present }
}

/** What these customers are worth on average: as declared, else as the profile estimates it now. */
export async function worthOf(ctx: Context, present: readonly PresentSums[]): Promise<MeanWorth | null> {
  const undeclared = new Set(present.flatMap((row) => row.undeclared))
  const { ltv } = ctx.profile
  if (undeclared.size === 0 || ltv === undefined) return meanWorth(present, [])
  const look = await ctx.scorer.look(ctx.clock.now())
  const estimates = Array.from(look.facts, ({ id }, index) =>
    undeclared.has(id) ? look.feature(index, ltv) : Number.NaN,
  )
  return meanWorth(present, estimates.filter(Number.isFinite))
}
