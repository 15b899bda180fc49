import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of shared memory let go of from which on a look is worth its milliseconds. */
export const MUCH = 192 * 2 ** 20
/** The same where only what is new is looked through, which takes next to nothing. */
const SOME = 64 * 2 ** 20

/**
 * Tells the collector of shared memory that is held no more. It does not count such memory itself, so that a set of columns
 * would lie beside the next for hours. Each thread that has seen a piece must let go of it. `much`: bytes let go of from
 * which on it looks.
 */
export function collector(much = MUCH): (released: number) => void {
  return after(much, () => collect('major'))
}

/** The same for a thread that keeps nothing: what it has seen of shared memory is new to it. */
export function newCollector(): (released: number) => void {
  return after(SOME, () => collect('minor'))
}

/** Everything that is held no more, at once. */
export function collectAll(): void {
  collect('major')
}

function after(much: number, look: () => void): (released: number) => void {
  let waiting = 0
  return (released) => {
    waiting += released
    if (waiting < much) return
    waiting = 0
    look()
  }
}

let gc: ((how: { type: 'major' | 'minor' }) => void) | null = null

function collect(type: 'major' | 'minor'): void {
  if (gc === null) {
    setFlagsFromString('--expose-gc')
    gc = runInNewContext('gc') as (how: { type: 'major' | 'minor' }) => void
  }
  gc({ type })
}
