import type { Clock } from '../clock.ts'

/** How many seconds a sender may be ahead of its rate. */
const BURST_SECONDS = 2

export interface Limit {
  /** 0: go on; else after how many whole seconds to come again. */
  wait(sender: string): number
}

/** So many requests a second from each sender, and twice as many at once. */
export function openLimit(perSecond: number, clock: Clock): Limit {
  const most = perSecond * BURST_SECONDS
  const left = new Map<string, { requests: number; at: number }>()
  return {
    wait: (sender) => {
      const now = clock.now().getTime()
      const before = left.get(sender) ?? { requests: most, at: now }
      const gained = (Math.max(0, now - before.at) / 1_000) * perSecond
      const requests = Math.min(most, before.requests + gained)
      const isWithin = requests >= 1
      left.set(sender, { requests: isWithin ? requests - 1 : requests, at: now })
      return isWithin ? 0 : Math.max(1, Math.ceil((1 - requests) / perSecond))
    },
  }
}
