import type { CustomerFacts } from '../timeline/history.ts'
import type { FeatureMatrix } from './kernel.ts'
import { atPlace } from './order-statistic.ts'
import type { Profile } from './profile.ts'

export const VALUE = { low: 0, mid: 1, high: 2, unknown: 255 } as const

/** Shares of all known lifetime values from the top: high value, and at least mid value. */
const TOP = { high: 0.3, mid: 0.7 }

/**
 * Everyone's value: the CRM's declared tier, else the LTV (declared, else the profile's estimate) among all others:
 * from `highValueFrom` on high (absent: the top 30 %), the top 70 % at least mid, the rest low.
 */
export function valuesOf(input: {
  readonly profile: Profile
  readonly facts: readonly CustomerFacts[]
  readonly matrix: Pick<FeatureMatrix, 'index' | 'names' | 'values'>
  readonly highValueFrom?: number
}): Uint8Array {
  const { facts } = input
  const ltvs = ltvsOf(input)
  const known = ltvs.filter((ltv) => !Number.isNaN(ltv))
  const from = (share: number) =>
    known.length === 0
      ? Number.NaN
      : atPlace(known, known.length - Math.max(1, Math.floor(known.length * share)))
  const high = input.highValueFrom ?? from(TOP.high)
  const mid = from(TOP.mid)
  return Uint8Array.from(facts, ({ valueTier }, customer) => {
    if (valueTier !== null) return VALUE[valueTier]
    const ltv = ltvs[customer]!
    if (Number.isNaN(ltv)) return VALUE.unknown
    return ltv >= high ? VALUE.high : ltv >= mid ? VALUE.mid : VALUE.low
  })
}

function ltvsOf({ profile, facts, matrix }: Parameters<typeof valuesOf>[0]): Float64Array {
  const slot = profile.ltv === undefined ? undefined : matrix.index.get(profile.ltv)
  return Float64Array.from(facts, ({ ltvMinor }, customer) => {
    const estimated = slot === undefined ? Number.NaN : matrix.values[customer * matrix.names.length + slot]!
    return ltvMinor ?? estimated
  })
}
