/** Work that may be left and taken up again: it yields after every piece of a few milliseconds. */
export type Pieces<T> = Generator<void, T>

/** Does it in one go. */
export function inOneGo<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
  }
}

/** Does it piece by piece, giving the event loop its turn in between. */
export async function pieceByPiece<T>(work: Pieces<T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
    await new Promise(setImmediate)
  }
}

/** Numbers looked at in one piece, where each takes some nanoseconds. */
export const PIECE = 200_000

/** Sorted in one go; pieces of this size are merged. */
const SORTED = 2_000

/** The same order as `toSorted` gives, of many. */
export function* sortedInPieces<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Pieces<readonly T[]> {
  let runs: (readonly T[])[] = []
  for (let from = 0; from < items.length; from += SORTED) {
    runs.push(items.slice(from, from + SORTED).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = []
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* merging(runs[at]!, runs[at + 1] ?? [], compare))
    }
    runs = merged
  }
  return runs[0] ?? []
}

function* merging<T>(
  first: readonly T[],
  second: readonly T[],
  compare: (a: T, b: T) => number,
): Pieces<readonly T[]> {
  const merged: T[] = []
  let [one, other] = [0, 0]
  while (one < first.length || other < second.length) {
    // Of equal ones the first stays first.
    const isFirst =
      other === second.length || (one < first.length && compare(first[one]!, second[other]!) <= 0)
    merged.push(isFirst ? first[one++]! : second[other++]!)
    if (merged.length % SORTED === 0) yield
  }
  return merged
}
