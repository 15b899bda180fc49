import { ascending } from './auc.ts'
import { groupedFolds, rowsOfFold, stratifiedFolds } from './folds.ts'
import { brierOf, positivesOf } from './metrics.ts'
import { type Calibration, calibrated, logistic } from './model.ts'

/** Isotonic steps need many rows before they are more than noise. */
const LEAST_FOR_ISOTONIC = 200

/**
 * The better of Platt and isotonic calibration, by cross-validated Brier score. The raw scores must come from models that never
 * saw these rows, or the probabilities will be too sure of themselves. Rows of one of the `groups` are held out together: a customer
 * on several dates is nearly the same row again, and steps drawn around a few of them would look proven by their own copies.
 */
export function calibrate(
  raw: ArrayLike<number>,
  labels: ArrayLike<number>,
  seed: number,
  groups?: ArrayLike<number>,
): Calibration {
  if (raw.length < LEAST_FOR_ISOTONIC) return platt(raw, labels)
  const folds =
    groups === undefined ? stratifiedFolds(labels, 5, seed) : groupedFolds(labels, groups, 5, seed)
  const brier = (teach: (raw: Float64Array, labels: Uint8Array) => Calibration) => {
    const probability = new Float64Array(raw.length)
    for (let fold = 0; fold < 5; fold += 1) {
      const { training, test } = rowsOfFold(folds, fold)
      const taught = teach(
        Float64Array.from(training, (row) => raw[row]!),
        Uint8Array.from(training, (row) => labels[row]!),
      )
      for (const row of test) probability[row] = calibrated(taught, raw[row]!)
    }
    return brierOf(probability, labels)
  }
  return brier(isotonic) < brier(platt) ? isotonic(raw, labels) : platt(raw, labels)
}

/**
 * A logistic curve through the scores (Platt 1999), by Newton's method. The aims are drawn in from 0 and 1, so that scores that
 * part the classes cleanly still give probabilities short of certainty.
 */
export function platt(raw: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  const rows = raw.length
  const positives = positivesOf(labels)
  const aimed = { left: (positives + 1) / (positives + 2), stayed: 1 / (rows - positives + 2) }
  // Scores of any scale are brought to one on which the steps are of ordinary size.
  let mean = 0
  for (let row = 0; row < rows; row += 1) mean += raw[row]! / rows
  let squares = 0
  for (let row = 0; row < rows; row += 1) squares += (raw[row]! - mean) ** 2 / rows
  const spread = Math.sqrt(squares) || 1
  let slope = 0
  let offset = Math.log((positives + 1) / (rows - positives + 1))
  for (let step = 0; step < 50; step += 1) {
    // A trace of ridge keeps the matrix invertible when all scores are equal.
    const sums = { slope: 1e-6 * slope, offset: 0, ss: 1e-6, so: 0, oo: 1e-12 }
    for (let row = 0; row < rows; row += 1) {
      const x = (raw[row]! - mean) / spread
      const probability = logistic(slope * x + offset)
      const error = probability - (labels[row] ? aimed.left : aimed.stayed)
      const weight = probability * (1 - probability)
      sums.slope += error * x
      sums.offset += error
      sums.ss += weight * x * x
      sums.so += weight * x
      sums.oo += weight
    }
    const determinant = sums.ss * sums.oo - sums.so ** 2
    const bySlope = (sums.oo * sums.slope - sums.so * sums.offset) / determinant
    const byOffset = (sums.ss * sums.offset - sums.so * sums.slope) / determinant
    const shorter = 2 / Math.max(2, Math.abs(bySlope), Math.abs(byOffset))
    slope -= shorter * bySlope
    offset -= shorter * byOffset
    if (Math.abs(bySlope) + Math.abs(byOffset) < 1e-10) break
  }
  // A higher score must never mean a lower probability.
  const rising = Math.max(0, slope)
  return { kind: 'platt', slope: rising / spread, offset: offset - (rising * mean) / spread }
}

/** The rising steps that fit best (pool adjacent violators), each level from its lowest score to its highest, joined by lines. */
export function isotonic(raw: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  const steps: Step[] = []
  for (const row of ascending(raw)) {
    const here = { rows: 1, left: labels[row]!, low: raw[row]!, high: raw[row]! }
    if (steps.at(-1)?.high === here.low) pool(steps, here)
    else steps.push(here)
  }
  const pooled: Step[] = []
  for (const step of steps) {
    pooled.push(step)
    while (pooled.length > 1 && rate(pooled.at(-2)!) >= rate(pooled.at(-1)!)) pool(pooled, pooled.pop()!)
  }
  const points = pooled.flatMap((step) =>
    (step.low === step.high ? [step.low] : [step.low, step.high]).map((from) => ({ from, to: rate(step) })),
  )
  return { kind: 'isotonic', from: points.map(({ from }) => from), to: points.map(({ to }) => to) }
}

/** Neighbouring scores taken together. */
interface Step {
  rows: number
  left: number
  readonly low: number
  high: number
}

function pool(steps: Step[], next: Step): void {
  const last = steps.at(-1)!
  last.rows += next.rows
  last.left += next.left
  last.high = next.high
}

function rate({ left, rows }: { left: number; rows: number }): number {
  return left / rows
}
