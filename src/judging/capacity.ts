import type { BudgetTerms } from '../alerts/budget.ts'
import { shareOut } from '../alerts/budget.ts'
import type { NightStep } from '../alerts/plan.ts'
import type { Context } from '../context.ts'
import { instantOf, midnightBefore } from '../records/zone.ts'
import type { NightlyVerdicts } from '../risk/scorer.ts'

/** A step to apply now, and who is asked to take the case it opens. */
export type AssignedStep = NightStep & { readonly assignee: string | null }

/** What of tonight's plan the team has room for; fresh cases that find none wait for the next night. */
export async function withinCapacity(
  ctx: Context,
  steps: readonly NightStep[],
  { facts }: Pick<NightlyVerdicts, 'facts'>,
  at: Date,
): Promise<{ readonly now: readonly AssignedStep[]; readonly deferred: readonly NightStep[] }> {
  const fresh = steps.filter((step) => step.decision.act === 'open')
  const shares = shareOut(
    fresh.map(({ index, decision }) => {
      const { owner, region } = facts.at(index)!
      return { tier: decision.tier, keeper: owner, region }
    }),
    await termsAt(ctx, at),
  )
  const shareOf = new Map(fresh.map((step, index) => [step, shares[index]!]))
  const deferred = fresh.filter((step) => shareOf.get(step)!.act === 'defer')
  const now = steps.flatMap((step): AssignedStep[] => {
    const share = shareOf.get(step)
    if (share?.act === 'defer') return []
    return [{ ...step, assignee: share?.assignee ?? null }]
  })
  return { now, deferred }
}

/** Who is asked to take the cases of these customers, which cannot wait for the night; null: nobody can be. */
export async function askNow(
  ctx: Context,
  customers: readonly string[],
  at: Date,
): Promise<Map<string, string | null>> {
  const known = await ctx.store.customers.many(customers)
  const shares = shareOut(
    customers.map((id) => {
      const { owner = null, region = null } = known.get(id) ?? {}
      // Treated as the most urgent: they are opened now, whoever has to take them.
      return { tier: 'P0', keeper: owner, region }
    }),
    await termsAt(ctx, at),
  )
  return new Map(
    customers.map((id, index) => {
      const share = shares[index]!
      return [id, share.act === 'ask' ? share.assignee : null]
    }),
  )
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
