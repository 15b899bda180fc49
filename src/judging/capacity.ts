import type { BudgetTerms } from '../alerts/budget.ts'
import { shareOut } from '../alerts/budget.ts'
import type { Step } from '../alerts/plan.ts'
import type { Context } from '../context.ts'
import { mayActAs } from '../records/person.ts'
import { instantOf, midnightBefore } from '../records/zone.ts'
import type { CustomerFacts } from '../timeline/history.ts'

/** Steps to apply now, each with who is asked to take the case it opens, and those that wait. */
export interface Shared<S> {
  readonly now: readonly (S & { readonly assignee: string | null })[]
  readonly deferred: readonly S[]
}

/**
 * What of these steps, the most urgent first, the team has room for today; fresh cases that find none, except P0, wait for
 * the next night.
 *
 * @param whose the customer of a step; null: nothing is known of them
 */
export async function withinCapacity<S extends Step>(
  ctx: Context,
  steps: readonly S[],
  whose: (step: S) => Pick<CustomerFacts, 'owner' | 'region'> | null,
  at: Date,
): Promise<Shared<S>> {
  const fresh = steps.filter((step) => step.decision.act === 'open')
  if (fresh.length === 0) return { now: steps.map((step) => ({ ...step, assignee: null })), deferred: [] }
  const shares = shareOut(
    fresh.map((step) => {
      const { owner = null, region = null } = whose(step) ?? {}
      return { tier: step.decision.tier, keeper: owner, region }
    }),
    await termsAt(ctx, at),
  )
  const shareOf = new Map(fresh.map((step, index) => [step, shares[index]!]))
  const deferred = fresh.filter((step) => shareOf.get(step)!.act === 'defer')
  const now = steps.flatMap((step) => {
    const share = shareOf.get(step)
    if (share?.act === 'defer') return []
    return [{ ...step, assignee: share?.assignee ?? null }]
  })
  return { now, deferred }
}

/**
 * Who is asked to take the case of somebody who slipped: whoever kept them before, and whoever a fresh case would go to once
 * those have left the team or take no more cases. It waits for no day with room.
 *
 * @param keptBy who had the case before
 */
export async function takerAfter(
  ctx: Context,
  keptBy: string | null,
  customer: Pick<CustomerFacts, 'owner' | 'region'> | null,
  at: Date,
): Promise<string | null> {
  if (takesCases(ctx, keptBy)) return keptBy
  const { owner = null, region = null } = customer ?? {}
  const [share] = shareOut([{ tier: 'P0', keeper: owner, region }], await termsAt(ctx, at))
  return share?.act === 'ask' ? share.assignee : null
}

/** False for who has left the team, and for who may only look on. */
export function takesCases({ people }: Pick<Context, 'people'>, id: string | null): boolean {
  const person = id === null ? null : people.get(id)
  return person !== null && mayActAs(person.role, 'csm')
}

async function termsAt(ctx: Context, at: Date): Promise<BudgetTerms> {
  return {
    capacity: (await ctx.settings()).capacity,
    people: ctx.people.all,
    today: await ctx.store.alerts.askedSince(startOfDay(at, ctx.config.company.timeZone)),
  }
}

/** The last midnight of the team. */
export function startOfDay(at: Date, timeZone: string): Date {
  return new Date(instantOf(midnightBefore(at.getTime(), timeZone), timeZone))
}
