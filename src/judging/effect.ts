import { DAY, HOUR } from '../clock.ts'
import type { Context } from '../context.ts'
import { churnKinds, salesKinds } from '../features/reported-kinds.ts'
import { caseFigures } from '../reports/case-figures.ts'
import { valueOfFall } from '../reports/churn-fall.ts'
import { effectOf, share, type Told, WARNS_DAYS, warningsOf } from '../reports/effect.ts'
import type { EffectReport } from '../reports/effect-report.ts'
import type { Share } from '../reports/figure.ts'
import { holdoutEffect } from '../reports/holdout-effect.ts'
import { aucEstimate, type Estimate } from '../reports/interval.ts'
import { costPerKept, type Return, returnOf, type Stretch, spentIn, valueOfKept } from '../reports/roi.ts'
import { GAINED_DAYS, workedChange } from '../reports/worked.ts'
import { effectCosts } from '../settings/effect.ts'
import type { Settings } from '../settings/settings.ts'
import { automatedIn } from './automated.ts'
import { churnIn, LEAST_CHURN_DAYS, worthOf } from './churn.ts'
import { modelInUse } from './promote.ts'

/** Null: no case has been opened yet. `asked` null: everything since the first. */
export async function effectReport(ctx: Context, asked: Stretch | null): Promise<EffectReport | null> {
  const now = ctx.clock.now()
  const { effect: table } = ctx.store
  const live = await table.live()
  if (live === null) return null
  const churn = churnKinds(ctx.profile)
  const { inactiveDays } = churn
  const settings = await ctx.settings()
  const { currency } = ctx.config.company
  const costs = effectCosts(settings.value, currency)

  const period = asked ?? { from: live, to: new Date(+now + 1) }
  const start = new Date(Math.max(+period.from, +live))
  // Who has left since then may yet come back.
  const horizon = daysOn(now, -inactiveDays)
  const known = { from: start, to: new Date(Math.min(+period.to, +horizon)) }
  // Everything since the first case goes on.
  const isTooShort = asked !== null && +period.to - +start < LEAST_CHURN_DAYS * DAY

  const since = daysOn(start, -WARNS_DAYS)
  const opened = await table.cases(since, period.to)
  const cases = opened.filter(({ openedAt }) => openedAt >= period.from)
  const departures = await table.departures(daysOn(start, -inactiveDays), now, churn)
  const left = { departures, inactiveDays, horizon }
  const fallen = await churnIn(ctx, known)
  const worth = fallen === null ? null : await worthOf(ctx, fallen.present)
  const kept = valueOfKept(cases)
  const spent = spentIn(period, live, cases, costs)
  const draws = await table.draws(since, period.to)
  return {
    ...{ period, live, inactiveDays, currency, cases: cases.length },
    effect: effectOf({
      cases,
      warnings: warningsOf(opened, draws),
      known,
      settled: settledBefore(now, settings),
      ...left,
    }),
    kept: await keptIn(ctx, period),
    automated: await automatedIn(ctx, period),
    auc: await aucInUse(ctx),
    fall: fallen?.fall ?? null,
    worth,
    fallFrom: isTooShort ? null : daysOn(start, inactiveDays + LEAST_CHURN_DAYS),
    worked: workedChange(
      await table.worked(period.from, period.to, {
        ...{ now, days: GAINED_DAYS, sales: salesKinds(ctx.profile), currency },
      }),
    ),
    keptCustomers: kept.kept,
    costPerKept: costPerKept(spent, kept.kept),
    fromCases: returnOf(spent, kept.minor),
    fromFall:
      fallen === null ? null : returnOf(spentIn(known, live, cases, costs), valueOfFall(fallen.fall, worth)),
    holdout: {
      ...holdoutEffect(
        draws.filter(({ at }) => at >= period.from),
        left,
      ),
      share: settings.holdout.share,
    },
  }
}

const daysOn = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY)

/** Cases opened before this instant have had time for an outcome and a watch. */
export function settledBefore(now: Date, { sla, watchDays }: Pick<Settings, 'sla' | 'watchDays'>): Date {
  const hours = Math.max(...Object.values(sla).map(({ outcome }) => outcome))
  return new Date(+daysOn(now, -watchDays) - hours * HOUR)
}

/** What customers kept since the first case are worth, and what it took; null: no case has been opened yet. */
export async function returnSoFar(ctx: Context): Promise<Return | null> {
  const live = await ctx.store.effect.live()
  if (live === null) return null
  const until = { from: live, to: new Date(+ctx.clock.now() + 1) }
  const cases = await ctx.store.effect.cases(until.from, until.to)
  const costs = effectCosts((await ctx.settings()).value, ctx.config.company.currency)
  return returnOf(spentIn(until, live, cases, costs), valueOfKept(cases).minor)
}

/** Deadlines kept on cases opened in some time. */
async function keptIn(ctx: Context, { from, to }: Stretch): Promise<EffectReport['kept']> {
  const rows = await ctx.store.reports.cases(from)
  const { kept } = caseFigures(rows.filter(({ openedAt }) => openedAt >= from && openedAt < to))
  const told = ({ count, of }: Share): Told => share(count, of)
  return { claim: told(kept.claim), reach: told(kept.reach), outcome: told(kept.outcome) }
}

async function aucInUse(ctx: Context): Promise<Estimate | null> {
  const no = await modelInUse(ctx)
  const model = no === null ? null : await ctx.store.models.get(no)
  if (model === null) return null
  const { rows, leavers } = model.trial
  const { auc } = model.trial.model
  return leavers === 0 || leavers === rows ? null : aucEstimate(auc, leavers, rows - leavers)
}
