import { sortedInPieces } from '../features/pieces.ts'

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

/** The same order as `toSorted` gives, for many: this thread is never busy for long. */
export async function sortedInSteps<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pause: Pause,
): Promise<readonly T[]> {
  const sorting = sortedInPieces(items, compare)
  for (;;) {
    const { done, value } = sorting.next()
    if (done === true) return value
    await pause()
  }
}
