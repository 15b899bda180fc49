import { medianOf } from '../features/median.ts'

/** Deviations from which on a value counts for less (Huber 1964); 95 % as good as the mean where nothing is odd. */
const BEND = 1.345
/** Median absolute deviation of a normal distribution, in standard deviations. */
const NORMAL = 0.6745
/** What makes it unbiased for few values, from two on (Croux and Rousseeuw 1992). */
const FEW = [1.196, 1.495, 1.363, 1.206, 1.2, 1.14, 1.129, 1.107]

/** Standard deviation told from the median absolute deviation: up to half of the values may be odd. At least two values. */
export function robustScatter(values: readonly number[]): number {
  const middle = medianOf(values)
  const deviation = medianOf(values.map((value) => Math.abs(value - middle))) / NORMAL
  const count = values.length
  return deviation * (FEW[count - 2] ?? count / (count - 0.8))
}

/** Where a quantity was taken to lie before anything was measured. */
export interface Belief {
  readonly place: number
  /** Standard deviation. */
  readonly spread: number
}

const ROUNDS = 50
const STILL = 1e-9

/**
 * Where values of a known spread lie (Huber's estimate, weighed against a belief), and the standard error of it. No single
 * value moves it by more than BEND times the spread over the weight of all.
 */
export function settle(
  values: readonly number[],
  spread: number,
  belief: Belief,
): { readonly place: number; readonly error: number } {
  const trust = 1 / belief.spread ** 2
  let place = values.length === 0 ? belief.place : medianOf(values)
  let precision = trust
  for (let round = 0; round < ROUNDS; round += 1) {
    let [sum, weights] = [0, 0]
    for (const value of values) {
      const weight = Math.min(1, (BEND * spread) / Math.abs(value - place))
      sum += weight * value
      weights += weight
    }
    precision = trust + weights / spread ** 2
    const next = (trust * belief.place + sum / spread ** 2) / precision
    const moved = Math.abs(next - place)
    place = next
    if (moved < STILL) break
  }
  return { place, error: Math.sqrt(1 / precision) }
}

/** What a deviation costs in Huber's estimate, in nats: as the square near by, as the distance far off. */
export function oddness(deviation: number, spread: number): number {
  const size = Math.abs(deviation) / spread
  return size <= BEND ? size ** 2 / 2 : BEND * size - BEND ** 2 / 2
}
