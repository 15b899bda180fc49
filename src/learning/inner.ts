import { chanceOf, shuffled } from './chance.ts'
import type { Examples } from './examples.ts'
import { groupedFolds, rowsOfFold } from './folds.ts'
import { positivesOf } from './metrics.ts'

/** Rows of the examples that teach, and those held out to judge. */
export interface InnerSplit {
  readonly taught: Int32Array
  readonly held: Int32Array
}

/** Rows of each class that the older and the newer dates need to be told apart. */
const LEAST_DATED = 100
/** More rows would choose no better. */
const MOST_TAUGHT = 30_000

/**
 * Splits training rows to choose by: folds over groups, and where rows have dates the older ones teach and the newest judge, for that
 * is what the model will have to do. At most 30,000 rows teach.
 */
export function innerSplits(
  examples: Examples,
  training: Int32Array,
  count: number,
  seed: number,
): InnerSplit[] {
  const labels = Uint8Array.from(training, (row) => examples.labels[row]!)
  const groups = Int32Array.from(training, (row) => examples.groups[row]!)
  const folds = groupedFolds(labels, groups, count, seed)
  const isNewest = (row: number) => examples.newest?.[row] === 1
  const forward =
    bothClasses(training.filter(isNewest), examples.labels) &&
    bothClasses(
      training.filter((row) => !isNewest(row)),
      examples.labels,
    )
  return Array.from({ length: count }, (_, fold) => {
    const split = rowsOfFold(folds, fold)
    const [taught, held] = [split.training, split.test].map((places) =>
      places.map((place) => training[place]!),
    )
    return {
      taught: fewer(forward ? taught!.filter((row) => !isNewest(row)) : taught!, seed),
      held: forward ? held!.filter(isNewest) : held!,
    }
  })
}

function bothClasses(rows: Int32Array, labels: Uint8Array): boolean {
  const left = positivesOf(Array.from(rows, (row) => labels[row]!))
  return Math.min(left, rows.length - left) >= LEAST_DATED
}

function fewer(rows: Int32Array, seed: number): Int32Array {
  return rows.length <= MOST_TAUGHT ? rows : shuffled(rows, chanceOf(seed, 4)).slice(0, MOST_TAUGHT).sort()
}
