import { countTail } from './tail.ts'

/** What a series usually does. */
export interface Baseline {
  /** Voices on an ordinary day. */
  readonly rate: number
  /** How much was counted to know the rate, in voices. */
  readonly seen: number
  /** Of its own, by day mod 7; 1 where it keeps to everyone's rhythm. */
  readonly weekdays: Float64Array
  /** Beyond chance: variance is mean + dispersion * mean². */
  readonly dispersion: number
  /** What the dispersion rests on, to be pooled over series. */
  readonly moments: { readonly excess: number; readonly squares: number }
  /** Days since it was first heard of. */
  readonly age: number
  /** Days left out: outages, and earlier storms. */
  readonly left: Uint8Array
}

/** What is known of a series before it is looked at: how its like behave. */
export interface Prior {
  readonly mean: number
  readonly dispersion: number
  /** It could have been heard all the time: days before the first one are days without, not days before it began. */
  readonly isOld?: true
}

/** The newest days are under suspicion and teach nothing. */
export const GAP = 7
/** A day counts half as much so many days later. */
const HALF_LIFE = 21
/** The prior counts as one voice. */
const PRIOR_SEEN = 1
/** Voices a weekday needs to have a rhythm of its own. */
const WEEKDAY_SEEN = 30
/** Weight of the pooled dispersion against the series' own sum of squared means. */
const PRIOR_SQUARES = 200
const LEAST_DISPERSION = 0.01
/** A day less likely than this was a storm; were more than a fifth so, it is no storm but the new usual. */
const STORM_DAY = 1e-4
const MOST_LEFT = 0.2
const ROUNDS = 4

/** Fits a series' own rate, rhythm and dispersion, with earlier storms kept out. `factors`: the common day. */
export function baselineOf(
  counts: ArrayLike<number>,
  factors: ArrayLike<number>,
  out: ArrayLike<number>,
  days: number,
  prior: Prior,
): Baseline {
  const age = prior.isOld ? days : ageOf(counts, days)
  let left = highest(counts, factors, out, age)
  let fit = fitOnce(counts, factors, left, age, prior)
  for (let round = 1; round < ROUNDS; round += 1) {
    const next = stormDays(counts, factors, out, age, fit)
    const isSame = next.every((value, day) => value === left[day])
    left = next
    fit = fitOnce(counts, factors, left, age, prior)
    if (isSame) break
  }
  return { ...fit, age, left }
}

type Fit = Omit<Baseline, 'age' | 'left'>

/** What the series would bring on a day. */
export function expected(fit: Pick<Baseline, 'rate' | 'weekdays'>, factor: number, day: number): number {
  return fit.rate * factor * fit.weekdays[day % 7]!
}

function ageOf(counts: ArrayLike<number>, days: number): number {
  let age = days
  while (age > 0 && counts[age - 1] === 0) age -= 1
  return age
}

/** Before anything is known: the highest tenth of the days. */
function highest(
  counts: ArrayLike<number>,
  factors: ArrayLike<number>,
  out: ArrayLike<number>,
  age: number,
): Uint8Array {
  const left = new Uint8Array(age)
  const levels: number[] = []
  for (let day = 0; day < age; day += 1) {
    if (day < GAP || out[day] === 1 || factors[day]! <= 0) left[day] = 1
    else levels.push(counts[day]! / factors[day]!)
  }
  levels.sort((a, b) => a - b)
  const edge = levels[Math.floor(levels.length * 0.9)] ?? Number.POSITIVE_INFINITY
  for (let day = GAP; day < age; day += 1)
    if (left[day] === 0 && edge >= 2 && counts[day]! / factors[day]! > edge) left[day] = 1
  return left
}

function stormDays(
  counts: ArrayLike<number>,
  factors: ArrayLike<number>,
  out: ArrayLike<number>,
  age: number,
  fit: Fit,
): Uint8Array {
  const left = new Uint8Array(age)
  const storms: { readonly day: number; readonly over: number }[] = []
  for (let day = 0; day < age; day += 1) {
    if (day < GAP || out[day] === 1 || factors[day]! <= 0) {
      left[day] = 1
      continue
    }
    const mean = expected(fit, factors[day]!, day)
    const over = (counts[day]! - mean) / Math.sqrt(mean + fit.dispersion * mean * mean)
    if (over > 3 && countTail(counts[day]!, mean, fit.dispersion) < STORM_DAY) storms.push({ day, over })
  }
  storms.sort((a, b) => b.over - a.over)
  for (const { day } of storms.slice(0, Math.floor((age - GAP) * MOST_LEFT))) left[day] = 1
  return left
}

function fitOnce(
  counts: ArrayLike<number>,
  factors: ArrayLike<number>,
  left: Uint8Array,
  age: number,
  prior: Prior,
): Fit {
  const weekdays = new Float64Array(7).fill(1)
  const rate = rateOf(counts, factors, left, age, weekdays, prior)
  const said = new Float64Array(7)
  const due = new Float64Array(7)
  for (let day = 0; day < age; day += 1) {
    if (left[day] === 1) continue
    said[day % 7]! += counts[day]!
    due[day % 7]! += rate.rate * factors[day]!
  }
  for (let weekday = 0; weekday < 7; weekday += 1)
    weekdays[weekday] = (said[weekday]! + WEEKDAY_SEEN) / (due[weekday]! + WEEKDAY_SEEN)
  const whole = rateOf(counts, factors, left, age, weekdays, prior)
  const moments = momentsOf(counts, factors, left, age, { ...whole, weekdays })
  const dispersion = (moments.excess + PRIOR_SQUARES * prior.dispersion) / (moments.squares + PRIOR_SQUARES)
  return { ...whole, weekdays, moments, dispersion: Math.max(LEAST_DISPERSION, dispersion) }
}

function rateOf(
  counts: ArrayLike<number>,
  factors: ArrayLike<number>,
  left: Uint8Array,
  age: number,
  weekdays: Float64Array,
  prior: Prior,
): { readonly rate: number; readonly seen: number } {
  let said = PRIOR_SEEN
  let due = PRIOR_SEEN / Math.max(prior.mean, 0.01)
  for (let day = 0; day < age; day += 1) {
    if (left[day] === 1) continue
    const weight = WEIGHTS[day]!
    said += weight * counts[day]!
    due += weight * factors[day]! * weekdays[day % 7]!
  }
  return { rate: said / due, seen: said }
}

const WEIGHTS = Float64Array.from({ length: 1_000 }, (_, day) => 2 ** (-day / HALF_LIFE))

function momentsOf(
  counts: ArrayLike<number>,
  factors: ArrayLike<number>,
  left: Uint8Array,
  age: number,
  fit: Pick<Baseline, 'rate' | 'weekdays'>,
): Baseline['moments'] {
  let excess = 0
  let squares = 0
  for (let day = 0; day < age; day += 1) {
    if (left[day] === 1) continue
    const mean = expected(fit, factors[day]!, day)
    excess += (counts[day]! - mean) ** 2 - mean
    squares += mean * mean
  }
  return { excess, squares }
}
