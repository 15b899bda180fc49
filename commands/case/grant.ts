import type { Alert } from '../../src/alerts/alert.ts'
import {
  entitlementNamed,
  type GrantLimits,
  grantLimit,
  mayGrant,
  refusesGrant,
} from '../../src/alerts/grant.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import type { Entitlement } from '../../src/features/profile.ts'
import type { Person } from '../../src/records/person.ts'
import { grantLimitsOf } from '../../src/settings/grant.ts'
import { type GrantView, grantRefused, NO_GIFT } from '../../templates/grant.ts'
import { nameOf } from './move.ts'

/**
 * What was given, as the outcome form or a line says it: a name of the list, its words, or words of one's own. It is written
 * down by its name, which each reader then reads in their own language.
 */
export function entitlementMeant(
  { profile }: Pick<Context, 'profile'>,
  said: string,
): { readonly entitlement: Entitlement | null; readonly written: string } {
  const word = said.trim()
  if (word === '' || word === NO_GIFT) return { entitlement: null, written: '' }
  const entitlement = entitlementNamed(profile.entitlements, word)
  return { entitlement, written: entitlement?.name ?? word }
}

/** @throws ForeshockError FORBIDDEN for what this person may not give on such a case */
export async function refuseTooMuch(
  ctx: Context,
  by: Person,
  alert: Alert,
  given: { readonly entitlement: Entitlement | null; readonly costMinor: number },
): Promise<void> {
  const refusal = refusesGrant(given, alert.tier, by.role, await limitsOf(ctx))
  if (refusal === null) return
  const said = grantRefused(refusal, ctx.config.company.currency, nameOf(ctx, managerAbove(ctx, by)))
  throw new ForeshockError('FORBIDDEN', said.what, said.hint)
}

/** What someone may give on a case, and what those above them may. */
export async function grantView(ctx: Context, by: Person, { tier }: Alert): Promise<GrantView> {
  const all = ctx.profile.entitlements ?? []
  const limits = await limitsOf(ctx)
  const own = mayGrant(all, tier, by.role)
  const above = mayGrant(all, tier, 'manager').filter((each) => !own.includes(each))
  return {
    own: own.map(({ label }) => label),
    ownLimitMinor: grantLimit(limits, tier, by.role),
    above: above.map(({ label }) => label),
    aboveLimitMinor: limits[tier].manager,
    isTop: by.role === 'manager' || by.role === 'admin',
  }
}

async function limitsOf(ctx: Context): Promise<GrantLimits> {
  const settings = await ctx.settings()
  return grantLimitsOf((name) => Number(settings.value(name)), ctx.config.company.currency)
}

/** The first above this person who decides on more; null: nobody is known. */
function managerAbove({ people }: Context, { lead }: Person): string | null {
  const seen = new Set<string>()
  for (let id = lead; id !== null && !seen.has(id); id = people.get(id)?.lead ?? null) {
    seen.add(id)
    const role = people.get(id)?.role
    if (role === 'manager' || role === 'admin') return id
  }
  return null
}
