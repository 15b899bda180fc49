import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
import { featureOr } from './feature-of.ts'

/** A lifetime value in minor units, and whether we estimated it because the CRM declares none. */
export interface Ltv {
  readonly minor: number
  readonly estimated: boolean
}

const TOP_SHARE = 0.3

/** The declared LTV, else the profile's estimate, else null. */
export function ltvOf(history: History, profile: Profile): Ltv | null {
  if (history.customer.ltvMinor !== null) return { minor: history.customer.ltvMinor, estimated: false }
  if (profile.ltv === undefined) return null
  const minor = featureOr(history, profile.ltv)
  return Number.isFinite(minor) ? { minor: Math.round(minor), estimated: true } : null
}

/**
 * The LTV from which a customer is of high value: the top `share` of all known values (minor units; null and NaN are
 * skipped). Infinity when nobody stands out: no value is known, or the threshold would be the lowest value of all.
 */
export function highValueThreshold(ltvs: Iterable<number | null>, share = TOP_SHARE): number {
  const known = Float64Array.from(
    [...ltvs].filter((ltv): ltv is number => ltv !== null && Number.isFinite(ltv)),
  )
  known.sort()
  if (known.length === 0) return Number.POSITIVE_INFINITY
  const count = Math.max(1, Math.floor(known.length * share))
  const threshold = known[known.length - count]!
  return known.length > 1 && threshold === known[0] ? Number.POSITIVE_INFINITY : threshold
}

/** The CRM's tier decides where it is declared; else the LTV against `from` (see highValueThreshold). */
export function isHighValue(history: History, profile: Profile, from: number): boolean {
  const { valueTier } = history.customer
  if (valueTier !== null) return valueTier === 'high'
  const ltv = ltvOf(history, profile)
  return ltv !== null && ltv.minor >= from
}
