import { type Locale, type Text, text } from '../../text.ts'
import { WEBHOOK_PATH } from './webhook.ts'

/** What the app needs on Lark or Feishu, and why: nothing that is not used. */

export interface Permission {
  readonly scope: string
  readonly why: Text
  /** True: without it only this one thing is missing, and everything else works. */
  readonly optional?: true
}

export const PERMISSIONS: readonly Permission[] = [
  {
    scope: 'im:message:send_as_bot',
    why: text('发送和更新卡片、在话题里回复', 'posts and updates cards, replies in threads'),
  },
  {
    scope: 'im:message.group_at_msg:readonly',
    why: text('接收群里 @ 它的消息', 'hears messages that mention it'),
  },
  {
    scope: 'im:message.p2p_msg:readonly',
    why: text('接收发给它的单聊消息', 'hears what people write to it alone'),
  },
  { scope: 'im:chat:readonly', why: text('知道自己在哪些群里', 'knows which chats it is in') },
  {
    scope: 'im:chat.members:bot_access',
    why: text('知道何时被拉进群、移出群', 'is told when it is called into a chat or out of it'),
  },
  {
    scope: 'contact:contact.base:readonly',
    why: text('查看使用者是谁、是否还在职', 'looks up who somebody is'),
  },
  { scope: 'contact:user.base:readonly', why: text('读取姓名', 'reads their name') },
  {
    scope: 'contact:user.email:readonly',
    why: text('按邮箱认出配置里的人', 'finds a person of the configuration by e-mail address'),
  },
  {
    scope: 'contact:user.employee:readonly',
    why: text('离职、冻结的人不再有权限', 'people who left or are frozen lose their rights'),
  },
  {
    scope: 'im:message.urgent',
    why: text('P0 无人认领时加急', 'buzzes people for a P0 that nobody claims'),
    optional: true,
  },
  { scope: 'im:resource', why: text('上传图片和表格', 'uploads pictures and tables'), optional: true },
]

/** Events to subscribe to. */
export const EVENTS: Readonly<Record<string, Text>> = {
  'im.message.receive_v1': text('接收消息', 'messages'),
  'application.bot.menu_v6': text('机器人自定义菜单', 'the bot’s menu'),
  'im.chat.member.bot.added_v1': text('机器人进群', 'the bot is called into a chat'),
  'im.chat.member.bot.deleted_v1': text('机器人被移出群', 'the bot is removed from a chat'),
}

/** Callbacks to subscribe to: the new one, not `card.action.trigger_v1`, which the long connection drops. */
export const CALLBACKS: Readonly<Record<string, Text>> = {
  'card.action.trigger': text('卡片回传交互', 'buttons and forms of cards'),
}

/** Lines of the bot's menu; the key is the command, with _ for a blank. */
const MENU: readonly { readonly key: string; readonly name: Text }[] = [
  { key: 'mine', name: text('我的预警', 'My cases') },
  { key: 'top_20', name: text('风险排行', 'Top 20') },
  { key: 'sla', name: text('快超时的', 'Running late') },
  { key: 'help', name: text('怎么用', 'Help') },
]

/**
 * The app as the developer console wants it told. `scopes` alone, as JSON, is what "Batch import/export scopes" takes.
 *
 * @param address where Lark reaches us over HTTPS; null: the long connection, which needs no address
 */
export function larkManifest(locale: Locale, address: string | null): Record<string, unknown> {
  const told = (all: Readonly<Record<string, Text>>) =>
    Object.fromEntries(Object.entries(all).map(([name, words]) => [name, words[locale]]))
  const url = address === null ? null : `${address.replace(/\/+$/, '')}${WEBHOOK_PATH}`
  const way =
    url === null
      ? text('使用长连接接收', 'Receive through persistent connection')
      : text('将事件发送至开发者服务器', 'Send to developer’s server')
  const subscription = { mode: way[locale], ...(url === null ? {} : { request_url: url }) }
  return {
    app: { type: text('企业自建应用', 'Custom app')[locale], features: [text('机器人', 'Bot')[locale]] },
    scopes: { tenant: PERMISSIONS.map(({ scope }) => scope), user: [] },
    why: Object.fromEntries(PERMISSIONS.map(({ scope, why }) => [scope, why[locale]])),
    events: { ...subscription, subscribe: told(EVENTS) },
    callbacks: { ...subscription, subscribe: told(CALLBACKS) },
    bot_menu: MENU.map(({ key, name }) => ({
      name: name[locale],
      response: text('推送事件', 'Push event')[locale],
      event_key: key,
    })),
  }
}
