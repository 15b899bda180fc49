import { APP, BOT, TENANT } from './lark-world.ts'

/** Events as Lark sends them when people do something. */

let count = 0

/** @param over replaces parts of the header, e.g. another tenant */
export function envelope(type: string, event: object, over: object = {}) {
  count += 1
  const header = {
    event_id: `f7984f25108f8137722bb63cee92e6${String(count).padStart(2, '0')}`,
    token: 'vtok',
    create_time: String(Date.now()),
    event_type: type,
    tenant_key: TENANT,
    app_id: APP.appId,
    ...over,
  }
  return { schema: '2.0', header, event }
}

interface Said {
  readonly chat?: string
  readonly mention?: boolean
  readonly root?: string
  readonly post?: boolean
  readonly tenant?: string
  readonly at?: number
}

/** A message: in a group with the bot mentioned, or (no chat) to the bot alone. */
export function says(
  user: string,
  words: string,
  { chat, mention = true, root, post = false, tenant = TENANT, at }: Said = {},
) {
  const named = chat !== undefined && mention
  const mentions = named
    ? [{ key: '@_user_1', id: { open_id: BOT }, name: 'Foreshock', tenant_key: TENANT }]
    : []
  const line = named ? `@_user_1 ${words}` : words
  const parts = [
    ...(named ? [{ tag: 'at', user_id: '@_user_1', user_name: 'Foreshock' }] : []),
    { tag: 'text', text: ` ${words}` },
  ]
  const content = post ? { title: '', content: [parts] } : { text: line }
  return envelope('im.message.receive_v1', {
    sender: { sender_id: { open_id: user, union_id: 'on_x' }, sender_type: 'user', tenant_key: tenant },
    message: {
      message_id: `om_said_${count}`,
      ...(root === undefined ? {} : { root_id: root, parent_id: root }),
      create_time: String(at ?? Date.now()),
      chat_id: chat ?? `oc_p2p_${user}`,
      chat_type: chat === undefined ? 'p2p' : 'group',
      message_type: post ? 'post' : 'text',
      content: JSON.stringify(content),
      mentions,
    },
  })
}

interface Pressed {
  readonly chat: string
  readonly id: string
  readonly content: string
}

/** A press on the button with these words, or the choice of a menu's line, with a form's values if it sends one. */
export function presses(
  user: string,
  { chat, id, content }: Pressed,
  label: string,
  form: Record<string, unknown> | null = null,
  tenant = TENANT,
) {
  const button = parts(JSON.parse(content)).find(
    (part) => part.tag === 'button' && (part.text as { content: string }).content === label,
  )
  if (button === undefined) throw new Error(`no button "${label}" on the card`)
  const [{ value }] = button.behaviors as [{ value: object }]
  const rest = form === null ? {} : { form_value: form, name: button.name }
  return pressed(user, { chat, id }, { value, tag: 'button', ...rest }, tenant)
}

/** The choice of a line of a card's menu. */
export function picks(user: string, { chat, id, content }: Pressed, option: string) {
  const menu = parts(JSON.parse(content)).find(({ tag }) => tag === 'select_static')
  if (menu === undefined) throw new Error('no menu on the card')
  const [{ value }] = menu.behaviors as [{ value: object }]
  return pressed(user, { chat, id }, { value, tag: 'select_static', option }, TENANT)
}

export function pressed(
  user: string,
  { chat, id }: { chat: string; id: string },
  action: object,
  tenant = TENANT,
) {
  return envelope('card.action.trigger', {
    operator: { tenant_key: tenant, open_id: user, union_id: 'on_x' },
    token: 'c-295ee57216a5dc9de90fefd0aadb4b1d7d',
    action,
    host: 'im_message',
    context: { open_message_id: id, open_chat_id: chat.startsWith('ou_') ? `oc_p2p_${chat}` : chat },
  })
}

export function picksFromMenu(user: string, key: string) {
  const operator = { operator_id: { open_id: user }, operator_name: 'x' }
  return envelope('application.bot.menu_v6', { operator, event_key: key, timestamp: Date.now() })
}

export function joins(user: string, chat: string, joined = true) {
  const type = joined ? 'im.chat.member.bot.added_v1' : 'im.chat.member.bot.deleted_v1'
  const event = {
    chat_id: chat,
    operator_id: { open_id: user },
    external: false,
    operator_tenant_key: TENANT,
  }
  return envelope(type, event)
}

type Part = Record<string, unknown>

function parts(from: unknown): Part[] {
  if (Array.isArray(from)) return from.flatMap(parts)
  if (typeof from !== 'object' || from === null) return []
  return [from as Part, ...Object.values(from).flatMap(parts)]
}
