import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import { churnKinds } from '../features/reported-kinds.ts'
import { instantOf, midnightBefore } from '../records/zone.ts'
import { caseFigures } from '../reports/case-figures.ts'
import { type JudgedShare, judged } from '../reports/figure.ts'
import type { WeekReport } from '../reports/week.ts'
import { returnSoFar } from './effect.ts'

const SLA_DAYS = 30
const CHURN_DAYS = 30
const WEEKS = 8

/** The seven days up to the last midnight of the team, beside the seven before. */
export async function weekReport(ctx: Context): Promise<WeekReport> {
  const now = ctx.clock.now()
  const { timeZone } = ctx.config.company
  const midnight = midnightBefore(now.getTime(), timeZone)
  const daysAgo = (days: number): Date => new Date(instantOf(midnight - days * DAY, timeZone))
  const to = daysAgo(0)
  const from = daysAgo(7)
  const { reports } = ctx.store
  // Everyone's, whoever asks: it is a figure of the whole.
  const { voiceFigures } = ctx.store.seen(null)
  const churn = churnKinds(ctx.profile)
  const left = async (start: Date, end: Date): Promise<JudgedShare> => {
    const [kept] = await voiceFigures.kept({ by: 'all' }, start, end, churn)
    return judged({ count: kept?.left ?? 0, of: kept?.customers ?? 0 })
  }
  const since = new Date(now.getTime() - SLA_DAYS * DAY)
  const { claim, reach, outcome } = caseFigures(await reports.cases(since), since).kept
  const bounds = Array.from({ length: WEEKS + 1 }, (_, week) => daysAgo(7 * (WEEKS - week)))
  const counts = await reports.openedIn(bounds)
  const soFar = await returnSoFar(ctx)
  return {
    from,
    to,
    now: await reports.week(from, to),
    before: await reports.week(daysAgo(14), from),
    kept: { claim: judged(claim), reach: judged(reach), outcome: judged(outcome) },
    slaDays: SLA_DAYS,
    churn: await left(daysAgo(CHURN_DAYS), to),
    churnBefore: await left(daysAgo(2 * CHURN_DAYS), daysAgo(CHURN_DAYS)),
    churnDays: CHURN_DAYS,
    ...(soFar?.valueMinor ? { soFar: { valueMinor: soFar.valueMinor, roi: soFar.roi } } : {}),
    weeks: counts.map((count, week) => ({ at: bounds[week]!, count })),
  }
}
