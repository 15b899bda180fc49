/**
 * Memory that was used and may be used again: as much anew for each piece of a long work would call the collector all the
 * time. What the next full collection finds here is let go of, so that nothing is held once the work is done.
 */
export interface Spare<T> {
  take(): T | undefined
  /** Leaves it where there are many already. */
  giveBack(used: T): void
}

export function spare<T extends object>(most: number): Spare<T> {
  let known = new WeakRef<T[]>([])
  function list(): T[] {
    let own = known.deref()
    if (own === undefined) {
      own = []
      known = new WeakRef(own)
    }
    return own
  }
  return {
    take: () => list().pop(),
    giveBack: (used) => {
      const own = list()
      if (own.length < most) own.push(used)
    },
  }
}
