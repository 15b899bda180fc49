/** Work that is under way or done, by key: the same key twice in this process is one piece of work. */
export interface Once<T> {
  /** The first call for a key does the work; a failure forgets the key, so that it may be tried again. */
  do(key: string, work: () => Promise<T>): Promise<T>
  /** What the work led to is there no longer: its key may be worked on anew. */
  forget(result: T): void
}

/** Keys beyond this are forgotten, the oldest first; by then the outbox has long noted what they led to. */
const MOST = 5_000

export function once<T>(): Once<T> {
  const known = new Map<string, Promise<T>>()
  const keys = new Map<T, string>()

  return {
    do(key, work) {
      const earlier = known.get(key)
      if (earlier !== undefined) return earlier
      const now = work()
      known.set(key, now)
      now.then(
        (result) => keys.set(result, key),
        () => known.delete(key),
      )
      if (known.size > MOST) known.delete(known.keys().next().value!)
      if (keys.size > MOST) keys.delete(keys.keys().next().value!)
      return now
    },
    forget(result) {
      const key = keys.get(result)
      if (key !== undefined) known.delete(key)
      keys.delete(result)
    },
  }
}
