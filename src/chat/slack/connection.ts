import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { ChatFault } from '../fault.ts'
import { toFault } from './faults.ts'
import type { Self } from './normalize.ts'
import type { Socket } from './socket.ts'
import type { SlackWeb } from './web.ts'

/** How it stands with Slack, for readiness and for people. */
export interface SlackHealth {
  /** Slack is there: with Socket Mode, its connection is open. */
  readonly connected: boolean
  /** Since when it is connected, or not. */
  readonly since: Date
  /** Why it is not, in one sentence; null: it is. */
  readonly problem: string | null
  /** Trying again has not helped for a while, or cannot: better started anew, or mended. */
  readonly exhausted: boolean
}

export interface Connection {
  self(): Self | null
  health(): SlackHealth
  /** Resolves after the first attempt, however it went; later ones follow by themselves. */
  start(): Promise<void>
  stop(): Promise<void>
  /** A connection was lost. */
  lost(): void
}

const whoami = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string() })

/** Attempts in a row that fail before health says so: about a minute and a half. */
const EXHAUSTED_AFTER = 8
const LONGEST_PAUSE_MS = 30_000
/** A connection that lasted so long was a good one; what follows counts from nothing. Milliseconds. */
const HELD_MS = 10_000
/** Scales the pauses between attempts; a second in earnest. */
const STEP_MS = 1_000

/**
 * Keeps the line to Slack: asks who we are, connects, and connects anew whenever the line drops.
 *
 * @param parts.socket null: events come over HTTP, and knowing who we are is all there is to connect
 */
export function openConnection(parts: {
  readonly web: SlackWeb
  readonly socket: () => Socket | null
  readonly clock: Clock
  readonly log: Log
  readonly stepMs?: number
}): Connection {
  const { web, clock, log, stepMs = STEP_MS } = parts
  let self: Self | null = null
  let state: { connected: boolean; since: Date; problem: string | null } = {
    connected: false,
    since: clock.now(),
    problem: 'not started yet',
  }
  let failures = 0
  let refused = false
  let stopped = true
  let timer: NodeJS.Timeout | null = null

  function turn(connected: boolean, problem: string | null): void {
    const since = connected === state.connected ? state.since : clock.now()
    state = { connected, since, problem }
  }

  async function attempt(): Promise<void> {
    timer = null
    if (stopped) return
    try {
      if (self === null) {
        const { team_id, user_id, bot_id } = await web.call('auth.test', {}, whoami)
        self = { team: team_id, user: user_id, bot: bot_id }
      }
      await connected(parts.socket())
      refused = false
      turn(true, null)
      log.info({ team: self.team }, 'connected to Slack')
    } catch (error) {
      failures += 1
      const fault = toFault('apps.connections.open (the app-level token)', error)
      refused = fault.code === 'token-refused'
      turn(false, fault.message)
      log.warn({ reason: fault.message, failures }, 'Slack cannot be reached; it is tried again')
      again(Math.max(fault.retryAfterMs ?? 0, pauseAfter(failures)))
    }
  }

  function pauseAfter(times: number): number {
    return times === 0 ? 0 : Math.min(stepMs * 2 ** (times - 1), LONGEST_PAUSE_MS)
  }

  function again(pauseMs: number): void {
    if (!stopped) timer ??= setTimeout(() => void attempt(), pauseMs)
  }

  return {
    self: () => self,
    health: () => ({ ...state, exhausted: !state.connected && (refused || failures >= EXHAUSTED_AFTER) }),
    start: async () => {
      stopped = false
      await attempt()
    },
    stop: async () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      timer = null
      turn(false, 'stopped')
      await parts.socket()?.disconnect()
    },
    lost: () => {
      if (stopped) return
      // A line that drops as soon as it is open is a failure, too: connecting anew at once would never end.
      const held = clock.now().getTime() - state.since.getTime() >= HELD_MS
      failures = held ? 0 : failures + 1
      turn(false, 'the connection to Slack was lost')
      log.info({ failures }, 'the connection to Slack ended; connecting anew')
      again(pauseAfter(failures))
    },
  }
}

async function connected(socket: Socket | null): Promise<void> {
  if (socket === null) return
  try {
    await socket.connect()
  } catch (error) {
    // The SDK rejects with nothing when the line breaks before Slack has said hello.
    throw error ?? new ChatFault('unavailable', 'Slack closed the connection at once')
  }
}
