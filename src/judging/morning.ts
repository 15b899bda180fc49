import type { Alert, AlertState } from '../alerts/alert.ts'
import type { CareStep } from '../alerts/care-plan.ts'
import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Person } from '../records/person.ts'
import { instantOf, midnightBefore } from '../records/zone.ts'
import { MORNING, type MorningPart, morningPart } from '../reports/morning.ts'
import type { Customer } from '../timeline/history.ts'
import { careOf } from './care-course.ts'
import { type MineToTell, mineToTell } from './theme-told.ts'

/** What today asks of one person. */
export interface MorningList {
  /** In the order they press; parts without a case are left out. */
  readonly parts: readonly {
    readonly part: MorningPart
    readonly cases: readonly { readonly alert: Alert; readonly customer: Customer }[]
  }[]
  /** Steps of the plan for customers in danger, the soonest due first. */
  readonly planned: readonly { readonly alert: Alert; readonly customer: Customer; readonly step: CareStep }[]
  readonly toTell: readonly MineToTell[]
  /** Cases held or asked of, whatever today asks. */
  readonly total: number
}

const HELD: readonly AlertState[] = ['claimed', 'contacted', 'snoozed', 'watch']

/** Cases out of which everybody's list is made. */
export function morningCases(ctx: Context): Promise<Alert[]> {
  return ctx.store.alerts.list({ states: [...HELD, 'open'] })
}

export async function morningOf(
  ctx: Context,
  { id, timeZone }: Pick<Person, 'id' | 'timeZone'>,
  cases: readonly Alert[],
): Promise<MorningList> {
  const now = ctx.clock.now()
  const endOfDay = new Date(instantOf(midnightBefore(now.getTime(), timeZone) + DAY, timeZone) - 1)
  const held = cases.filter(({ state, owner }) => state !== 'open' && owner === id)
  const all = [...held, ...cases.filter(({ state, assignee }) => state === 'open' && assignee === id)]
  const customers = await ctx.store.customers.many(all.map(({ customer }) => customer))
  const parts = MORNING.map((part) => ({
    part,
    cases: all
      .filter((alert) => morningPart(alert, now, endOfDay) === part)
      .sort(byDeadline)
      .map((alert) => ({ alert, customer: customers.get(alert.customer)! })),
  }))
  return {
    parts: parts.filter(({ cases: some }) => some.length > 0),
    planned: await plannedOf(ctx, id, held, now),
    toTell: await mineToTell(ctx, id),
    total: all.length,
  }
}

/** Whether there is nothing that somebody would have to be told in the morning. */
export function asksNothing({ parts, planned, toTell }: MorningList): boolean {
  return parts.length + planned.length + toTell.length === 0
}

/** Cases of this person whose plan asks for something now; who was kept stays in it until its weeks are over. */
async function plannedOf(ctx: Context, owner: string, held: readonly Alert[], now: Date) {
  const since = now.getTime() - ctx.carePlan.weeks * 7 * DAY
  const kept = await ctx.store.alerts.list({ states: ['retained'], owner })
  const all = [...held, ...kept].filter(
    ({ openedAt, state }) => openedAt.getTime() > since && state !== 'snoozed',
  )
  const customers = await ctx.store.customers.many(all.map(({ customer }) => customer))
  const planned = []
  for (const alert of all) {
    const customer = customers.get(alert.customer)
    if (customer === undefined) continue
    const [step] = (await careOf(ctx, alert, customer))?.due ?? []
    if (step !== undefined) planned.push({ alert, customer, step })
  }
  return planned.sort((a, b) => +a.step.dueAt - +b.step.dueAt || a.alert.no - b.alert.no)
}

function byDeadline(a: Alert, b: Alert): number {
  const at = ({ due, watchUntil, snoozedUntil }: Alert) => +(due[0]?.at ?? snoozedUntil ?? watchUntil ?? 0)
  return a.tier.localeCompare(b.tier) || at(a) - at(b) || a.no - b.no
}
