import { roomFor } from '../features/memory.ts'
import { atPlace } from '../features/order-statistic.ts'
import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
import type { Ltv } from './assessment.ts'
import { featureOr } from './feature-of.ts'

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
 * skipped). Infinity when nobody stands out: no value is known or above 0, or the threshold would be the lowest value of all.
 */
export function highValueThreshold(ltvs: ArrayLike<number | null>, share = TOP_SHARE): number {
  let count = 0
  const all = roomFor(Float64Array, ltvs.length)
  for (let index = 0; index < ltvs.length; index += 1) {
    const ltv = ltvs[index]!
    if (ltv !== null && Number.isFinite(ltv)) all[count++] = ltv
  }
  return thresholdAmong(all.subarray(0, count), share)
}

/** The same of known values alone, whose order changes. */
export function thresholdAmong(known: Float64Array, share = TOP_SHARE): number {
  const count = known.length
  if (count === 0) return Number.POSITIVE_INFINITY
  let lowest = Number.POSITIVE_INFINITY
  for (let index = 0; index < count; index += 1) if (known[index]! < lowest) lowest = known[index]!
  const threshold = atPlace(known, count - Math.max(1, Math.floor(count * share)))
  return threshold <= 0 || (count > 1 && threshold === lowest) ? Number.POSITIVE_INFINITY : threshold
}

/** The CRM's tier decides where it is declared; else the LTV against `from` (see highValueThreshold). */
export function isHighValue(history: History, profile: Profile, from: number): boolean {
  const { valueTier } = history.customer
  if (valueTier !== null) return valueTier === 'high'
  const ltv = ltvOf(history, profile)
  return ltv !== null && ltv.minor >= from
}
