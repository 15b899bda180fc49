/** Counts what people wait for, so that work nobody waits for can step aside. */
export interface Traffic {
  /** Something a person waits for. */
  during<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when nobody waits, or after so many milliseconds at the latest. */
  quiet(most: number): Promise<void>
}

export function openTraffic(): Traffic {
  let waiting = 0
  const resting = new Set<() => void>()
  return {
    during: async (work) => {
      waiting += 1
      try {
        return await work()
      } finally {
        waiting -= 1
        if (waiting === 0) for (const go of [...resting]) go()
      }
    },
    quiet: (most) => {
      if (waiting === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const go = (): void => {
          clearTimeout(timer)
          resting.delete(go)
          resolve()
        }
        const timer = setTimeout(go, most)
        resting.add(go)
      })
    },
  }
}
