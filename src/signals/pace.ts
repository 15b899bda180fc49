import { DAY } from '../clock.ts'
import { average } from './baseline.ts'

/** How often something happens, and how surely that is known. */
export interface Pace {
  /** How many times it was seen; fewer where it came in bursts, which tell less than as many on their own. */
  readonly times: number
  /** In so many days. */
  readonly days: number
}

/** How many intervals the even flow of chance weighs against the customer's own when bursts are judged. */
const EVEN = 4

/**
 * The pace of instants (milliseconds, oldest first, at least two) seen within so many days. Intervals that vary more than those of
 * chance (squared coefficient of variation above 1) come in bursts, and each burst counts for one.
 */
export function paceOf(at: readonly number[], days: number): Pace {
  const gaps = at.slice(1).map((instant, index) => (instant - at[index]!) / DAY)
  const mean = average(gaps)
  const squares = gaps.reduce((sum, gap) => sum + (gap / mean - 1) ** 2, 0)
  const bursts = (squares + EVEN) / (gaps.length + EVEN)
  return { times: at.length / Math.max(1, bursts), days }
}

/**
 * Chance, 0..1, that something of this pace happens at most so many times in so many days: gamma-Poisson, as the pace itself is known
 * from a short time only, and so kinder than a pace taken as certain.
 */
export function chanceOfAtMost(most: number, days: number, pace: Pace): number {
  const share = pace.days / (pace.days + days)
  let term = share ** pace.times
  let sum = term
  for (let count = 1; count <= most; count += 1) {
    term *= ((pace.times + count - 1) / count) * (1 - share)
    sum += term
  }
  return Math.min(1, sum)
}
