import { EventDispatcher, type HttpInstance, WSClient } from '@larksuiteoapi/node-sdk'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { type LarkApi, quiet } from './api.ts'
import { openTransport } from './transport.ts'

/** What comes in, as Lark sends it; the answer goes back within three seconds. */
export type Receive = (envelope: unknown) => Promise<object | undefined>

export interface Health {
  readonly connected: boolean
  /** Since when it has been so; null: it never was connected. */
  readonly since: Date | null
  /** Why not, in Lark's words; null while connected or while nothing was said. */
  readonly trouble: string | null
}

export interface Socket {
  /** Resolves once connected, or when the first attempt has failed; it goes on trying by itself. */
  start(): Promise<void>
  stop(): void
  health(): Health
}

/** Pauses between attempts, milliseconds: clicks made meanwhile are lost, so the first one comes at once. */
const PAUSES = [0, 5_000, 10_000, 20_000, 30_000]
const HANDSHAKE_MS = 5_000
/** How often the connection is tried, and when one without an answer counts as dead, which is sooner; milliseconds. */
export interface Pulse {
  readonly pingMs: number
  readonly pongMs: number
}
const PULSE: Pulse = { pingMs: 15_000, pongMs: 5_000 }

/**
 * The long connection, over which Lark sends events and clicks without a public address. The SDK would wait minutes
 * between attempts, so a watch of our own starts it again.
 */
export function openSocket(
  api: LarkApi,
  receive: Receive,
  { clock, log, watchMs = 1_000, pulse = PULSE }: { clock: Clock; log: Log; watchMs?: number; pulse?: Pulse },
): Socket {
  let since: Date | null = null
  let connected = false
  let trouble: string | null = null
  let settle: () => void = () => {}
  let watch: NodeJS.Timeout | null = null
  let attempts = 0
  let next = Number.POSITIVE_INFINITY

  const failed = (why: string): void => {
    trouble = why
    settle()
  }
  const client = new WSClient({
    appId: api.account.appId,
    appSecret: api.account.appSecret,
    domain: api.root,
    logger: quiet(log),
    httpInstance: watched(openTransport(HANDSHAKE_MS), failed),
    handshakeTimeoutMs: HANDSHAKE_MS,
    wsConfig: { pingTimeout: pulse.pongMs / 1_000 },
    source: 'foreshock',
    onReady: () => look(),
    onReconnected: () => look(),
    onError: ({ message }) => failed(message),
  })
  pingEvery(client, pulse.pingMs)
  const doorman = new Doorman(receive, log)

  /** Notes a change of state, and starts again where the connection is gone. */
  function look(): void {
    const now = clock.now()
    const is = client.getConnectionStatus().state === 'connected'
    if (is !== connected) {
      connected = is
      since = now
      log[is ? 'info' : 'warn']({ chat: 'lark' }, is ? 'connected to Lark' : 'the connection to Lark is gone')
      attempts = 0
      next = performance.now()
    }
    if (is) {
      trouble = null
      settle()
    } else if (performance.now() >= next) connect()
  }

  function connect(): void {
    attempts += 1
    next = performance.now() + PAUSES[Math.min(attempts, PAUSES.length - 1)]!
    client.close({ force: true })
    void client.start({ eventDispatcher: doorman })
  }

  return {
    start: async () => {
      const first = new Promise<void>((resolve) => {
        settle = resolve
        setTimeout(resolve, HANDSHAKE_MS).unref()
      })
      connect()
      watch ??= setInterval(look, watchMs)
      watch.unref()
      await first
    },
    stop: () => {
      if (watch !== null) clearInterval(watch)
      watch = null
      client.close({ force: true })
      connected = false
      since = clock.now()
      settle()
    },
    health: () => ({ connected, since, trouble }),
  }
}

/**
 * Lark asks for a ping every two minutes, so a connection that died without a word would be missed for as long, with all
 * its clicks. The SDK has no setting for it: what it is told is shortened where it writes it down.
 */
function pingEvery(client: WSClient, pingMs: number): void {
  const { wsConfig } = client as unknown as { wsConfig: { updateWs(told: { pingInterval?: number }): void } }
  const update = wsConfig.updateWs.bind(wsConfig)
  wsConfig.updateWs = (told) =>
    update({ ...told, ...(told.pingInterval === undefined ? {} : { pingInterval: pingMs }) })
}

/** Tells why no address for a connection was given: the SDK keeps that to itself while it goes on trying. */
function watched(transport: HttpInstance, failed: (why: string) => void): HttpInstance {
  const request = async (options: Parameters<HttpInstance['request']>[0]): Promise<never> => {
    try {
      const body = await transport.request<{ code?: number; msg?: string }>(options)
      if (body.code !== 0) failed(`Lark answered code ${body.code}: ${body.msg ?? ''}`)
      return body as never
    } catch (error) {
      failed((error as Error).message)
      throw error
    }
  }
  return { ...transport, request }
}

/**
 * Hands envelopes on whole, of every type. The SDK's own dispatcher flattens header and event into one object, in which
 * fields of one name hide each other. What it throws makes Lark send an event again; clicks come once.
 */
class Doorman extends EventDispatcher {
  readonly #receive: Receive

  constructor(receive: Receive, log: Log) {
    super({ logger: quiet(log) })
    this.#receive = receive
  }

  override async invoke(envelope: unknown): Promise<object | undefined> {
    return this.#receive(envelope)
  }
}
