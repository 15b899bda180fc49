import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** What came back for an envelope; `payload` is what the bot answered with. */
export interface Ack {
  readonly envelope_id: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** The Socket Mode side: the bot's open connections, and envelopes down them. */
export interface SocketLink {
  url(): string
  /** Connections that said hello, in all. */
  readonly opened: number
  readonly open: number
  /** True: envelopes go down the open connections in turn, as Slack sends them; else down the newest. */
  spread(yes: boolean): void
  /** Sends an envelope down one connection. Resolves with its ack, so never when there is none. */
  send(type: string, payload: object, more?: object): Promise<Ack>
  /** Sends something as it is: broken frames, unknown types. */
  raw(frame: string | Buffer): void
  /** Asks the bot to connect anew, as Slack does every few hours. */
  refresh(): void
  /** Cuts every connection without a word. */
  cut(): void
  /** Refuses new connections while true. */
  refuse(yes: boolean): void
  /** Resolves once so many connections are open. */
  connected(count?: number): Promise<void>
  close(): void
}

export function openLink(server: Server): SocketLink {
  const sockets = new WebSocketServer({ noServer: true })
  const live = new Set<WebSocket>()
  const waiting = new Map<string, (ack: Ack) => void>()
  const watchers = new Set<() => void>()
  let opened = 0
  let envelopes = 0
  let refusing = false
  let spread = false

  server.on('upgrade', (request, socket, head) => {
    if (refusing) return void socket.destroy()
    sockets.handleUpgrade(request, socket, head, (link) => {
      live.add(link)
      opened += 1
      link.on('close', () => live.delete(link))
      link.on('error', () => live.delete(link))
      link.on('message', (data) => {
        const ack = JSON.parse(String(data)) as Ack
        waiting.get(ack.envelope_id)?.(ack)
      })
      link.send(
        JSON.stringify({ type: 'hello', num_connections: live.size, connection_info: { app_id: 'A0FAKE' } }),
      )
      for (const watch of watchers) watch()
    })
  })
  const newest = (): WebSocket | undefined => [...live].at(-1)
  const next = (): WebSocket | undefined => (spread ? [...live][envelopes % live.size] : newest())

  return {
    url: () => `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link/?ticket=${opened}`,
    get opened() {
      return opened
    },
    get open() {
      return live.size
    },
    send(type, payload, more = {}) {
      envelopes += 1
      const envelope_id = `env-${envelopes}`
      return new Promise((resolve) => {
        waiting.set(envelope_id, resolve)
        next()?.send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload: true, ...more }))
      })
    },
    raw: (frame) => newest()?.send(frame),
    refresh: () => newest()?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
    cut: () => {
      for (const link of live) link.terminate()
    },
    spread: (yes) => {
      spread = yes
    },
    refuse: (yes) => {
      refusing = yes
    },
    connected: (count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (live.size < count) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    close: () => {
      for (const link of live) link.terminate()
      sockets.close()
    },
  }
}
