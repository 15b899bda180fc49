/**
 * Called between two small pieces of long work on a thread that also answers people: null while there is time to go on,
 * else what to wait for before going on.
 */
export type Pause = () => Promise<void> | null

/** Milliseconds of work between two looks at the event loop: nobody notices that they waited for so long. */
const BUSY = 8

/** Gives the event loop its turn whenever this thread was busy for some milliseconds. Rejects when aborted. */
export function pauses(signal?: AbortSignal): Pause {
  let since = performance.now()
  return () => (performance.now() - since < BUSY ? null : turn())

  async function turn(): Promise<void> {
    await new Promise(setImmediate)
    signal?.throwIfAborted()
    since = performance.now()
  }
}

/** Sorted in one go; pieces of this size are merged. */
const PIECE = 2_000

/** The same order as `toSorted` gives, for many: this thread is never busy for long. */
export async function sortedInSteps<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pause: Pause,
): Promise<readonly T[]> {
  let runs: (readonly T[])[] = []
  for (let from = 0; from < items.length; from += PIECE) {
    runs.push(items.slice(from, from + PIECE).sort(compare))
    await pause()
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = []
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await merge(runs[at]!, runs[at + 1] ?? [], compare, pause))
    }
    runs = merged
  }
  return runs[0] ?? []
}

async function merge<T>(
  first: readonly T[],
  second: readonly T[],
  compare: (a: T, b: T) => number,
  pause: Pause,
): Promise<readonly T[]> {
  const merged: T[] = []
  let [one, other] = [0, 0]
  while (one < first.length || other < second.length) {
    // Of equal ones the first stays first.
    const isFirst =
      other === second.length || (one < first.length && compare(first[one]!, second[other]!) <= 0)
    merged.push(isFirst ? first[one++]! : second[other++]!)
    if (merged.length % PIECE === 0) await pause()
  }
  return merged
}
