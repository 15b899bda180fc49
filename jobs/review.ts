import { DAY } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { announceForPeriod } from '../src/judging/announce.ts'
import { LEAST_CHURN_DAYS } from '../src/judging/churn.ts'
import { reviewChurn } from '../src/judging/churn-review.ts'
import { reviewPlaybooks } from '../src/judging/playbook-review.ts'
import { dayOf } from '../src/records/moment.ts'
import { type CalendarUnit, periodOf } from '../src/reports/period.ts'

/**
 * The quarter's review of playbooks and the half-year's of churn and return, once each. Looked for every morning: whoever was
 * down on the first day of the quarter gets it on a later one.
 */
export const review: Job = {
  name: 'review',
  cron: '45 8 * * *',
  lane: 'learning',
  run: async (ctx) => {
    const live = await ctx.store.effect.live()
    if (live === null) return { seen: 0, changed: 0, failed: 0 }
    const quarter = lastWhole(ctx, 'quarter')
    const half = lastWhole(ctx, 'half')
    const told = [
      await announceForPeriod(ctx, 'playbook-review', keyOf(ctx, quarter.from), async () => {
        const { currency } = ctx.config.company
        const found = await reviewPlaybooks(ctx, quarter, true)
        return found.cases === 0 ? null : { kind: 'playbook-review', data: { review: found, currency } }
      }),
      await announceForPeriod(ctx, 'churn-review', keyOf(ctx, half.from), async () => {
        const worked = +half.to - +live
        const found = worked < LEAST_CHURN_DAYS * DAY ? null : await reviewChurn(ctx, half)
        return found === null ? null : { kind: 'churn-review', data: found }
      }),
    ]
    return { seen: told.length, changed: told.filter(Boolean).length, failed: 0 }
  },
}

/** The last of the calendar's that is over. */
function lastWhole(ctx: Context, unit: CalendarUnit) {
  return periodOf({ kind: 'calendar', unit, back: 1 }, ctx.clock.now(), ctx.config.company.timeZone)!
}

const keyOf = (ctx: Context, from: Date): string => dayOf(from, ctx.config.company.timeZone)
