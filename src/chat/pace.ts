import type { Chat, Limit } from './chat.ts'
import { LONGEST_PAUSE_MS } from './fault.ts'
import type { Gate } from './outbox-rows.ts'

/** Keeps to what platforms declare, so that they need not say no. Of this process; a platform that still says no is obeyed for all. */
export interface Pace {
  /** The platform said no: nothing goes to this channel (null: to none) before then. */
  shut(pause: Pause): void
  /** Takes a place for a write; false: it is not its time yet. */
  take(to: { readonly chat: string; readonly channel: string }, edit: boolean, now: number): boolean
  /** What is full now. */
  gates(now: number): Gate[]
  /** When the first of them opens, milliseconds since the epoch; null: none is shut. */
  opensAt(now: number): number | null
  /** Writes that a channel of a chat takes at one moment. */
  readonly most: Readonly<Record<string, number>>
}

/** What a platform asked for. */
export interface Pause {
  readonly chat: string
  /** Null: all of the platform. */
  readonly channel: string | null
  readonly until: Date
}

interface Window {
  readonly gate: Gate
  readonly limit: Limit
  /** Instants of the last writes, oldest first. */
  times: number[]
}

export function openPace(chats: ReadonlyMap<string, Chat>): Pace {
  const windows = new Map<string, Window>()
  let pauses: Pause[] = []
  const pausesAt = (now: number): Pause[] => {
    // What ends later than any pause can was begun before the clock was set back.
    pauses = pauses.filter(({ until }) => until.getTime() > now && until.getTime() <= now + LONGEST_PAUSE_MS)
    return pauses
  }
  const windowsOf = (chat: string, channel: string, edit: boolean): Window[] =>
    (chats.get(chat)?.limits ?? []).flatMap((limit, place) => {
      if (limit.of === (edit ? 'posts' : 'edits')) return []
      const where = limit.per === 'channel' ? channel : null
      const key = `${chat} ${where ?? ''} ${place}`
      const known = windows.get(key)
      if (known !== undefined) return [known]
      const gate = { chat, channel: where, edits: limit.of === 'writes' ? null : limit.of === 'edits' }
      const made: Window = { gate, limit, times: [] }
      windows.set(key, made)
      return [made]
    })
  const isFull = (window: Window, now: number): boolean => {
    // What lies ahead was written before the clock was set back: it would shut the window until that time comes again.
    window.times = window.times.filter((at) => at > now - window.limit.ms && at <= now)
    return window.times.length >= window.limit.count
  }
  const full = (now: number): Window[] => [...windows.values()].filter((window) => isFull(window, now))
  return {
    shut: (pause) => void pauses.push(pause),
    take: ({ chat, channel }, edit, now) => {
      const isHeld = (pause: Pause) => pause.chat === chat && (pause.channel ?? channel) === channel
      if (pausesAt(now).some(isHeld)) return false
      const touched = windowsOf(chat, channel, edit)
      if (touched.some((window) => isFull(window, now))) return false
      for (const window of touched) window.times.push(now)
      return true
    },
    gates: (now) => [
      ...full(now).map(({ gate }) => gate),
      ...pausesAt(now).map(({ chat, channel }) => ({ chat, channel, edits: null })),
    ],
    opensAt: (now) => {
      const opening = [
        ...full(now).map(({ times, limit }) => times[0]! + limit.ms),
        ...pausesAt(now).map(({ until }) => until.getTime()),
      ]
      return opening.length === 0 ? null : Math.min(...opening)
    },
    // Read when asked: chats are plugged in after the outbox is opened.
    get most() {
      return Object.fromEntries(
        [...chats].flatMap(([name, { limits = [] }]) => {
          const counts = limits.filter(({ per }) => per === 'channel').map(({ count }) => count)
          return counts.length === 0 ? [] : [[name, Math.min(...counts)] as const]
        }),
      )
    },
  }
}
