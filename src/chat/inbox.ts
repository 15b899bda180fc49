import type { Clock } from '../clock.ts'
import { DAY, HOUR } from '../clock.ts'
import type { Log } from '../log.ts'
import { ChatFault, isRetryable } from './fault.ts'
import type { Inbound } from './inbound.ts'
import type { InboxItem, InboxRows } from './inbox-rows.ts'

/** What became of an event: worked on, or waiting for its user to be linked to a person. */
export type Worked = 'done' | 'held'

export interface Inbox {
  /** Something was kept: look now. */
  wake(): void
  /** Works until nothing is due. */
  drain(): Promise<void>
  start(): void
  stop(): Promise<void>
}

/** Longer than the answers to an event can take, with all their time-outs. */
const LEASE_MS = 60_000
const POLL_MS = 1_000
/** Events under way at once: fewer than there are connections to the database, so that new ones can be kept meanwhile. */
const AT_ONCE = 6
/** Tries before an event is put aside: about a minute of trouble. A person has pressed again by then. */
const MOST_ATTEMPTS = 6
const KEPT_MS = 7 * DAY

/**
 * Works on what was kept: leased, so that of several processes one does it; tried again after a fault that may pass;
 * put aside with its reason otherwise. Who works must bear doing the same event twice (the same id acts once).
 *
 * @param deps.clock real time, also in the demo: leases and pauses are about transports
 */
export function openInbox(deps: {
  rows: InboxRows
  work(event: Inbound, id: string): Promise<Worked>
  clock: Clock
  log: Log
}): Inbox {
  const { rows, clock, log } = deps
  const running = new Set<Promise<void>>()
  let looking: Promise<void> | null = null
  let again = false
  let stopped = false
  let timer: NodeJS.Timeout | null = null
  let pruned = 0

  const look = async (): Promise<void> => {
    do {
      again = false
      const room = AT_ONCE - running.size
      if (room === 0 || stopped) return
      const now = clock.now()
      const items = await rows.lease(now, new Date(now.getTime() + LEASE_MS), room)
      for (const item of items) {
        const work = workOn(deps, item).finally(() => {
          running.delete(work)
          wake()
        })
        running.add(work)
      }
    } while (again)
  }
  const wake = (): void => {
    again = true
    looking ??= look()
      .catch((error: unknown) => log.error({ error }, 'the inbox could not be read; it is tried again'))
      .finally(() => {
        looking = null
        if (again && !stopped) wake()
      })
  }
  const tick = (): void => {
    wake()
    const now = clock.now().getTime()
    // The difference either way: the clock may have been set back.
    if (Math.abs(now - pruned) < HOUR) return
    pruned = now
    rows
      .prune(new Date(now - KEPT_MS))
      .catch((error: unknown) => log.warn({ error }, 'old events could not be forgotten'))
  }
  return {
    wake,
    drain: async () => {
      for (wake(); looking !== null || running.size > 0; ) await Promise.all([looking, ...running])
    },
    start: () => {
      timer ??= setInterval(tick, POLL_MS)
      tick()
    },
    stop: async () => {
      stopped = true
      if (timer !== null) clearInterval(timer)
      timer = null
      await looking
      await Promise.all(running)
    },
  }
}

async function workOn(deps: Parameters<typeof openInbox>[0], item: InboxItem): Promise<void> {
  const { rows, clock, log } = deps
  try {
    const worked = await deps.work(item.event, item.id)
    await (worked === 'held' ? rows.hold(item, clock.now()) : rows.done(item, clock.now()))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const attempts = item.attempts + 1
    const hopeless = error instanceof ChatFault && !isRetryable(error)
    log.warn({ error, event: item.id, chat: item.event.by.chat, attempts }, 'an event could not be worked on')
    try {
      if (hopeless || attempts >= MOST_ATTEMPTS) await rows.dead(item, reason, clock.now())
      else await rows.retry(item, reason, new Date(clock.now().getTime() + pauseAfter(attempts, error)))
    } catch (broken) {
      // The lease runs out, and the event comes up again.
      log.error({ error: broken, event: item.id }, 'an event could not be put back')
    }
  }
}

/** 1 s, 2 s, 4 s ...; a platform that names its own pause gets it. */
function pauseAfter(attempts: number, error: unknown): number {
  const asked = error instanceof ChatFault ? (error.retryAfterMs ?? 0) : 0
  return Math.max(asked, 1_000 * 2 ** (attempts - 1))
}
