import type { Clock } from '../../clock.ts'

/** Wrong tokens an address may bring, and for how long it is then turned away. */
const MOST = 10
const WINDOW_MS = 60_000
/** Addresses kept in mind: whoever comes from more of them must not fill the memory. */
const MOST_ADDRESSES = 10_000

/** Wrong tokens by address. A right one is not counted, but waits like any other. */
export interface Attempts {
  /** 0: the address may try; else after how many whole seconds it may again. */
  wait(address: string): number
  failed(address: string): void
}

export function openAttempts(clock: Clock): Attempts {
  const known = new Map<string, { failures: number; readonly until: number }>()
  const current = (address: string) => {
    const found = known.get(address)
    const left = (found?.until ?? 0) - clock.now().getTime()
    // More than there ever is is left where the clock was set back.
    return left > 0 && left <= WINDOW_MS ? found! : null
  }
  return {
    wait: (address) => {
      const { failures, until } = current(address) ?? { failures: 0, until: 0 }
      return failures < MOST ? 0 : Math.ceil((until - clock.now().getTime()) / 1_000)
    },
    failed: (address) => {
      const found = current(address)
      if (found !== null) {
        found.failures += 1
        return
      }
      // Where there are too many, the one that began first is forgotten.
      known.delete(address)
      if (known.size >= MOST_ADDRESSES) known.delete(known.keys().next().value!)
      known.set(address, { failures: 1, until: clock.now().getTime() + WINDOW_MS })
    },
  }
}
