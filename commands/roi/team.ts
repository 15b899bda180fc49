import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { churnIn, knownUntil, LEAST_CHURN_DAYS } from '../../src/judging/churn.ts'
import { figuresBy } from '../../src/reports/case-figures.ts'
import type { Stretch } from '../../src/reports/roi.ts'
import { type RoiTeamData, TEAM_PAGE } from '../../templates/roi-team.ts'
import { dataAgeHours } from '../case/customer.ts'
import { nameOf } from '../case/move.ts'
import { pageOf } from '../case/page.ts'

/** Days looked at while what became of the time since the first case is not known yet. */
const EARLY_DAYS = 90

/** Each CSM's portfolio: its customers, the work on them, and who left before the first case and since. */
export async function teamEffect(ctx: Context, page: number): Promise<RoiTeamData> {
  const now = ctx.clock.now()
  const horizon = knownUntil(ctx)
  const live = await ctx.store.effect.live()
  const sinceLive = live !== null && +horizon - +live >= LEAST_CHURN_DAYS * DAY
  const early: Stretch = { from: new Date(+horizon - EARLY_DAYS * DAY), to: horizon }
  const { fall } = (await churnIn(ctx, sinceLive ? { from: live, to: horizon } : early))!
  const standing = figuresBy(await ctx.store.reports.cases(now), ({ csm }) => csm)
  const work = new Map(standing.map(({ key, figures }) => [key, figures]))
  const idle = standing.filter(({ key }) => fall.byOwner.every(({ owner }) => owner !== key))
  const none = { before: null, now: null, change: null, of: 0 }
  const lines = [...fall.byOwner, ...idle.map(({ key }) => ({ owner: key, ...none }))]
  const rows = lines.map(({ owner, ...line }) => ({
    ...line,
    name: nameOf(ctx, owner),
    load: work.get(owner)?.load ?? 0,
    waiting: work.get(owner)?.unclaimed ?? 0,
  }))
  return {
    ...{ before: fall.before, now: fall.now, sinceLive },
    ...pageOf(rows, page, TEAM_PAGE),
    inactiveDays: ctx.profile.churn.inactiveDays,
    dataAgeHours: await dataAgeHours(ctx),
  }
}
