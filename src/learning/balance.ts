import { chanceOf } from './chance.ts'
import { positivesOf } from './metrics.ts'

/** What is done about leavers being few: nothing, more weight for each, more copies of them, or fewer of the others. */
export type Balance = 'none' | 'weight' | 'oversample' | 'undersample'

/** Weight of a row that left which makes both classes weigh the same. */
export function evenWeight(labels: ArrayLike<number>): number {
  const positives = positivesOf(labels)
  return (labels.length - positives) / positives
}

/**
 * The rows to train on: as many of either class, by drawing the rarer one again or the other one less. It takes rows that are
 * already set apart for training: done before the split, copies of one row would lie on both sides of it.
 */
export function resampled(
  labels: ArrayLike<number>,
  training: ArrayLike<number>,
  how: Balance,
  seed: number,
): Int32Array {
  const rows = Int32Array.from(training)
  if (how !== 'oversample' && how !== 'undersample') return rows
  const left = rows.filter((row) => labels[row] === 1)
  const stayed = rows.filter((row) => labels[row] === 0)
  const [few, many] = left.length < stayed.length ? [left, stayed] : [stayed, left]
  if (few.length === 0) return rows
  const chance = chanceOf(seed, 2)
  const draw = (from: Int32Array) => from[Math.floor(chance() * from.length)]!
  const drawn =
    how === 'oversample'
      ? [...many, ...few, ...Array.from({ length: many.length - few.length }, () => draw(few))]
      : [...few, ...withoutRepeats(many, few.length, chance)]
  return Int32Array.from(drawn).sort()
}

function withoutRepeats(from: Int32Array, count: number, chance: () => number): Int32Array {
  const left = Int32Array.from(from)
  for (let at = 0; at < count; at += 1) {
    const other = at + Math.floor(chance() * (left.length - at))
    const kept = left[at]!
    left[at] = left[other]!
    left[other] = kept
  }
  return left.subarray(0, count)
}
