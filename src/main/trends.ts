import type { Trends } from '../../templates/charts.ts'
import type { Alert } from '../alerts/alert.ts'
import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import { VOICE } from '../features/columns.ts'
import { parentsOf } from '../features/kind-tree.ts'
import { type MoodPoint, monthlyCounts } from '../features/trends.ts'
import type { RowPage } from '../timeline/rows.ts'

/** As many nights of the risk as a month has, and as many days of voices as a year. */
const [NIGHTS, DAYS] = [30, 365]
/** Cases whose series are remembered: a card is drawn again far more often than they change. */
const REMEMBERED = 500

/**
 * Gives the last months of a case's customer for the picture on its card, as they were when everyone was last judged.
 * Straight from the customer's rows: bringing everyone's histories up to date for a card would hold up its sending.
 * Null: they could not be read, which must not stop the card either.
 */
export function openTrends(ctx: Context): (alert: Alert, customerNo: number) => Promise<Trends | null> {
  const known = new Map<string, Trends>()
  return async (alert, customerNo) => {
    try {
      const judged = await ctx.store.assessments.horizon()
      const key = `${alert.id} ${alert.assessment.asOf} ${judged?.getTime() ?? ''}`
      const trends = known.get(key) ?? (await read(ctx, alert, customerNo))
      known.set(key, trends)
      if (known.size > REMEMBERED) known.delete(known.keys().next().value!)
      return trends
    } catch (error) {
      ctx.log.error({ error, alert: alert.no }, 'no picture could be made of a customer')
      return null
    }
  }
}

async function read(ctx: Context, { customer }: Alert, customerNo: number): Promise<Trends> {
  const { kind, label } = ctx.profile.rhythm
  const asOf = ctx.clock.now().getTime()
  const parents = parentsOf(ctx.profile)
  const visits: number[] = []
  const mood: MoodPoint[] = []
  for await (const page of ctx.store.timeline.rows([customer])) {
    for (let row = 0; row < page.length; row += 1) {
      const [at, own] = [page.at[row]!, page.kinds[page.kind[row]!]!]
      if (at >= asOf) continue
      if (own === kind || parents.get(own) === kind) visits.push(at)
      if (parents.get(own) !== VOICE || at < asOf - DAYS * DAY) continue
      const point = moodAt(ctx, page, row)
      if (point !== null) mood.push({ at, mood: point })
    }
  }
  const months = monthlyCounts(Float64Array.from(visits), asOf, ctx.config.company.timeZone)
  return {
    risk: await ctx.store.assessments.trend(customerNo, NIGHTS),
    mood,
    activity: { label, months },
  }
}

/** On the scale of ratings, 0-10; null: it tells no mood. */
function moodAt({ voice }: Context, page: RowPage, row: number): number | null {
  const rating = page.measures.get('rating')?.[row] ?? null
  const said = voice.mood({ id: page.idOf(row), text: page.texts.get(row) ?? '', rating })
  return said === null ? null : Math.min(10, Math.max(0, 5 + 5 * said.score))
}
