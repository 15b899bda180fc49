import { type App, SocketModeReceiver } from '@slack/bolt'
import type { Deliver } from './app.ts'
import type { SdkLogger } from './sdk-log.ts'

/** One Socket Mode connection after another. */
export interface Socket {
  /** Resolves once Slack has said hello, rejects when there is no connection to be had now. */
  connect(): Promise<void>
  disconnect(): Promise<void>
}

/** Slack pings every few seconds; a silence this long is a dead line. Milliseconds. */
const SILENCE_MS = 20_000
const CALL_MS = 5_000

/**
 * Bolt's socket, without its own way of connecting anew: that one waits five seconds first, and ends the process by an
 * unhandled rejection when the token was revoked meanwhile.
 *
 * @param onLost a connection that had said hello is gone
 */
export function openSocket(parts: {
  readonly appToken: string
  readonly apiUrl: string | null
  readonly logger: SdkLogger
  readonly deliver: Deliver
  onLost(): void
}): Socket {
  const { appToken, apiUrl, logger, deliver, onLost } = parts
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    serverPingTimeout: SILENCE_MS,
    installerOptions: {
      clientOptions: {
        ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
        retryConfig: { retries: 0 },
        timeout: CALL_MS,
      },
    },
    // Not kept, so not acknowledged: Slack sends it again.
    processEventErrorHandler: async () => false,
  })
  receiver.init({
    processEvent: ({
      body,
      ack,
    }: {
      body: Record<string, unknown>
      ack: (answer?: unknown) => Promise<void>
    }) => deliver(body, (payload) => ack(payload)),
  } as unknown as App)
  let greeted = false
  const { client } = receiver
  client.on('connected', () => {
    greeted = true
  })
  client.on('disconnected', () => {
    if (!greeted) return
    greeted = false
    onLost()
  })
  return {
    connect: async () => {
      await client.start()
    },
    disconnect: async () => {
      await client.disconnect()
    },
  }
}
