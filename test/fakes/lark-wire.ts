import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { decodeFrame, encodeFrame } from './lark-frames.ts'

/** The far end of the long connection. */
export interface Wire {
  /** Sends an event and resolves with what came back: the code, and the answer if there was one. */
  push(event: object, how?: Push): Promise<Ack>
  /** Sends bytes that are no frame. */
  junk(bytes: Buffer): void
  /** Connections that stand. */
  open(): number
  /** Cuts them all off without a word. */
  cut(): void
  /** Answers nothing any more, as if the cable were cut: the connection stands. */
  deafen(): void
  /** Pings seen so far. */
  pings(): number
  close(): Promise<void>
}

export interface Push {
  /** Frames it is split into. */
  readonly frames?: number
  /** Sends the frames last one first. */
  readonly backwards?: boolean
  /** `event`, or a type the client does not know. */
  readonly type?: string
}

export interface Ack {
  readonly code: number
  readonly answer: Record<string, unknown> | null
}

const SERVICE = 33_554_678

export function openWire(server: Server): Wire {
  const sockets = new Set<WebSocket>()
  const waiting = new Map<string, (ack: Ack) => void>()
  const deaf = new Set<WebSocket>()
  let pings = 0
  let count = 0
  const wss = new WebSocketServer({ server, path: '/ws/v2' })
  wss.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(data)
      if (frame.method === 0) {
        pings += 1
        if (deaf.has(socket)) return
        const payload = Buffer.from(JSON.stringify(CLIENT_CONFIG))
        socket.send(encodeFrame({ service: SERVICE, method: 0, headers: { type: 'pong' }, payload }))
        return
      }
      const { code, data: answer } = JSON.parse(frame.payload.toString()) as { code: number; data?: string }
      const said = answer === undefined ? null : JSON.parse(Buffer.from(answer, 'base64').toString())
      waiting.get(frame.headers.message_id ?? '')?.({ code, answer: said })
    })
  })
  return {
    push: (event, { frames = 1, backwards = false, type = 'event' } = {}) =>
      new Promise((resolve, reject) => {
        // Lark sends each event to one of an app's connections.
        const socket = [...sockets][count % Math.max(1, sockets.size)]
        if (socket === undefined) return reject(new Error('nobody is connected'))
        count += 1
        const id = `m${count}`
        const bytes = Buffer.from(JSON.stringify(event))
        const size = Math.ceil(bytes.length / frames)
        const parts = Array.from({ length: frames }, (_, seq) => ({
          headers: { type, message_id: id, sum: String(frames), seq: String(seq), trace_id: `t${count}` },
          payload: bytes.subarray(seq * size, (seq + 1) * size),
        }))
        waiting.set(id, resolve)
        for (const part of backwards ? parts.reverse() : parts)
          socket.send(encodeFrame({ service: SERVICE, method: 1, ...part }))
      }),
    junk: (bytes) => {
      for (const socket of sockets) socket.send(bytes)
    },
    open: () => sockets.size,
    cut: () => {
      for (const socket of sockets) socket.terminate()
    },
    deafen: () => {
      for (const socket of sockets) deaf.add(socket)
    },
    pings: () => pings,
    close: async () => {
      for (const socket of sockets) socket.terminate()
      await new Promise((resolve) => wss.close(resolve))
    },
  }
}

export const CLIENT_CONFIG = {
  ReconnectCount: -1,
  ReconnectInterval: 120,
  ReconnectNonce: 30,
  PingInterval: 120,
}

/** The answer of `/callback/ws/endpoint`. */
export function endpointOf(host: string): object {
  const URL = `ws://${host}/ws/v2?fpid=493&aid=552564&device_id=7&access_key=k&service_id=${SERVICE}&ticket=t`
  return { code: 0, msg: '', data: { URL, ClientConfig: CLIENT_CONFIG } }
}

export interface Letter {
  readonly body: string
  readonly headers: Record<string, string>
}

/** A webhook request as Lark makes it: encrypted, and signed over its very bytes. */
export function sealed(event: object, encryptKey: string, at: Date): Letter {
  const key = createHash('sha256').update(encryptKey).digest()
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const encrypt = Buffer.concat([iv, cipher.update(JSON.stringify(event)), cipher.final()]).toString('base64')
  // Lark's own spacing, which a second JSON.stringify would not give back.
  const body = `{"encrypt": "${encrypt}"}`
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const nonce = randomBytes(8).toString('hex')
  const signature = createHash('sha256')
    .update(timestamp + nonce + encryptKey + body)
    .digest('hex')
  return {
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature,
    },
  }
}
