import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { CardTexts } from '../../src/chat/card.ts'
import { ChatFault } from '../../src/chat/fault.ts'
import { chance, openStream } from '../../src/demo/random.ts'
import { type FakeCall, type FakePlatform, fakePlatform } from './chat-platform.ts'

/** An answer to one person. */
export interface ServedAnswer {
  readonly do: 'answer'
  readonly event: string
  readonly user: string
  readonly key: string
  readonly card: CardTexts
}

export type Served = FakeCall | ServedAnswer

/** How often what befalls a call; shares of 1. */
export interface Mischief {
  readonly seed: string
  /** 500, half of them after the call was done. */
  readonly errors: number
  /** The connection is cut, half of them after the call was done. */
  readonly resets: number
  /** 429 for the channel, with a Retry-After of a second. */
  readonly limited: number
  /** The answer takes half a second to a second and a half. */
  readonly slow: number
}

export interface ChatServer {
  readonly url: string
  readonly platform: FakePlatform
  readonly answers: ReadonlyMap<string, ServedAnswer>
  /** Version after version that each message has shown. */
  readonly versions: ReadonlyMap<string, readonly number[]>
  /** Calls that came while their channel was told to wait. */
  readonly impatient: () => number
  /** What befell calls so far. */
  readonly mishaps: Readonly<Record<'errors' | 'resets' | 'limited' | 'slow', number>>
  close(): Promise<void>
}

const RETRY_MS = 1_000

/** A small chat platform over HTTP: it outlives the programs that talk to it, and is as unkind as asked. */
export async function openChatServer(options: { keyed: boolean; mischief?: Mischief }): Promise<ChatServer> {
  const platform = fakePlatform(options)
  const answers = new Map<string, ServedAnswer>()
  const versions = new Map<string, number[]>()
  const waits = new Map<string, number>()
  const mishaps = { errors: 0, resets: 0, limited: 0, slow: 0 }
  const draw = openStream(options.mischief?.seed ?? 'calm', 'mischief')
  const mischief = options.mischief ?? null
  let impatient = 0

  const does = (call: Served): string | null => {
    if (call.do === 'answer') {
      if (!answers.has(call.key)) answers.set(call.key, call)
      return null
    }
    const message = platform.receive(call, Date.now())
    if (
      (call.do === 'post' || call.do === 'update') &&
      message !== null &&
      call.card.en.version !== undefined
    )
      versions.set(message, [...(versions.get(message) ?? []), call.card.en.version])
    return message
  }
  const answer = async (call: Served, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const say = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const isWrite = call.do === 'post' || call.do === 'update' || call.do === 'reply'
    const until = isWrite ? (waits.get(call.channel) ?? 0) : 0
    if (until > Date.now()) {
      impatient += 1
      return say(429, { retryAfterMs: until - Date.now() })
    }
    const befalls = (kind: keyof typeof mishaps): boolean => {
      const hit = mischief !== null && chance(draw, mischief[kind])
      if (hit) mishaps[kind] += 1
      return hit
    }
    if (befalls('slow')) await pause(500 + draw() * 1_000)
    if (isWrite && befalls('limited')) {
      waits.set(call.channel, Date.now() + RETRY_MS)
      return say(429, { retryAfterMs: RETRY_MS })
    }
    const [fails, cut] = [befalls('errors'), befalls('resets')]
    if ((fails || cut) && chance(draw, 0.5)) {
      // It never gets as far as being done.
      if (cut) return void request.socket.destroy()
      return say(500, {})
    }
    try {
      const message = does(call)
      if (cut) request.socket.destroy()
      else say(fails ? 500 : 200, { message })
    } catch (error) {
      if (!(error instanceof ChatFault)) throw error
      say(409, { fault: error.code, words: error.message })
    }
  }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part
    })
    request.on('end', () => void answer(JSON.parse(body) as Served, request, response))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ platform, answers, versions, mishaps },
    impatient: () => impatient,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
