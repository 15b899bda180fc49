import type { ServerResponse } from 'node:http'
import type { Broadcast } from './ports.ts'
import type { WireEvents } from './wire.ts'

/** What a page's stream is written to; an HTTP answer, or anything that behaves like one. */
export type Sink = Pick<ServerResponse, 'write' | 'end' | 'destroy' | 'writableLength' | 'once'>

export interface Listener {
  readonly person: string
  /** The browser session, so that a change of person reaches all of its pages. */
  readonly session: string
  readonly sink: Sink
}

/** The live streams of all open pages (Server-Sent Events). */
export interface Events extends Broadcast {
  open(listener: Listener): void
  /** Ends a session's streams; its pages reconnect and fetch everything anew. */
  drop(session: string): void
  /** Ends every stream and refuses new ones. */
  close(): void
  readonly size: number
}

export interface EventsOptions {
  /** Milliseconds between heartbeats, which keep proxies and the page sure of the line. */
  readonly heartbeatMs?: number
  /** Bytes a page may lag behind before it is cut off. */
  readonly maxLagBytes?: number
}

const RECONNECT_MS = 1_000

/**
 * Opens the hub. Nothing is kept for pages that are away: whoever reconnects fetches the messages again,
 * so a page that is too slow is simply cut off instead of filling memory.
 */
export function openEvents({ heartbeatMs = 15_000, maxLagBytes = 1 << 20 }: EventsOptions = {}): Events {
  const listeners = new Set<Listener>()
  let closed = false

  function send(to: Listener, chunk: string): void {
    to.sink.write(chunk)
    if (to.sink.writableLength <= maxLagBytes) return
    listeners.delete(to)
    to.sink.destroy()
  }

  function publish<K extends keyof WireEvents>(
    name: K,
    data: WireEvents[K],
    mayRead: (person: string) => boolean,
  ): void {
    // JSON holds no raw line break, so one data line carries it.
    const chunk = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
    for (const listener of listeners) if (mayRead(listener.person)) send(listener, chunk)
  }

  const everyone = () => true
  const heartbeat = setInterval(() => {
    for (const listener of listeners) send(listener, ': still here\n\n')
  }, heartbeatMs)
  heartbeat.unref()

  return {
    open(listener) {
      if (closed) {
        listener.sink.end()
        return
      }
      listeners.add(listener)
      const forget = () => listeners.delete(listener)
      listener.sink.once('close', forget)
      listener.sink.once('error', forget)
      send(listener, `retry: ${RECONNECT_MS}\n: hello\n\n`)
    },
    drop(session) {
      for (const listener of [...listeners]) {
        if (listener.session !== session) continue
        listeners.delete(listener)
        listener.sink.end()
      }
    },
    close() {
      closed = true
      clearInterval(heartbeat)
      for (const { sink } of listeners) sink.end()
      listeners.clear()
    },
    message: (message) =>
      publish('message', message, (person) => message.onlyFor === null || message.onlyFor === person),
    clock: (clock) => publish('clock', clock, everyone),
    progress: (progress) => publish('progress', progress, everyone),
    get size() {
      return listeners.size
    },
  }
}
