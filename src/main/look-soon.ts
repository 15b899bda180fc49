/** Voices that came in are read and counted so long after the first of them. Milliseconds. */
const WAIT_MS = 60_000
/** Of the time, looking takes this part at most: counting everything is the dearer the more was ever said. */
const PART = 0.05

/** Looks for storms soon after voices came in, without waiting for the next pull. */
export interface LookSoon {
  /** Voices were kept. */
  heard(): void
  /** Resolves when no look is under way any more. */
  stop(): Promise<void>
}

/**
 * @param look reads and counts; what goes wrong there is told there
 * @param waitMs from the first voice to the look; the next one waits longer where a look takes long
 */
export function openLookSoon(look: () => Promise<void>, waitMs = WAIT_MS): LookSoon {
  let due: NodeJS.Timeout | null = null
  let looking: Promise<void> | null = null
  let isAsked = false
  let isStopped = false
  let rest = 0

  const begin = (): void => {
    due = null
    isAsked = false
    const from = performance.now()
    looking = look().finally(() => {
      looking = null
      rest = (performance.now() - from) / PART
      if (isAsked) ask()
    })
  }
  const ask = (): void => {
    isAsked = true
    if (isStopped || looking !== null || due !== null) return
    due = setTimeout(begin, Math.max(waitMs, rest))
    due.unref()
  }
  return {
    heard: ask,
    stop: async () => {
      isStopped = true
      if (due !== null) clearTimeout(due)
      await looking
    },
  }
}
