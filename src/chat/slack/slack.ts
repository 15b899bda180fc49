import type { FastifyPluginAsync } from 'fastify'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Locale } from '../../text.ts'
import type { Chat } from '../chat.ts'
import type { Counter, Front } from '../inbound.ts'
import { type Draw, NO_PICTURES, openPictures } from '../pictures.ts'
import { type Deliver, openApp } from './app.ts'
import { joinedChannels, type SlackChannel } from './channels.ts'
import { slackChat } from './client.ts'
import { openConnection, type SlackHealth } from './connection.ts'
import { openDoor } from './door.ts'
import { slackFront } from './front.ts'
import { slackRoutes } from './routes.ts'
import { sdkLogger } from './sdk-log.ts'
import { openSender } from './sender.ts'
import { openSocket, type Socket } from './socket.ts'
import { openWeb } from './web.ts'

export interface SlackOptions {
  /** Bot token, xoxb-... */
  readonly token: string
  /** App-level token, xapp-...: events come over Socket Mode. Null: over HTTP, `signingSecret` is needed. */
  readonly appToken: string | null
  /** Checks requests over HTTP. Null: there are no routes. */
  readonly signingSecret: string | null
  /** Root of the Web API, "https://slack.com/api/"; null: that one. */
  readonly apiUrl: string | null
  readonly counter: Counter
  /** Real time, also in the demo: signatures and messages carry Slack's. */
  readonly clock: Clock
  readonly log: Log
  /** The language of a channel; of null: of places that are no channel. */
  localeOf(channel: string | null): Locale
  /** Draws what cards show as pictures; absent: they show none. */
  readonly draw?: Draw
  /** Scales the pauses between attempts to connect, and until a picture can be shown. Milliseconds; default a second. */
  readonly stepMs?: number
}

export interface Slack {
  readonly chat: Chat
  readonly front: Front
  /** Channels the bot was invited to. Throws ChatFault. */
  channels(): Promise<readonly SlackChannel[]>
  /** Resolves after the first attempt to connect, however it went: `health` tells. */
  start(): Promise<void>
  stop(): Promise<void>
  health(): SlackHealth
  /** For the one HTTP server; absent without a signing secret. */
  readonly routes?: FastifyPluginAsync
}

/** Slack looks at a new file for a moment before it lets a card show it. */
const SETTLING_STEPS = 1.5

/** One Slack workspace: cards out by the Web API, what people do in by Socket Mode or signed HTTP. */
export function openSlack(options: SlackOptions): Slack {
  const { token, appToken, signingSecret, apiUrl, counter, clock, log, localeOf, stepMs } = options
  const logger = sdkLogger(log)
  const web = openWeb(token, apiUrl, logger)
  const pictures =
    options.draw === undefined
      ? NO_PICTURES
      : openPictures({
          draw: options.draw,
          keep: web.keep,
          clock,
          log,
          settleMs: SETTLING_STEPS * (stepMs ?? 1_000),
        })
  const sender = openSender({ web, apiUrl, pictures, clock, log })
  const chat = slackChat(web, sender, localeOf, pictures, clock)
  const front = slackFront({ web, sender, chat, log, localeOf, pictures })

  let socket: Socket | null = null
  const pace = stepMs === undefined ? {} : { stepMs }
  const connection = openConnection({ web, socket: () => socket, clock, log, ...pace })
  const { self, lost } = connection
  const door = openDoor({ web, counter, log, self, localeOf, whisper: front.whisper })
  const { deliver, settled } = underWay(openApp({ token, apiUrl, logger, door, log, self }))
  if (appToken !== null) socket = openSocket({ appToken, apiUrl, logger, deliver, onLost: lost })

  return {
    chat,
    front,
    channels: () => joinedChannels(web),
    start: connection.start,
    stop: async () => {
      // What has come in is kept and acknowledged over the line that it came by.
      await settled()
      await connection.stop()
    },
    health: connection.health,
    ...(signingSecret === null
      ? {}
      : { routes: slackRoutes({ secret: signingSecret, clock, log, deliver }) }),
  }
}

/** Keeps an eye on what is being taken in. */
function underWay(deliver: Deliver): { readonly deliver: Deliver; settled(): Promise<void> } {
  const open = new Set<Promise<void>>()
  return {
    deliver: (body, ack) => {
      const work = deliver(body, ack).finally(() => open.delete(work))
      open.add(work)
      return work
    },
    settled: async () => {
      await Promise.allSettled(open)
    },
  }
}
