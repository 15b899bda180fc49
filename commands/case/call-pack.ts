import type { Alert } from '../../src/alerts/alert.ts'
import { givenWords } from '../../src/alerts/grant.ts'
import { whenToCall } from '../../src/alerts/reach.ts'
import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { parentsOf } from '../../src/features/kind-tree.ts'
import { careOf } from '../../src/judging/care-course.ts'
import type { Person } from '../../src/records/person.ts'
import type { CallPack } from '../../templates/call-pack.ts'
import { moneyView } from './customer.ts'
import { grantView } from './grant.ts'
import { nameOf } from './move.ts'

/** Older habits are another life. */
const HABIT_DAYS = 365

/**
 * What the first call needs; null: a case nobody phones about at once (P2), or what is known could not be read. The
 * claim stands by then, so this never throws.
 */
export async function callPack(ctx: Context, alert: Alert, by: Person): Promise<CallPack | null> {
  if (alert.tier === 'P2') return null
  try {
    const customer = await ctx.store.customers.get(alert.customer)
    if (customer === null) return null
    const now = ctx.clock.now()
    const timeZone = customer.timeZone ?? ctx.config.company.timeZone
    const manager = ctx.people.get(customer.owner ?? alert.owner ?? '')?.lead ?? null
    return {
      alert,
      customer,
      reach: whenToCall(await seenAt(ctx, customer.id), timeZone, now),
      before: await caseBefore(ctx, alert),
      grant: await grantView(ctx, by, alert),
      money: moneyView(ctx),
      plays: ctx.profile.plays,
      care: await careOf(ctx, alert, customer),
      managerName: nameOf(ctx, manager === null ? null : (ctx.people.get(manager)?.lead ?? manager)),
    }
  } catch (error) {
    ctx.log.error({ error, alert: alert.no }, 'no call pack could be made')
    return null
  }
}

/**
 * Instants at which the customer spoke to us or did what shows life in this industry. Straight from the rows: many
 * claim at once, and bringing everyone's histories up to date for each would hold all of them up.
 */
function seenAt(ctx: Context, customer: string): Promise<readonly number[]> {
  const alive = new Set(ctx.profile.churn.kinds)
  for (const [kind, parent] of parentsOf(ctx.profile)) if (alive.has(parent)) alive.add(kind)
  const since = new Date(ctx.clock.now().getTime() - HABIT_DAYS * DAY)
  return ctx.store.customers.seenAt(customer, [...alive], since)
}

async function caseBefore(ctx: Context, { customer, no }: Alert): Promise<CallPack['before']> {
  const staff = ctx.people.all.map(({ id }) => id)
  const earlier = (await ctx.store.alerts.ofCustomer(customer)).filter((each) => each.no < no)
  for (const { id, no: before, outcome } of earlier.toSorted((a, b) => b.no - a.no)) {
    const words = (await ctx.store.alerts.lastNote(id, staff)) ?? outcome?.action ?? ''
    const given = givenWords(ctx.profile.entitlements, outcome?.entitlement ?? '')
    if (words !== '') return { no: before, words, entitlement: given }
  }
  return null
}
