import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import { churnKinds } from '../features/reported-kinds.ts'
import { ledOf, WARNS_DAYS, warningsOf } from '../reports/effect.ts'
import { type UnwarnedSince, unwarnedOf, unwarnedReport } from '../reports/unwarned.ts'
import { knownUntil } from './churn.ts'

/** Days of departures, all of them known, that the week's look back takes in: fewer would show no pattern. */
const LOOKS_BACK_DAYS = 90

/** Those of late whom nobody warned of; null: no case has been opened yet, or nobody has left since. */
export async function unwarnedLately(ctx: Context): Promise<UnwarnedSince | null> {
  const live = await ctx.store.effect.live()
  if (live === null) return null
  const found = await unwarnedSince(ctx, new Date(Math.max(+live, +knownUntil(ctx) - LOOKS_BACK_DAYS * DAY)))
  return found.warned.of === 0 ? null : found
}

/** All who are known by now to have left since then: who cancelled at once, who fell silent after the inactive days. */
export async function unwarnedSince(ctx: Context, since: Date): Promise<UnwarnedSince> {
  const now = ctx.clock.now()
  const churn = churnKinds(ctx.profile)
  const { effect: table } = ctx.store
  const from = new Date(+since - WARNS_DAYS * DAY)
  const warnings = warningsOf(await table.cases(from, now), await table.draws(from, now))
  const departures = await table.departures(since, now, churn)
  const left = ledOf({ warnings, departures, known: { from: since, to: now } })
  return { ...unwarnedReport(left, await table.traces(unwarnedOf(left), churn.active)), since: +since }
}
