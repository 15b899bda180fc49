import { areaUnderCurve, ascending } from './auc.ts'

/** How good probabilities are against what really happened. Shares and probabilities are 0..1. */
export interface Metrics {
  readonly rows: number
  readonly positives: number
  /** Chance that a leaver ranks above a stayer. */
  readonly auc: number
  /** Average precision: the area under precision over recall. */
  readonly prAuc: number
  /** Mean squared error of the probability; lower is better. */
  readonly brier: number
  readonly logLoss: number
  /** Among the top 10 %. */
  readonly top: TopShare
  readonly reliability: readonly Bin[]
  /** The largest gap between predicted and observed in any decile. */
  readonly calibrationGap: number
}

/** What is found by looking at the highest scores alone. */
export interface TopShare {
  readonly share: number
  readonly rows: number
  readonly precision: number
  readonly recall: number
  /** Precision beside that of picking at random. */
  readonly lift: number
}

/** Rows of neighbouring probability: what was said, and what came. */
export interface Bin {
  readonly rows: number
  readonly predicted: number
  readonly observed: number
}

type Labels = ArrayLike<number>

/** All metrics of probabilities; those that need both classes are NaN with one. */
export function metricsOf(probability: ArrayLike<number>, labels: Labels): Metrics {
  const reliability = reliabilityOf(probability, labels)
  return {
    rows: labels.length,
    positives: positivesOf(labels),
    auc: areaUnderCurve(probability, labels),
    prAuc: averagePrecision(probability, labels),
    brier: brierOf(probability, labels),
    logLoss: logLossOf(probability, labels),
    top: topShareOf(probability, labels, 0.1),
    reliability,
    calibrationGap: Math.max(...reliability.map(({ predicted, observed }) => Math.abs(predicted - observed))),
  }
}

/** Mean over the positives of the precision at their score, tied rows taken together. NaN without positives. */
export function averagePrecision(scores: ArrayLike<number>, labels: Labels): number {
  const order = ascending(scores).reverse()
  const positives = positivesOf(labels)
  let found = 0
  let sum = 0
  for (let start = 0; start < order.length; ) {
    let end = start
    let tied = 0
    for (; end < order.length && scores[order[end]!] === scores[order[start]!]; end += 1) {
      tied += labels[order[end]!]!
    }
    found += tied
    sum += tied * (found / end)
    start = end
  }
  return sum / positives
}

/** The top `share` of rows (at least one), by score; ties are broken by position. */
export function topShareOf(scores: ArrayLike<number>, labels: Labels, share: number): TopShare {
  const rows = Math.min(labels.length, Math.max(1, Math.round(labels.length * share)))
  const found = positivesOf(Array.from(ascending(scores).subarray(-rows), (row) => labels[row]!))
  const positives = positivesOf(labels)
  const precision = found / rows
  return { share, rows, precision, recall: found / positives, lift: precision / (positives / labels.length) }
}

/** Precision, recall and how many are flagged when everyone from `threshold` on is. Precision is NaN when nobody is. */
export function atThreshold(
  scores: ArrayLike<number>,
  labels: Labels,
  threshold: number,
): { flagged: number; precision: number; recall: number } {
  let flagged = 0
  let found = 0
  for (let row = 0; row < labels.length; row += 1) {
    if (scores[row]! < threshold) continue
    flagged += 1
    found += labels[row]!
  }
  return { flagged, precision: found / flagged, recall: found / positivesOf(labels) }
}

export function brierOf(probability: ArrayLike<number>, labels: Labels): number {
  let sum = 0
  for (let row = 0; row < labels.length; row += 1) sum += (probability[row]! - labels[row]!) ** 2
  return sum / labels.length
}

/** Mean of -ln(probability of what came); a probability is kept 1e-12 away from 0 and 1. */
export function logLossOf(probability: ArrayLike<number>, labels: Labels): number {
  let sum = 0
  for (let row = 0; row < labels.length; row += 1) {
    const chance = labels[row] ? probability[row]! : 1 - probability[row]!
    sum -= Math.log(Math.min(1 - 1e-12, Math.max(1e-12, chance)))
  }
  return sum / labels.length
}

/** Rows in ten (or fewer) groups of equal size by probability, lowest first. */
export function reliabilityOf(probability: ArrayLike<number>, labels: Labels, bins = 10): Bin[] {
  const order = ascending(probability)
  const count = Math.min(bins, order.length)
  return Array.from({ length: count }, (_, bin) => {
    const from = Math.floor((bin * order.length) / count)
    const rows = order.subarray(from, Math.floor(((bin + 1) * order.length) / count))
    let predicted = 0
    let observed = 0
    for (const row of rows) {
      predicted += probability[row]!
      observed += labels[row]!
    }
    return { rows: rows.length, predicted: predicted / rows.length, observed: observed / rows.length }
  })
}

export function positivesOf(labels: Labels): number {
  let count = 0
  for (let row = 0; row < labels.length; row += 1) count += labels[row]!
  return count
}
