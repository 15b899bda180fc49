import { robustScatter, settle } from './robust.ts'

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

/** How moods usually are among everyone, and in each group of similar customers. */
export interface MoodPriors {
  readonly everyone: MoodPrior
  /** Of a group nobody speaks in: everyone's. */
  of(group: number): MoodPrior
}

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

/** What is known of one group's moods, added up customer by customer. */
class Tally {
  #customers = 0
  #voices = 0
  #means = 0
  #meanSquares = 0
  #within = 0
  #inverse = 0

  /** Someone who spoke once tells nothing of how far moods lie apart, and is left out. */
  add(moods: readonly number[]): void {
    if (moods.length < 2) return
    const mean = average(moods)
    this.#customers += 1
    this.#voices += moods.length
    this.#means += mean
    this.#meanSquares += mean * mean
    this.#within += moods.reduce((sum, mood) => sum + (mood - mean) ** 2, 0)
    this.#inverse += 1 / moods.length
  }

  /**
   * Analysis of variance, one way, random effects, drawn to what is usual as if that were ENOUGH customers more: a small
   * group has little to say of its own.
   */
  drawnTo(usual: MoodPrior): MoodPrior {
    const customers = this.#customers
    if (customers < 2) return usual
    const inside = this.#within / (this.#voices - customers)
    const mean = this.#means / customers
    const ofMeans = (this.#meanSquares - customers * mean * mean) / (customers - 1)
    const between = Math.max(0, ofMeans - (inside * this.#inverse) / customers)
    const share = customers / (customers + ENOUGH)
    const mixed = (own: number, other: number) =>
      Math.max(LEAST_SPREAD, Math.sqrt(share * own + (1 - share) * other ** 2))
    return {
      mean: share * mean + (1 - share) * usual.mean,
      between: mixed(between, usual.between),
      within: mixed(inside, usual.within),
    }
  }

  get isEnough(): boolean {
    return this.#customers >= ENOUGH
  }
}

/** How moods usually are, from each customer's moods and the group of similar customers they belong to. */
export function moodPriors(
  customers: Iterable<{ readonly group: number; readonly moods: readonly number[] }>,
): MoodPriors {
  const all = new Tally()
  const groups = new Map<number, Tally>()
  for (const { group, moods } of customers) {
    all.add(moods)
    const own = groups.get(group) ?? new Tally()
    own.add(moods)
    groups.set(group, own)
  }
  const everyone = all.isEnough ? all.drawnTo(USUAL_MOODS) : USUAL_MOODS
  const known = new Map([...groups].map(([group, own]) => [group, own.drawnTo(everyone)]))
  return { everyone, of: (group) => known.get(group) ?? everyone }
}

/**
 * The customer's own moods weighed against the prior: the fewer, the nearer to it. A voice far from the others counts
 * for little, so that one bad day neither moves what is usual nor hides the next one.
 */
export function baselineOf(moods: readonly number[], prior: MoodPrior): Baseline {
  const count = moods.length
  const freedom = Math.max(0, count - 1)
  const own = count < 2 ? 0 : robustScatter(moods) ** 2
  const variance = (SPREAD_PRIOR * prior.within ** 2 + freedom * own) / (SPREAD_PRIOR + freedom)
  const spread = Math.max(LEAST_SPREAD, Math.sqrt(variance))
  const { place, error } = settle(moods, spread, { place: prior.mean, spread: prior.between })
  return {
    mean: place,
    spread,
    error,
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
