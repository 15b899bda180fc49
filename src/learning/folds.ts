import { chanceOf, shuffled } from './chance.ts'

/** Fold of each row, 0..folds-1. A row is tested in its fold and taught in all others; -1: taught only. */
export type Folds = Int32Array

/** Deals rows into folds so that each has its share of either class. */
export function stratifiedFolds(labels: ArrayLike<number>, folds: number, seed: number): Folds {
  const one = Int32Array.from(labels, (_, row) => row)
  return groupedFolds(labels, one, folds, seed)
}

/**
 * The same over groups: all rows of a group (a customer) lie in one fold. Groups are dealt with a positive row first, so that
 * each fold has its share of either kind.
 */
export function groupedFolds(
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  folds: number,
  seed: number,
): Folds {
  const left = new Map<number, number>()
  for (let row = 0; row < groups.length; row += 1) {
    left.set(groups[row]!, Math.max(left.get(groups[row]!) ?? 0, labels[row]!))
  }
  const chance = chanceOf(seed, 1)
  const fold = new Map<number, number>()
  for (const kind of [1, 0]) {
    const members = [...left].filter(([, label]) => label === kind).map(([group]) => group)
    for (const group of shuffled(members, chance)) fold.set(group, fold.size % folds)
  }
  return Int32Array.from(labels, (_, row) => fold.get(groups[row]!)!)
}

/** Rows to teach and rows to test in one fold, ascending. */
export function rowsOfFold(folds: Folds, fold: number): { training: Int32Array; test: Int32Array } {
  const all = folds.map((_, row) => row)
  return {
    training: all.filter((row) => folds[row] !== fold),
    test: all.filter((row) => folds[row] === fold),
  }
}
