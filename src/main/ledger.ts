import type { Action, Alert, SlaClock, Verb } from '../alerts/alert.ts'
import { SOON } from '../alerts/warning.ts'
import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import type { DayNumber } from '../demo/calendar.ts'
import { DEMO_START, dayAt, dayNumber, dayOf } from '../demo/calendar.ts'
import type { Company } from '../demo/company.ts'
import { leavingDay } from '../demo/foresight.ts'
import type { Capacity, GradedCase, GradedCustomer, Ledger } from '../demo/grade.ts'
import { isWorse } from '../risk/assessment.ts'
import type { Database } from '../store/database.ts'
import { openDirectory } from './floor.ts'
import type { Transcript } from './transcript.ts'

const FIRST = dayNumber(dayAt(DEMO_START))

/** Puts together what a run has left behind, from the program's own tables, the transcript and the truth. */
export async function ledgerOf(
  ctx: Context,
  database: Database,
  company: Company,
  transcript: Transcript,
  days: number,
): Promise<Ledger> {
  const alerts = await ctx.store.alerts.list({})
  const actions = new Map<string, Action[]>()
  for (const alert of alerts) actions.set(alert.id, await ctx.store.alerts.actions(alert.id))
  const all = [...actions.values()].flat()
  const made = (wanted: Verb) => all.filter(({ verb }) => verb === wanted).length
  const ranOut = (clock: SlaClock) =>
    all.filter(({ verb, detail }) => verb === 'overdue' && detail.clock === clock).length
  const oracle = openOracle(company, ctx.profile.churn.inactiveDays, days)
  const directory = openDirectory(ctx, company)
  const cases: GradedCase[] = []
  for (const alert of alerts) {
    const { id } = await directory(alert.customer)
    cases.push(gradedCase(alert, actions.get(alert.id)!, id, oracle))
  }
  return {
    days,
    customers: oracle.customers(),
    cases,
    claims: made('claim'),
    escalations: { claim: ranOut('claim'), reach: ranOut('reach'), outcome: ranOut('outcome') },
    retained: {
      marked: all.filter(({ to, from, verb }) => to === 'watch' && from !== 'watch' && verb !== 'open')
        .length,
      confirmed: made('confirm'),
      relapsed: made('relapse'),
    },
    posts: transcript.posts,
    lost: (await undelivered(database)) + (await unseen(ctx, alerts, transcript)),
    capacity: await capacityOf(ctx, alerts, days),
  }
}

function gradedCase(alert: Alert, actions: readonly Action[], customer: string, oracle: Oracle): GradedCase {
  // A case counts under the worst tier it was ever in, however it ended.
  const tiers = actions.flatMap(({ detail }) => [detail.fromTier ?? alert.tier, detail.toTier ?? alert.tier])
  const tier = tiers.reduce((worst, each) => (isWorse(each, worst) ? each : worst), alert.tier)
  const opened = (alert.openedAt.getTime() - DEMO_START.getTime()) / DAY
  return { customer, tier, opened, leaves: oracle.leavesAfter(customer, alert.openedAt) }
}

/** What would have been: every answer is lived again from the same streams. */
interface Oracle {
  /** Everyone, had nobody ever spoken with them. */
  customers(): GradedCustomer[]
  /** The day someone leaves if nobody speaks with them from an instant on. */
  leavesAfter(customer: string, at: Date): number | null
}

export function openOracle(company: Company, inactiveDays: number, days: number): Oracle {
  const until: DayNumber = FIRST + days + SOON + inactiveDays
  const leaves = (customer: string, asOf: DayNumber): number | null => {
    const spoken = company.conversations(customer).filter(({ day }) => day < asOf)
    const prints = company.foresee(customer, spoken, dayOf(until))
    const day = leavingDay(prints, asOf, until, inactiveDays)
    return day === null ? null : day - FIRST
  }
  return {
    customers: () =>
      company.truth().map(({ customer, alike, leaving }) => ({
        id: customer,
        alike,
        leaving,
        leaves: leaves(customer, FIRST),
      })),
    leavesAfter: (customer, at) => leaves(customer, dayNumber(dayAt(at))),
  }
}

/** Relapses come back to whoever knows the customer, and are not part of a day's share. */
async function capacityOf(ctx: Context, alerts: readonly Alert[], days: number): Promise<Capacity> {
  const daily = (await ctx.settings()).capacity
  const asked = new Map<string, number>()
  for (const { assignee, openedAt, trigger } of alerts) {
    const isCsm = assignee !== null && ctx.people.get(assignee)?.role === 'csm'
    if (!isCsm || trigger !== 'risk') continue
    const key = `${assignee} ${dayAt(openedAt)}`
    asked.set(key, (asked.get(key) ?? 0) + 1)
  }
  const loads = [...asked.values()]
  const runs = await ctx.store.assessments.runs(days + 1)
  return {
    daily,
    busiest: Math.max(0, ...loads),
    over: loads.filter((load) => load > daily).length,
    deferred: new Set(runs.flatMap(({ deferred }) => deferred)).size,
  }
}

async function undelivered(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM outbox WHERE state <> 'sent'`,
  )
  return rows[0]!.count
}

/** Cards that the tables say are shown and the chat never received. */
async function unseen(ctx: Context, alerts: readonly Alert[], { posts }: Transcript): Promise<number> {
  const arrived = new Set(posts.map(({ card }) => card))
  let missing = 0
  for (const { id } of alerts) {
    const cards = await ctx.store.outbox.cardsOf(id)
    missing += cards.filter((card) => card.message !== null && !arrived.has(card.id)).length
  }
  return missing
}
