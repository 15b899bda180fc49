import { ENOUGH } from './figure.ts'
import {
  balanceEstimate,
  type Change,
  changeBetween,
  type Estimate,
  meanEstimate,
  scaled,
  shareEstimate,
} from './interval.ts'

/** What the voices of some time and place add up to. Ratings are 0-10 whatever the source's own scale; moods -1..1. */
export interface VoiceSums {
  readonly voices: number
  /** With words that were read. */
  readonly read: number
  readonly mood: number
  readonly moodSquares: number
  readonly negative: number
  readonly rated: number
  readonly rating: number
  readonly ratingSquares: number
  readonly npsOf: number
  readonly promoters: number
  readonly detractors: number
  readonly csatOf: number
  readonly satisfied: number
  readonly cesOf: number
  readonly ces: number
  readonly cesSquares: number
}

/** Customers who had not left when some time began, and how many of them had when it ended. */
export interface KeptSums {
  readonly customers: number
  readonly left: number
}

/** Scores from these on; 9 and 10 of 10, 0 to 6 of 10, and the upper two of five. */
export const PROMOTER = 9
export const DETRACTOR = 6
export const SATISFIED = 7.5
/** From here down a mood is negative (-1..1). */
export const NEGATIVE = -0.2

export type MetricName = 'nps' | 'csat' | 'ces' | 'rating' | 'sentiment' | 'negative' | 'retention' | 'churn'

export interface Metric {
  readonly name: MetricName
  /** `points` -100..100, `share` 0..1, `score` 0-10, `mood` -1..1. */
  readonly unit: 'points' | 'share' | 'score' | 'mood'
  readonly better: 'up' | 'down'
  /** Moves before customers leave, or once they have. */
  readonly tells: 'leading' | 'lagging'
  /** Null: nobody was asked, or said anything. */
  readonly of: (sums: MetricSums) => Estimate | null
}

export interface MetricSums {
  readonly voices: VoiceSums
  /** Null: not known for this group. */
  readonly kept: KeptSums | null
}

export const METRICS: readonly Metric[] = [
  {
    name: 'nps',
    unit: 'points',
    better: 'up',
    tells: 'leading',
    of: ({ voices: v }) =>
      v.npsOf === 0 ? null : scaled(balanceEstimate(v.promoters, v.detractors, v.npsOf), 100),
  },
  {
    name: 'csat',
    unit: 'share',
    better: 'up',
    tells: 'leading',
    of: ({ voices: v }) => (v.csatOf === 0 ? null : shareEstimate(v.satisfied, v.csatOf)),
  },
  {
    name: 'ces',
    unit: 'score',
    better: 'up',
    tells: 'leading',
    of: ({ voices: v }) => mean(v.cesOf, v.ces, v.cesSquares, 0, 10),
  },
  {
    name: 'rating',
    unit: 'score',
    better: 'up',
    tells: 'leading',
    of: ({ voices: v }) => mean(v.rated, v.rating, v.ratingSquares, 0, 10),
  },
  {
    name: 'sentiment',
    unit: 'mood',
    better: 'up',
    tells: 'leading',
    of: ({ voices: v }) => mean(v.read, v.mood, v.moodSquares, -1, 1),
  },
  {
    name: 'negative',
    unit: 'share',
    better: 'down',
    tells: 'leading',
    of: ({ voices: v }) => (v.read === 0 ? null : shareEstimate(v.negative, v.read)),
  },
  {
    name: 'retention',
    unit: 'share',
    better: 'up',
    tells: 'lagging',
    of: ({ kept: k }) =>
      k === null || k.customers === 0 ? null : shareEstimate(k.customers - k.left, k.customers),
  },
  {
    name: 'churn',
    unit: 'share',
    better: 'down',
    tells: 'lagging',
    of: ({ kept: k }) => (k === null || k.customers === 0 ? null : shareEstimate(k.left, k.customers)),
  },
]

function mean(of: number, sum: number, squares: number, least: number, most: number): Estimate | null {
  // One answer has no spread; what is too few is said by `figureOf`.
  if (of < 2) return of === 0 ? null : { value: sum, low: least, high: most, of }
  return meanEstimate({ of, sum, squares }, least, most)
}

/** One metric as a card tells it. */
export interface MetricFigure {
  readonly metric: Metric
  /** Null while there is not enough to judge by; `of` is what there is. */
  readonly estimate: Estimate | null
  readonly of: number
  /** Against the time before; null where either side is too small. */
  readonly change: Change | null
  /** Of the twelve months before: what is usual here. */
  readonly usual: Estimate | null
  readonly target: number
  /** `missed` and `reached` only where the interval is all on one side. */
  readonly standing: 'reached' | 'missed' | 'open'
}

/** Where each metric should be, in its own unit. Retention and churn: over a year. */
export type Targets = Readonly<Record<MetricName, number>>

export interface MetricAsked {
  readonly now: MetricSums
  readonly before: MetricSums
  readonly usual: MetricSums
  readonly targets: Targets
  /** Length of the time looked at, days. */
  readonly days: number
}

/** Every metric of some time and place. */
export function metricFigures({ now, before, usual, targets, days }: MetricAsked): MetricFigure[] {
  return METRICS.map((metric) => {
    const [known, past] = [enough(metric.of(now)), enough(metric.of(before))]
    const target = targetFor(metric.name, targets[metric.name], days)
    return {
      metric,
      estimate: known,
      of: metric.of(now)?.of ?? 0,
      change: known === null || past === null ? null : changeBetween(known, past),
      usual: enough(metric.of(usual)),
      target,
      standing: known === null ? 'open' : standingOf(metric, known, target),
    }
  })
}

/** The estimate, or null while too few stand behind it. */
export function enough(estimate: Estimate | null): Estimate | null {
  return estimate === null || estimate.of < ENOUGH ? null : estimate
}

/** Who is to keep 85 % over a year is to keep 99.6 % of them over ten days. */
function targetFor(name: MetricName, target: number, days: number): number {
  const part = days / 365
  if (name === 'retention') return target ** part
  return name === 'churn' ? 1 - (1 - target) ** part : target
}

function standingOf({ better }: Metric, { low, high }: Estimate, target: number): MetricFigure['standing'] {
  const [reached, missed] = better === 'up' ? [low >= target, high < target] : [high <= target, low > target]
  if (reached) return 'reached'
  return missed ? 'missed' : 'open'
}

/** The sums of two stretches of time that do not overlap. */
export function addedSums(a: VoiceSums, b: VoiceSums): VoiceSums {
  const names = Object.keys(a) as (keyof VoiceSums)[]
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as VoiceSums
}

export const NO_VOICES: VoiceSums = {
  voices: 0,
  read: 0,
  mood: 0,
  moodSquares: 0,
  negative: 0,
  rated: 0,
  rating: 0,
  ratingSquares: 0,
  npsOf: 0,
  promoters: 0,
  detractors: 0,
  csatOf: 0,
  satisfied: 0,
  cesOf: 0,
  ces: 0,
  cesSquares: 0,
}
