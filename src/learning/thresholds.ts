import { ascending } from './auc.ts'
import { atThreshold } from './metrics.ts'

/** What acting on a warning costs and brings. Money in whole units of `currency`; absent: it was not noted then, or any one unit. */
export interface Economics {
  /** Cost of one intervention. */
  readonly cost: number
  /** Value lost with a customer who leaves. */
  readonly value: number
  /** Share of interventions with true leavers that keep them, 0..1. */
  readonly saved: number
  /** Interventions the team can do in a day; absent: no limit. */
  readonly perDay?: number
  readonly currency?: string
}

export interface ThresholdSuggestion {
  /** Act from this probability on. */
  readonly threshold: number
  /** What set it: an intervention below would cost more than it brings, or nobody would have time for it. */
  readonly because: 'cost' | 'capacity'
  readonly flagged: number
  /** NaN when nobody is flagged. */
  readonly precision: number
  readonly recall: number
  /** Expected on these rows: value kept, less all interventions. */
  readonly gain: number
}

/**
 * The probability from which acting pays (cost / (value x saved)), raised until the team can keep up. `probability` and `labels` are of
 * rows the model was not taught with, gathered over `days`.
 */
export function suggestThreshold(
  probability: ArrayLike<number>,
  labels: ArrayLike<number>,
  { cost, value, saved, perDay }: Economics,
  days: number,
): ThresholdSuggestion {
  const pays = cost / (value * saved)
  const room = perDay === undefined ? labels.length : Math.floor(perDay * days)
  const busy = firstWithin(probability, room)
  const because = busy > pays ? 'capacity' : 'cost'
  const threshold = Math.max(pays, busy)
  const found = atThreshold(probability, labels, threshold)
  const left = found.flagged === 0 ? 0 : found.precision * found.flagged
  return { threshold, because, ...found, gain: left * saved * value - found.flagged * cost }
}

/** The lowest probability that at most `room` rows reach; just above 1 where none can be acted on. */
function firstWithin(probability: ArrayLike<number>, room: number): number {
  if (probability.length <= room) return 0
  const order = ascending(probability).reverse()
  const shutOut = probability[order[room]!]!
  // Equal probabilities stand or fall together.
  for (let at = room - 1; at >= 0; at -= 1) {
    const here = probability[order[at]!]!
    if (here > shutOut) return here
  }
  return 1 + Number.EPSILON
}
