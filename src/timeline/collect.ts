import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { nudge } from '../features/memory.ts'

/** Bytes of shared memory let go of from which on a look is worth its milliseconds. */
export const MUCH = 192 * 2 ** 20
/** The same where only what is new is looked through, which takes next to nothing. */
const SOME = 64 * 2 ** 20

/**
 * Tells the collector of shared memory that is held no more. It does not count such memory itself, so that a set of columns
 * would lie beside the next for hours. Each thread that has seen a piece must let go of it. `much`: bytes let go of from
 * which on it looks, mostly beside this thread's work: what is let go of is given back a little later.
 */
export function collector(much = MUCH): (released: number) => void {
  return after(much, nudge)
}

/** The same for a thread that keeps nothing: what it has seen of shared memory is new to it. */
export function newCollector(): (released: number) => void {
  return after(SOME, () => collect(NEW))
}

/** Everything that is held no more, at once; whoever answers people nudges instead. */
export function collectAll(): void {
  collect()
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

const NEW = { type: 'minor' }

let gc: ((how?: typeof NEW) => void) | null = null

/** Without a word on how, everything: of Node 20, any word at all asks for what is new. */
function collect(...how: [] | [typeof NEW]): void {
  if (gc === null) {
    setFlagsFromString('--expose-gc')
    gc = runInNewContext('gc') as (how?: typeof NEW) => void
  }
  gc(...how)
}
