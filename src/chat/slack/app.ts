import { App, type Receiver, type ReceiverEvent } from '@slack/bolt'
import type { Log } from '../../log.ts'
import type { Ack, Door } from './door.ts'
import type { Self } from './normalize.ts'
import type { SdkLogger } from './sdk-log.ts'

/** Takes a body from a socket or a request to whoever listens. Throws when it is to be sent again. */
export type Deliver = (body: Record<string, unknown>, ack: Ack) => Promise<void>

/**
 * Bolt tells the kinds of bodies apart and keeps our own messages out; what they mean is decided at the door. Bolt's
 * own receivers acknowledge events before anything is stored, so this one is ours: it carries, and acknowledges last.
 */
export function openApp(parts: {
  readonly token: string
  readonly apiUrl: string | null
  readonly logger: SdkLogger
  readonly door: Door
  readonly log: Log
  self(): Self | null
}): Deliver {
  const { token, apiUrl, logger, door, log } = parts
  let bolt: { processEvent(event: ReceiverEvent): Promise<void> } | null = null
  const receiver: Receiver = {
    init: (app) => {
      bolt = app
    },
    start: async () => {},
    stop: async () => {},
  }
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    clientOptions: {
      ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
      retryConfig: { retries: 0 },
      logger,
    },
    authorize: async () => {
      const self = parts.self()
      return { botToken: token, ...(self === null ? {} : { botUserId: self.user, botId: self.bot }) }
    },
  })
  const heard = async ({ body, context }: { body: unknown; context: Record<string, unknown> }) => {
    const { ack, notKept } = context[CARRIED] as Carried
    await door.receive(body, ack).catch(notKept)
  }
  app.command(/.*/, heard)
  app.event(/.*/, heard)
  app.action(/.*/, heard)
  app.view(/.*/, heard)
  app.shortcut(/.*/, heard)
  app.error(async (error) => {
    throw error
  })

  return async (body, ack) => {
    let answered = false
    const once: Ack = async (payload) => {
      if (answered) return
      answered = true
      await ack(payload)
    }
    let failure: { readonly error: unknown } | null = null
    const carried: Carried = {
      ack: once,
      notKept: (error) => {
        failure = { error }
      },
    }
    try {
      // Bolt calls the acknowledgement of events itself and at once; ours travels beside it.
      await bolt!.processEvent({ body, ack: async () => {}, customProperties: { [CARRIED]: carried } })
    } catch (error) {
      // Bolt trips over bodies of unexpected shape; sent again, it would do so again.
      const reason = error instanceof Error ? error.name : 'failed'
      log.debug({ reason }, 'a Slack event of a shape that Bolt cannot read was ignored')
    }
    if (failure !== null) throw (failure as { readonly error: unknown }).error
    // A body that nobody listens to was received all the same.
    await once()
  }
}

/** What travels with a body through Bolt. */
interface Carried {
  readonly ack: Ack
  notKept(error: unknown): void
}

const CARRIED = 'carried'
