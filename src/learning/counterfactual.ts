/** A feature that people can do something about. */
export interface Actionable {
  readonly feature: string
  /** Its column in a row. */
  readonly column: number
  /** Which way it can be moved; visits can be won back, a complaint cannot be unmade. */
  readonly direction: 'up' | 'down'
  /**
   * Values seen among customers, ascending, an equal share of customers between each and the next (quantiles): only these are
   * proposed, and how many of them a change passes is how large it is.
   */
  readonly seen: ArrayLike<number>
}

/** One change of one feature, and what the model would say after it. */
export interface Remedy {
  readonly feature: string
  readonly from: number
  readonly to: number
  /** Probability, 0..1, after the change. */
  readonly probability: number
}

/**
 * What would lower it: the smallest realistic change of one actionable feature that brings the probability below a line.
 * Null when no single change does, or when it is below already. An unknown value cannot be changed. The row is not touched.
 *
 * @param below the probability of the customer's tier below which the next one begins
 * @param score the probability of a row
 * @param most quantile steps that are still realistic; default: half of those there are
 */
export function smallestRemedy(
  row: Float32Array,
  actionable: readonly Actionable[],
  below: number,
  score: (row: Float32Array) => number,
  most?: number,
): Remedy | null {
  if (score(row) < below) return null
  let best: (Remedy & { steps: number }) | null = null
  for (const one of actionable) {
    const limit = Math.min(most ?? Math.ceil(one.seen.length / 2), best?.steps ?? Number.POSITIVE_INFINITY)
    const found = firstBelow(row, one, below, score, limit)
    if (found === null) continue
    const isSmaller = best === null || found.steps < best.steps
    if (isSmaller || found.probability < best!.probability) best = found
  }
  if (best === null) return null
  const { steps: _, ...remedy } = best
  return remedy
}

/** The nearest value that is enough, at most so many steps away. */
function firstBelow(
  row: Float32Array,
  { feature, column, direction, seen }: Actionable,
  below: number,
  score: (row: Float32Array) => number,
  limit: number,
): (Remedy & { steps: number }) | null {
  const from = row[column]!
  if (Number.isNaN(from)) return null
  const changed = row.slice()
  const reachable = Array.from(seen).filter((value) => (direction === 'up' ? value > from : value < from))
  if (direction === 'down') reachable.reverse()
  for (const [index, to] of reachable.slice(0, limit).entries()) {
    changed[column] = to
    const probability = score(changed)
    if (probability < below) return { feature, from, to, probability, steps: index + 1 }
  }
  return null
}
