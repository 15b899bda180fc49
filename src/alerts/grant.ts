import type { Entitlement } from '../features/profile.ts'
import { mayActAs, type Role } from '../records/person.ts'
import type { AlertTier } from '../risk/assessment.ts'
import { same, type Text, text } from '../text.ts'
import { OTHER_GIFT } from './alert.ts'

/** What may be given to keep a customer, by whom, and up to how much a case. */

/** Who holds entitlements; admins give what managers may, without a limit. */
export const GRANTERS = ['csm', 'manager'] as const
export type Granter = (typeof GRANTERS)[number]

/** The most that one case may cost, in minor units, by tier and by who gives it. */
export type GrantLimits = Readonly<Record<AlertTier, Readonly<Record<Granter, number>>>>

/** Why something may not be given. */
export type GrantRefusal =
  | { readonly why: 'role'; readonly entitlement: Entitlement }
  | { readonly why: 'tier'; readonly entitlement: Entitlement; readonly tier: AlertTier }
  | { readonly why: 'limit'; readonly limitMinor: number; readonly tier: AlertTier }

/** The entitlement that somebody means, by its name or by its words in either language; null: it is on no list. */
export function entitlementNamed(all: readonly Entitlement[] = [], said: string): Entitlement | null {
  return all.find(({ name, label }) => [name, label.zh, label.en].includes(said)) ?? null
}

/** What a case's outcome says was given, as each reader reads it: words of one's own as they were written; null: nothing. */
export function givenWords(all: readonly Entitlement[] | undefined, written: string): Text | null {
  if (written === '') return null
  if (written === OTHER_GIFT) return text('其他', 'Other')
  return entitlementNamed(all, written)?.label ?? same(written)
}

/** The entitlements for cases of a tier that this role may give. */
export function mayGrant(all: readonly Entitlement[], tier: AlertTier, role: Role): Entitlement[] {
  return all.filter((each) => each.tiers.includes(tier) && mayActAs(role, each.role))
}

/** Minor units a case; null: no limit. */
export function grantLimit(limits: GrantLimits, tier: AlertTier, role: Role): number | null {
  if (role === 'admin') return null
  return role === 'manager' ? limits[tier].manager : role === 'csm' ? limits[tier].csm : 0
}

/** Null: it may be given. What is not in the list is bound by its cost alone. */
export function refusesGrant(
  given: { readonly entitlement: Entitlement | null; readonly costMinor: number },
  tier: AlertTier,
  role: Role,
  limits: GrantLimits,
): GrantRefusal | null {
  const { entitlement, costMinor } = given
  if (entitlement !== null && !entitlement.tiers.includes(tier)) return { why: 'tier', entitlement, tier }
  if (entitlement !== null && !mayActAs(role, entitlement.role)) return { why: 'role', entitlement }
  const limitMinor = grantLimit(limits, tier, role)
  return limitMinor !== null && costMinor > limitMinor ? { why: 'limit', limitMinor, tier } : null
}
