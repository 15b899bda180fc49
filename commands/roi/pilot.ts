import { isInTime, isRight, SOON } from '../../src/alerts/warning.ts'
import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { churnKinds } from '../../src/features/reported-kinds.ts'
import { settledBefore } from '../../src/judging/effect.ts'
import { scoringTerms } from '../../src/judging/terms.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { leadsOf, leavesOf, median, retentionOf, share, type Warning } from '../../src/reports/effect.ts'
import { holdoutEffect } from '../../src/reports/holdout-effect.ts'
import { type GateLine, gateLine } from '../../src/reports/pilot.ts'
import type { Stretch } from '../../src/reports/roi.ts'
import type { NightlyVerdicts } from '../../src/risk/scorer.ts'
import { highValueThreshold, ltvOf } from '../../src/risk/value.ts'
import { gateOf } from '../../src/settings/effect.ts'
import { clip, text } from '../../src/text.ts'
import { flaggedIn } from './backtest.ts'

export interface Pilot {
  /** Regions and stores; none: everywhere. */
  readonly places: readonly string[]
  /** Customers in it: those of the highest value there, and which share that is. */
  readonly customers: number
  readonly topShare: number
  /** The two months of the work; null: no case has been opened yet. */
  readonly period: Stretch | null
  /** Past nights that were judged again, and customers flagged in them. */
  readonly backtest: Stretch & { readonly flagged: number }
  readonly lines: readonly GateLine[]
}

/** A pilot runs two months. */
const PILOT_DAYS = 60

/**
 * Whether a pilot passes its gate: churn of the flagged where nobody contacted them, how long before they left they were
 * flagged, and how many of those at work were kept. `asked` null: the first two months of work.
 *
 * @throws ForeshockError NOT_FOUND for a region or store there is not
 */
export async function pilotOf(ctx: Context, names: readonly string[], asked: Stretch | null): Promise<Pilot> {
  const now = ctx.clock.now()
  const { effect: table } = ctx.store
  const churn = churnKinds(ctx.profile)
  const { inactiveDays } = churn
  const horizon = daysOn(now, -inactiveDays)
  const terms = await scoringTerms(ctx)
  const { topShare } = terms
  const settings = await ctx.settings()
  const gate = gateOf(settings.value)
  const settled = settledBefore(now, settings)
  const { chosen, places } = chosenIn(ctx, await ctx.scorer.night(now, terms), names, topShare)

  // The last two months of which all is known that came of them.
  const end = daysOn(horizon, -SOON)
  const tried = { from: daysOn(end, -PILOT_DAYS), to: end }
  const flagged = await flaggedIn(ctx, { ...terms, mutes: new Map() }, tried, chosen)
  const live = await table.live()
  const period = asked ?? (live === null ? null : { from: live, to: daysOn(live, PILOT_DAYS) })
  const worked = period === null ? [] : await table.cases(period.from, period.to)
  const cases = worked.filter(({ customer }) => chosen.has(customer))
  const draws = period === null ? [] : await table.draws(period.from, period.to)

  const since = daysOn(period !== null && period.from < tried.from ? period.from : tried.from, -inactiveDays)
  const departures = (await table.departures(since, now, churn)).filter(({ customer }) =>
    chosen.has(customer),
  )
  const left = { departures, inactiveDays, horizon }
  const leaves = leavesOf(left)
  const right = flagged.filter((each) => isRight({ opened: +each.openedAt / DAY, leaves: leaves(each) }))
  const retained = retentionOf(
    cases.filter(({ openedAt }) => openedAt < settled),
    leaves,
  )
  const { held, least } = holdoutEffect(
    draws.filter(({ customer }) => chosen.has(customer)),
    left,
  )
  const leadFrom = (warnings: readonly Warning[], from: Date) => {
    const leads = leadsOf({ warnings, departures, known: { from, to: horizon } })
    return median(leads.filter((lead) => lead !== null).filter(isInTime))
  }
  return {
    ...{ places, topShare, period, customers: chosen.size },
    backtest: { ...tried, flagged: flagged.length },
    lines: [
      gateLine(
        'churn',
        [
          ['holdout', { estimate: held.left, of: held.of, least }],
          ['backtest', share(right.length, flagged.length)],
        ],
        gate,
      ),
      gateLine(
        'lead',
        [
          ['cases', leadFrom(cases, period?.from ?? now)],
          ['backtest', leadFrom(flagged, tried.from)],
        ],
        gate,
      ),
      gateLine('retention', [['cases', retained]], gate),
    ],
  }
}

const daysOn = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY)

/** Ids of the customers of highest value in some regions and stores. */
function chosenIn(
  { profile }: Context,
  night: NightlyVerdicts,
  names: readonly string[],
  topShare: number,
): { readonly chosen: ReadonlySet<string>; readonly places: readonly string[] } {
  const all = [...night.facts]
  const known = new Set(all.flatMap(({ region, site }) => [region, site]).filter((name) => name !== null))
  const places = names.map((name) => placeCalled(name, [...known]))
  const there = all.filter(
    ({ region, site }) => places.length === 0 || places.some((place) => place === region || place === site),
  )
  const worths = there.map(({ id }) => {
    const history = night.historyOf(id)
    return history === null ? null : (ltvOf(history, profile)?.minor ?? null)
  })
  const from = highValueThreshold(worths, topShare)
  const chosen = there.filter((_, at) => worths[at] !== null && worths[at]! >= from)
  return { places, chosen: new Set(chosen.map(({ id }) => id)) }
}

/** @throws ForeshockError NOT_FOUND */
function placeCalled(name: string, known: readonly string[]): string {
  const found = known.find((each) => each.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  const near = nearest(name, known)
  const short = clip(name, 40)
  throw new ForeshockError(
    'NOT_FOUND',
    text(`没有叫“${short}”的区域或门店。`, `There is no region or store called "${short}".`),
    near === null
      ? {
          ...text(
            '多个名字用逗号隔开：roi pilot 华东, 虹桥店',
            'Put commas between names: roi pilot East, Main Street',
          ),
          shell: 'Put commas between names: foreshock roi pilot East, Main Street',
        }
      : suggestion(near),
  )
}
