import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { ForeshockError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { text } from '../../text.ts'
import type { Counter, Front } from '../inbound.ts'
import { type Draw, NO_PICTURES, openPictures } from '../pictures.ts'
import { type LarkAccount, type LarkApi, openApi } from './api.ts'
import { keepPicture, type LarkChat, type LocaleOf, openLarkChat } from './client.ts'
import { openDoor } from './door.ts'
import { openFront } from './front.ts'
import { openMeeting } from './meeting.ts'
import type { WebhookKeys } from './secrets.ts'
import { type Health, openSocket, type Pulse } from './socket.ts'
import { webhookRoutes } from './webhook.ts'

export interface LarkOptions extends LarkAccount {
  /** Given: events come to our own address, signed and encrypted with these; null: over a long connection. */
  readonly webhook: WebhookKeys | null
  readonly counter: Counter
  readonly clock: Clock
  readonly log: Log
  readonly localeOf: LocaleOf
  /** Draws what cards show as pictures; absent: they show none. */
  readonly draw?: Draw
  /** The company's tenant key where it is known; else the first event tells. */
  readonly tenant?: string | null
  /** Milliseconds for one request; default 5,000. */
  readonly timeoutMs?: number
  /** Milliseconds between looks at the long connection; default 1,000. Attempts to meet the bot take 15 times that. */
  readonly watchMs?: number
  /** How the long connection is kept under watch; default a ping every 15 s. */
  readonly pulse?: Pulse
  /** Milliseconds a press may take until it is answered that it takes longer; default 2,400. */
  readonly patienceMs?: number
}

export interface Lark {
  readonly chat: LarkChat
  readonly front: Front
  readonly api: LarkApi
  /** Connects; problems are told by `health`, and by `doctor` in full. */
  start(): Promise<void>
  stop(): Promise<void>
  health(): Health
  /** The company's tenant key; null: not known yet. Others are turned away here already. */
  workspace(): string | null
  /** Ids of the chats the bot is in. */
  channels(): Promise<readonly string[]>
  readonly routes?: FastifyPluginAsync
}

/** Opens Lark or Feishu. Throws ForeshockError CONFIG_INVALID for an app id or a domain that cannot be one. */
export function openLark(options: LarkOptions): Lark {
  const { counter, clock, log, webhook } = options
  const account = accountOf(options)
  const api = openApi(account, clock, log, options.timeoutMs)
  const { draw } = options
  const keep = (png: Uint8Array) => keepPicture(api, png)
  const pictures = draw === undefined ? NO_PICTURES : openPictures({ draw, keep, clock, log })
  const chat = openLarkChat(api, options.localeOf, pictures)
  const known = { tenant: options.tenant ?? null, bot: null as string | null }
  const receive = openDoor({
    api,
    counter,
    clock,
    log,
    home: () => ({ appId: account.appId, appSecret: account.appSecret, ...known }),
    learn: (tenant) => {
      known.tenant ??= tenant
    },
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
  })
  const meeting = openMeeting(
    async () => {
      known.bot ??= await botOf(api)
    },
    clock,
    options.watchMs === undefined ? undefined : options.watchMs * 15,
  )
  const common = {
    chat,
    front: openFront(api, chat, clock),
    api,
    workspace: () => known.tenant,
    channels: async () => (await chat.chats()).map(({ id }) => id),
  }
  if (webhook !== null) {
    const { start, stop, health } = meeting
    const routes = webhookRoutes(webhook, receive, { clock, log })
    return { ...common, routes, start, stop: async () => stop(), health }
  }
  const socket = openSocket(api, receive, {
    ...{ clock, log },
    ...(options.watchMs === undefined ? {} : { watchMs: options.watchMs }),
    ...(options.pulse === undefined ? {} : { pulse: options.pulse }),
  })
  return {
    ...common,
    start: async () => {
      await Promise.all([socket.start(), meeting.start()])
    },
    stop: async () => {
      meeting.stop()
      socket.stop()
    },
    health: socket.health,
  }
}

const botSchema = z.object({ bot: z.object({ open_id: z.string(), activate_status: z.number().optional() }) })

/** The bot's own open_id, by which mentions of it are told from others. */
async function botOf(api: LarkApi): Promise<string> {
  const answer = await api.ask((client) => client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }))
  return botSchema.parse(answer).bot.open_id
}

function accountOf({ appId, appSecret, domain }: LarkAccount): LarkAccount {
  if (!/^cli_[0-9a-fA-F]{16}$/.test(appId))
    throw new ForeshockError(
      'CONFIG_INVALID',
      text('LARK_APP_ID 不是应用的 App ID。', 'LARK_APP_ID is not the id of a Lark app.'),
      text(
        '应为 cli_ 加 16 位十六进制字符，见开发者后台“凭证与基础信息”。',
        'It is cli_ and 16 hexadecimal digits; see Credentials & Basic Info in the developer console.',
      ),
    )
  if (
    !['feishu', 'lark'].includes(domain) &&
    !(URL.canParse(domain) && /^https?:$/.test(new URL(domain).protocol))
  )
    throw new ForeshockError(
      'CONFIG_INVALID',
      text(
        `LARK_DOMAIN 的“${domain}”无法识别。`,
        `LARK_DOMAIN "${domain}" is neither a name nor an address.`,
      ),
      text('请写 feishu、lark 或服务器地址。', 'Use feishu, lark, or the address of a server.'),
    )
  return { appId, appSecret, domain }
}
