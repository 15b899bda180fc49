import type { CustomerFacts, Facts } from '../timeline/history.ts'
import type { FeatureMatrix } from './kernel.ts'
import { roomFor } from './memory.ts'
import { atPlace } from './order-statistic.ts'
import type { Pieces } from './pieces.ts'
import type { Profile } from './profile.ts'

export const VALUE = { low: 0, mid: 1, high: 2, unknown: 255 } as const

/** Shares of all known lifetime values from the top: high value, and at least mid value. */
const TOP = { high: 0.3, mid: 0.7 }

/**
 * Everyone's value: the CRM's declared tier, else the LTV (declared, else the profile's estimate) among all others:
 * from `highValueFrom` on high (absent: the top 30 %), the top 70 % at least mid, the rest low.
 */
export function* valuesOf(input: {
  readonly profile: Profile
  readonly facts: Facts
  readonly matrix: Pick<FeatureMatrix, 'index' | 'names' | 'values'>
  readonly highValueFrom?: number
}): Pieces<Uint8Array> {
  const { facts } = input
  const ltvs = yield* ltvsOf(input)
  yield
  const known = knownOf(ltvs)
  yield
  const from = (share: number) =>
    known.length === 0
      ? Number.NaN
      : atPlace(known, known.length - Math.max(1, Math.floor(known.length * share)))
  const high = input.highValueFrom ?? from(TOP.high)
  const mid = from(TOP.mid)
  yield
  const levels = roomFor(Uint8Array, facts.length)
  for (let customer = 0; customer < levels.length; customer += 1) {
    if (customer % CUSTOMERS === CUSTOMERS - 1) yield
    levels[customer] = levelOf(facts.at(customer)!, ltvs[customer]!, high, mid)
  }
  return levels
}

/** Customers looked at in one piece: their facts lie here and there in memory. */
const CUSTOMERS = 50_000

function levelOf({ valueTier }: CustomerFacts, ltv: number, high: number, mid: number): number {
  if (valueTier !== null) return VALUE[valueTier]
  if (Number.isNaN(ltv)) return VALUE.unknown
  // Who has brought nothing yet is the first among nobody.
  if (ltv <= 0) return VALUE.low
  return ltv >= high ? VALUE.high : ltv >= mid ? VALUE.mid : VALUE.low
}

/** A filter would call a function for each. */
function knownOf(ltvs: Float64Array): Float64Array {
  const known = roomFor(Float64Array, ltvs.length)
  let count = 0
  for (let customer = 0; customer < ltvs.length; customer += 1) {
    if (!Number.isNaN(ltvs[customer]!)) known[count++] = ltvs[customer]!
  }
  return known.subarray(0, count)
}

function* ltvsOf({ profile, facts, matrix }: Parameters<typeof valuesOf>[0]): Pieces<Float64Array> {
  const slot = profile.ltv === undefined ? undefined : matrix.index.get(profile.ltv)
  const width = matrix.names.length
  const ltvs = roomFor(Float64Array, facts.length)
  for (let customer = 0; customer < ltvs.length; customer += 1) {
    if (customer % CUSTOMERS === CUSTOMERS - 1) yield
    const estimated = slot === undefined ? Number.NaN : matrix.values[customer * width + slot]!
    ltvs[customer] = facts.at(customer)!.ltvMinor ?? estimated
  }
  return ltvs
}
