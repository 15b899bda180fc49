import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of shared memory let go of from which on a look is worth its few milliseconds. */
const MUCH = 96 * 2 ** 20

/**
 * Tells the collector of shared memory that is held no more. It does not count such memory itself, so that a set of columns
 * would lie beside the next for hours. Each thread that has seen a piece must let go of it. `much`: bytes let go of from
 * which on it looks.
 */
export function collector(much = MUCH): (released: number) => void {
  let waiting = 0
  return (released) => {
    waiting += released
    if (waiting < much) return
    waiting = 0
    collect()
  }
}

let gc: (() => void) | null = null

function collect(): void {
  if (gc === null) {
    setFlagsFromString('--expose-gc')
    gc = runInNewContext('gc') as () => void
  }
  gc()
}
