/** Posts that are under way or done, by key: the same key twice in this process is one post. */
export interface Once<T> {
  /** The first call for a key does the work; a failure forgets the key, so that it may be tried again. */
  do(key: string, work: () => Promise<T>): Promise<T>
}

/** Keys beyond this are forgotten, the oldest first; by then the outbox has long noted what they led to. */
const MOST = 5_000

export function once<T>(): Once<T> {
  const known = new Map<string, Promise<T>>()
  return {
    do(key, work) {
      const earlier = known.get(key)
      if (earlier !== undefined) return earlier
      const now = work()
      known.set(key, now)
      now.catch(() => known.delete(key))
      if (known.size > MOST) known.delete(known.keys().next().value!)
      return now
    },
  }
}
