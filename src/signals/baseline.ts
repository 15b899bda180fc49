/** How moods usually are, between customers and within one: what a customer with few voices is drawn to. */
export interface MoodPrior {
  /** Mean of the customers' usual moods, -1..1. */
  readonly mean: number
  /** Standard deviation between the customers' usual moods. */
  readonly between: number
  /** Standard deviation of one customer's voices around their usual mood. */
  readonly within: number
}

/** Taken until there are enough voices to learn from. */
export const USUAL_MOODS: MoodPrior = { mean: 0.3, between: 0.3, within: 0.4 }

/** A customer's usual mood, and how surely it is known. */
export interface Baseline {
  readonly mean: number
  /** Standard deviation of the customer's voices around it. */
  readonly spread: number
  /** Standard error of the mean. */
  readonly error: number
  /** Own voices it rests on. */
  readonly voices: number
  /** Share of the own voices that are positive, 0..1; null without any. */
  readonly positive: number | null
}

/** Customers with two voices or more that are needed before their moods replace the usual ones. */
const ENOUGH = 30
const LEAST_SPREAD = 0.15
/** Voices the prior weighs when a customer's own spread is judged. */
const SPREAD_PRIOR = 3
const POSITIVE = 0.1

/** The prior of a population: each item holds one customer's moods. Analysis of variance, one way, random effects. */
export function priorOf(customers: Iterable<readonly number[]>): MoodPrior {
  let [groups, voices, meanSum, meanSquares, within, inverse] = [0, 0, 0, 0, 0, 0]
  for (const moods of customers) {
    if (moods.length < 2) continue
    const mean = average(moods)
    groups += 1
    voices += moods.length
    meanSum += mean
    meanSquares += mean * mean
    within += squares(moods, mean)
    inverse += 1 / moods.length
  }
  if (groups < ENOUGH) return USUAL_MOODS
  const inside = within / (voices - groups)
  const mean = meanSum / groups
  const ofMeans = (meanSquares - groups * mean * mean) / (groups - 1)
  const between = ofMeans - (inside * inverse) / groups
  return {
    mean,
    between: Math.max(LEAST_SPREAD, Math.sqrt(Math.max(0, between))),
    within: Math.max(LEAST_SPREAD, Math.sqrt(inside)),
  }
}

/** The customer's own moods weighed against the prior: the fewer, the nearer to it. */
export function baselineOf(moods: readonly number[], prior: MoodPrior): Baseline {
  const count = moods.length
  const own = count === 0 ? prior.mean : average(moods)
  const freedom = Math.max(0, count - 1)
  const variance =
    (SPREAD_PRIOR * prior.within ** 2 + (count > 1 ? squares(moods, own) : 0)) / (SPREAD_PRIOR + freedom)
  const spread = Math.max(LEAST_SPREAD, Math.sqrt(variance))
  const precision = count / spread ** 2 + 1 / prior.between ** 2
  return {
    mean: ((count * own) / spread ** 2 + prior.mean / prior.between ** 2) / precision,
    spread,
    error: Math.sqrt(1 / precision),
    voices: count,
    positive: count === 0 ? null : moods.filter((mood) => mood > POSITIVE).length / count,
  }
}

/** How far `mean`, the mean of `count` voices, lies below the baseline, in standard deviations of what is to be expected. */
export function breakOf(baseline: Baseline, mean: number, count: number): number {
  return (baseline.mean - mean) / Math.sqrt(baseline.error ** 2 + baseline.spread ** 2 / count)
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function squares(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}
