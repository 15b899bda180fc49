import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { type Text, text } from '../../text.ts'
import { ChatFault } from '../fault.ts'
import { type LarkAccount, type LarkApi, openApi } from './api.ts'
import { openLarkChat } from './client.ts'
import { PERMISSIONS, type Permission } from './manifest.ts'
import type { WebhookKeys } from './secrets.ts'
import { openTransport } from './transport.ts'

/** One thing that was looked at, and what to do where it is not well. */
export interface LarkFinding {
  readonly about: string
  readonly ok: boolean
  readonly says: Text
  /** Worth knowing, but cards go out and clicks come in without it. */
  readonly note?: true
}

const CONSOLE = { feishu: 'open.feishu.cn/app', lark: 'open.larksuite.com/app' } as const

/** Asks Lark itself whether everything is there: secret, bot, permissions, the way in, chats. Never throws. */
export async function examineLark(
  setup: LarkAccount & {
    readonly webhook: WebhookKeys | null
    /** Ids of the chats that cards are to go to. */
    readonly channels: readonly string[]
    readonly clock: Clock
    readonly log: Log
    /** Milliseconds for one request; default 5,000. */
    readonly timeoutMs?: number
  },
): Promise<LarkFinding[]> {
  const api = openApi(setup, setup.clock, setup.log, setup.timeoutMs)
  const page = setup.domain === 'lark' ? CONSOLE.lark : CONSOLE.feishu
  const bot = await look('Lark LARK_APP_ID', page, () => botIsOn(api, page))
  // An app that is refused is told the same of everything else.
  if (bot.some(({ ok }) => !ok)) return bot
  return [
    ...bot,
    ...(await look('Lark permissions', page, () => permissions(api, page))),
    ...(await look('Lark events', page, () => wayIn(api, setup.webhook, page))),
    ...(await look('Lark chats', page, () => chats(api, setup.channels))),
  ]
}

async function look(about: string, page: string, ask: () => Promise<LarkFinding[]>): Promise<LarkFinding[]> {
  try {
    return await ask()
  } catch (error) {
    return [{ about, ok: false, says: mend(error, page) }]
  }
}

function mend(error: unknown, page: string): Text {
  const words = error instanceof Error ? error.message : String(error)
  if (error instanceof ChatFault && error.code === 'token-refused')
    return text(
      `飞书拒绝了这个应用（${words}）。请在 ${page} 核对 App ID 和 App Secret，确认应用已发布并启用`,
      `Lark refuses the app (${words}). Compare App ID and App Secret at ${page}, and see that the app is published and enabled`,
    )
  return text(
    `没能问到飞书（${words}）。请检查网络和 LARK_DOMAIN`,
    `Lark could not be asked (${words}). Check the network and LARK_DOMAIN`,
  )
}

const botSchema = z.object({
  bot: z.object({ app_name: z.string().default(''), activate_status: z.number() }),
})
/** `activate_status` of a bot that works. */
const ON = 2

async function botIsOn(api: LarkApi, page: string): Promise<LarkFinding[]> {
  const about = 'Lark bot'
  const answer = await api.ask((client) => client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }))
  const { app_name: name, activate_status: status } = botSchema.parse(answer).bot
  if (status === ON)
    return [{ about, ok: true, says: text(`已作为“${name}”启用`, `is enabled as "${name}"`) }]
  const says = text(
    `机器人没有启用。请在 ${page} 的“添加应用能力”里打开机器人，再发布版本`,
    `the bot is not enabled. Add the Bot feature at ${page}, then publish a version`,
  )
  return [{ about, ok: false, says }]
}

const scopesSchema = z.object({
  data: z.object({
    scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })).default([]),
  }),
})

async function permissions(api: LarkApi, page: string): Promise<LarkFinding[]> {
  const answer = await api.ask(({ application }) => application.v6.scope.list({}))
  const { scopes } = scopesSchema.parse(answer).data
  const granted = scopes
    .filter(({ grant_status: status }) => status === 1)
    .map(({ scope_name: name }) => name)
  const lacks = (optional: boolean) =>
    PERMISSIONS.filter((each) => (each.optional === true) === optional && !has(granted, each))
  const [needed, wished] = [lacks(false), lacks(true)]
  const about = 'Lark permissions'
  const all: LarkFinding = { about, ok: true, says: text('齐全', 'all there') }
  return [
    needed.length === 0 ? all : { about, ok: false, says: missing(needed, page) },
    ...(wished.length === 0 ? [] : [{ about, ok: true, note: true as const, says: missing(wished, page) }]),
  ]
}

/** Lark names a permission with or without its first part. */
function has(granted: readonly string[], { scope }: Permission): boolean {
  return granted.some((name) => name === scope || scope.endsWith(`:${name}`))
}

function missing(all: readonly Permission[], page: string): Text {
  const zh = all.map(({ scope, why }) => `${scope}（${why.zh}）`).join('、')
  const en = all.map(({ scope, why }) => `${scope} (${why.en})`).join('; ')
  return text(
    `缺少 ${zh}。请在 ${page} 的“权限管理”里开通，再发布版本`,
    `missing: ${en}. Add them at ${page} under "Permissions & Scopes", then publish a version`,
  )
}

/** Whether a long connection would be let in; its own socket is not opened, for it would take events away. */
async function wayIn(api: LarkApi, webhook: WebhookKeys | null, page: string): Promise<LarkFinding[]> {
  const about = 'Lark events'
  if (webhook !== null)
    return [
      { about, ok: true, says: text('由飞书推送，已核对密钥', 'sent by Lark to our address, keys are set') },
    ]
  const { appId, appSecret } = api.account
  const { code, msg } = await openTransport(5_000).post<{ code: number; msg?: string }>(
    `${api.root}/callback/ws/endpoint`,
    { AppID: appId, AppSecret: appSecret },
  )
  if (code === 0) return [{ about, ok: true, says: text('长连接可用', 'the long connection is open to us') }]
  const says = text(
    `长连接被拒绝（${code} ${msg ?? ''}）。请在 ${page} 的“事件与回调”里，事件和回调都选“使用长连接接收”`,
    `the long connection is refused (${code} ${msg ?? ''}). At ${page} under "Events & Callbacks", choose "persistent connection" for both events and callbacks`,
  )
  return [{ about, ok: false, says }]
}

async function chats(api: LarkApi, wanted: readonly string[]): Promise<LarkFinding[]> {
  const about = 'Lark chats'
  const there = await openLarkChat(api, () => 'en').chats()
  const names = there.map(({ id, name }) => `${name} ${id}`).join(', ')
  const absent = wanted.filter((id) => id.startsWith('oc_') && !there.some((chat) => chat.id === id))
  if (absent.length > 0) {
    const says = text(
      `机器人不在 ${absent.join('、')} 里。请在群设置的“群机器人”里添加它，或改正 channels 里的群 ID`,
      `the bot is not in ${absent.join(', ')}. Add it in the group's settings under "Bots", or correct the id under channels`,
    )
    return [{ about, ok: false, says }]
  }
  if (there.length === 0) {
    const says = text(
      '机器人还不在任何群里。请把它拉进要收预警的群',
      'the bot is in no chat yet: add it to the group that cards are to go to',
    )
    return [{ about, ok: true, note: true, says }]
  }
  return [
    { about, ok: true, says: text(`在 ${there.length} 个群里：${names}`, `in ${there.length}: ${names}`) },
  ]
}
