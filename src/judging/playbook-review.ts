import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import { churnKinds } from '../features/reported-kinds.ts'
import { leavesOf } from '../reports/effect.ts'
import { type PlaybookReview, playbookReview } from '../reports/playbook-review.ts'
import type { Stretch } from '../reports/roi.ts'
import { effectCosts } from '../settings/effect.ts'
import { settledBefore } from './effect.ts'

/**
 * How the ways of working did on cases opened in a stretch; what is too young to have ended is left out.
 *
 * @param back the stretch is moved to where all of its cases have ended
 */
export async function reviewPlaybooks(ctx: Context, asked: Stretch, back: boolean): Promise<PlaybookReview> {
  const now = ctx.clock.now()
  const settings = await ctx.settings()
  const settled = settledBefore(now, settings)
  const { from, to } = back ? movedBack(asked, +now - +settled) : asked
  const until = to < settled ? to : settled
  const { effect: table } = ctx.store
  const churn = churnKinds(ctx.profile)
  const { inactiveDays } = churn
  const cases = from < until ? await table.played(from, until) : []
  // Who left is a question to everyone's events: not asked each morning of a quarter without a case.
  const departures =
    cases.length === 0 ? [] : await table.departures(new Date(+from - inactiveDays * DAY), now, churn)
  const { contactMinor } = effectCosts(settings.value, ctx.config.company.currency)
  return playbookReview(cases, {
    ...{ from, to: cases.length === 0 ? to : until, now, plan: ctx.carePlan, contactMinor },
    entitlements: ctx.profile.entitlements ?? [],
    leaves: leavesOf({ departures, inactiveDays }),
  })
}

function movedBack({ from, to }: Stretch, by: number): Stretch {
  return { from: new Date(+from - by), to: new Date(+to - by) }
}
