import { medianOf } from '../features/median.ts'
import { ENOUGH } from './figure.ts'

/** A figure with the range it may truly have: the interval covers the truth in 95 of 100 such samples. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
  /** How many it rests on. */
  readonly of: number
}

/** How far a figure moved, with the range of that; `clear`: the range leaves out zero, so that it is no chance. */
export interface Change {
  readonly by: number
  readonly low: number
  readonly high: number
  readonly clear: boolean
}

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054

/** A share by Wilson's formula, which stays between 0 and 1 and is not certain of 0 of 12. `of` > 0. */
export function shareEstimate(count: number, of: number): Estimate {
  const value = count / of
  const weight = 1 + (Z * Z) / of
  const middle = (value + (Z * Z) / (2 * of)) / weight
  const reach = (Z / weight) * Math.sqrt((value * (1 - value)) / of + (Z * Z) / (4 * of * of))
  return around(value, middle, reach, of, 0, 1)
}

/** The same, or null while there are too few to judge by. */
export function knownShare(count: number, of: number): Estimate | null {
  return of < ENOUGH ? null : shareEstimate(count, of)
}

/** A mean from the count, sum and sum of squares, by Student's t. `of` > 1; the values lie between `least` and `most`. */
export function meanEstimate(sums: MeanSums, least: number, most: number): Estimate {
  const { of, sum, squares } = sums
  const value = sum / of
  const variance = Math.max(0, (squares - of * value * value) / (of - 1))
  return around(value, value, tPoint(of - 1) * Math.sqrt(variance / of), of, least, most)
}

export interface MeanSums {
  readonly of: number
  readonly sum: number
  readonly squares: number
}

/**
 * Those for minus those against, as a share of all (-1..1): what NPS is, over 100. The variance of +1, 0 and -1 is
 * p + d - (p - d)²; three made-up answers (¾ for, ¾ against, 1½ between) keep it from being certain of 12 out of 12
 * (Bonett and Price's adjusted Wald interval, as Sauro and Lewis give it for NPS).
 */
export function balanceEstimate(plus: number, minus: number, of: number): Estimate {
  const [all, up, down] = [of + 3, (plus + 0.75) / (of + 3), (minus + 0.75) / (of + 3)]
  const reach = Z * Math.sqrt((up + down - (up - down) ** 2) / all)
  return around((plus - minus) / of, up - down, reach, of, -1, 1)
}

/**
 * The middle of some values, with the two of them between which the true middle lies: their places follow from how heads and
 * tails fall, whatever the values' distribution. Some values at least.
 */
export function medianEstimate(values: readonly number[]): Estimate {
  const sorted = values.toSorted((a, b) => a - b)
  const of = sorted.length
  const reach = (Z / 2) * Math.sqrt(of)
  const at = (place: number) => sorted[Math.min(of - 1, Math.max(0, place))]!
  const low = at(Math.floor(of / 2 - reach) - 1)
  const high = at(Math.ceil(of / 2 + reach))
  return { value: medianOf(sorted), low, high, of }
}

/** What things that come by chance add up to: as many and as large might have come otherwise (compound Poisson). */
export function sumEstimate(values: readonly number[]): Estimate {
  const value = values.reduce((sum, each) => sum + each, 0)
  const reach = Z * Math.sqrt(values.reduce((sum, each) => sum + each * each, 0))
  return { value, low: Math.max(0, value - reach), high: value + reach, of: values.length }
}

/** The chance that one who left ranks above one who stayed, by Hanley and McNeil (1982). Both counts > 0. */
export function aucEstimate(auc: number, left: number, stayed: number): Estimate {
  const [one, other] = [auc / (2 - auc), (2 * auc * auc) / (1 + auc)]
  const spread = (left - 1) * (one - auc * auc) + (stayed - 1) * (other - auc * auc)
  const reach = Z * Math.sqrt((auc * (1 - auc) + spread) / (left * stayed))
  return around(auc, auc, reach, left + stayed, 0, 1)
}

/** Now minus before, its range made of theirs (Newcombe's method 10, which holds for any two independent figures). */
export function changeBetween(now: Estimate, before: Estimate): Change {
  const by = now.value - before.value
  const low = by - Math.hypot(now.value - now.low, before.high - before.value)
  const high = by + Math.hypot(now.high - now.value, before.value - before.low)
  return { by, low, high, clear: low > 0 || high < 0 }
}

/** An estimate on another scale, such as hundredths. */
export function scaled({ value, low, high, of }: Estimate, by: number): Estimate {
  return { value: value * by, low: low * by, high: high * by, of }
}

function around(
  value: number,
  middle: number,
  reach: number,
  of: number,
  least: number,
  most: number,
): Estimate {
  const low = Math.max(least, Math.min(value, middle - reach))
  const high = Math.min(most, Math.max(value, middle + reach))
  return { value, low, high, of }
}

/** The 97.5 % point of Student's t by its expansion in 1/df (Abramowitz and Stegun 26.7.5): exact to 0.1 % from 5 on. */
export function tPoint(df: number): number {
  const z3 = Z ** 3
  const z5 = Z ** 5
  const z7 = Z ** 7
  const z9 = Z ** 9
  return (
    Z +
    (z3 + Z) / (4 * df) +
    (5 * z5 + 16 * z3 + 3 * Z) / (96 * df ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * df ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * Z) / (92160 * df ** 4)
  )
}
