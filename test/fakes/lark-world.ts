import { faultsOf } from './lark-card.ts'

/** What the fake Lark holds, and what its calls do to it; codes and words as Lark's documentation gives them. */

/** The app, its company and its bot. */
export const APP = { appId: 'cli_a1b2c3d4e5f60718', appSecret: 'the-app-secret' } as const
export const TENANT = '2ed263bf32cf1651'
export const BOT = 'ou_bot'

export interface LarkMessage {
  readonly id: string
  /** Chat it stands in; for a chat with one person, theirs. */
  readonly chat: string
  /** Head of its thread; null: it is no reply. */
  readonly thread: string | null
  readonly at: number
  /** The person who alone sees it; null: everyone. */
  readonly onlyFor: string | null
  readonly type: string
  content: string
  edits: number
  gone: boolean
}

export interface LarkGroup {
  name: string
  botIn: boolean
  dissolved: boolean
  external: boolean
  /** Groups of topics show no cards for one person alone. */
  topics: boolean
}

export interface LarkUser {
  readonly name: string
  readonly email: string
  readonly resigned: boolean
  readonly tenant: string
}

export interface World {
  readonly groups: Map<string, LarkGroup>
  readonly users: Map<string, LarkUser>
  readonly messages: LarkMessage[]
  readonly buzzed: { readonly message: string; readonly user: string }[]
  readonly images: Buffer[]
  /** As they were uploaded, multipart. */
  readonly files: Buffer[]
  /** Permissions the app has. */
  readonly scopes: Set<string>
  botOn: boolean
  now: () => number
  /** Called with every message as it now stands. */
  onShown: (message: LarkMessage) => void
}

export interface Told {
  readonly status: number
  readonly body: object
  readonly headers?: Record<string, string>
}

export const DAY = 86_400_000
const HOUR = 3_600_000

export const ok = (data: object = {}): Told => ({ status: 200, body: { code: 0, msg: 'success', data } })
export const no = (code: number, msg: string, status = 400): Told => ({ status, body: { code, msg } })

/** Acts on messages, with the memory of uuids that Lark keeps for an hour. */
export function openDesk(world: World) {
  const sent = new Map<string, { id: string; at: number }>()
  let count = 0

  function once(uuid: unknown, act: () => Told): Told {
    const key = typeof uuid === 'string' && uuid !== '' ? uuid : null
    if (key !== null && key.length > 50)
      return no(230001, 'Your request contains an invalid request parameter, ext=uuid')
    const before = key === null ? undefined : sent.get(key)
    if (before !== undefined && world.now() - before.at < HOUR)
      return ok(shown(world.messages.find(({ id }) => id === before.id)!))
    const told = act()
    const made = (told.body as { data?: { message_id?: string } }).data?.message_id
    if (key !== null && made !== undefined) sent.set(key, { id: made, at: world.now() })
    return told
  }

  function add(chat: string, body: Body, rest: { thread?: string; onlyFor?: string } = {}): Told {
    const refused = refusedCard(body)
    if (refused !== null) return refused
    count += 1
    const message: LarkMessage = {
      id: `om_${String(count).padStart(8, '0')}`,
      chat,
      thread: rest.thread ?? null,
      at: world.now(),
      onlyFor: rest.onlyFor ?? null,
      type: String(body.msg_type),
      content: String(body.content),
      edits: 0,
      gone: false,
    }
    world.messages.push(message)
    world.onShown(message)
    return ok(shown(message))
  }

  function closed(chat: string): Told | null {
    const group = world.groups.get(chat)
    if (group === undefined)
      return no(230001, 'Your request contains an invalid request parameter, ext=invalid receive_id.')
    if (group.dissolved) return no(232009, 'The chat has been dissolved.')
    return group.botIn ? null : no(230002, 'Bot/User can NOT be out of the chat.')
  }

  function found(id: string): LarkMessage | Told {
    const message = world.messages.find((each) => each.id === id)
    if (message === undefined)
      return no(230001, 'Your request contains an invalid request parameter, ext=invalid message_id.')
    return message.gone ? no(230011, 'The message was withdrawn.') : message
  }

  return {
    create: (type: string, body: Body): Told =>
      once(body.uuid, () => {
        const to = String(body.receive_id)
        if (type === 'open_id') {
          if (!world.users.has(to)) return no(230013, 'Bot has NO availability to this user.')
          return add(to, body)
        }
        return closed(to) ?? add(to, body)
      }),
    patch: (id: string, body: Body): Told => {
      const message = found(id)
      if ('status' in message) return message
      if (world.now() - message.at > 14 * DAY) return no(230031, 'The message is beyond its 14 days.')
      const refused = refusedCard({ ...body, msg_type: 'interactive' })
      if (refused !== null) return refused
      message.content = String(body.content)
      message.edits += 1
      world.onShown(message)
      return ok()
    },
    reply: (id: string, body: Body): Told => {
      const message = found(id)
      if ('status' in message) return message
      const refused = world.groups.has(message.chat) ? closed(message.chat) : null
      return (
        refused ?? once(body.uuid, () => add(message.chat, body, { thread: message.thread ?? message.id }))
      )
    },
    get: (id: string): Told => {
      const message = found(id)
      return 'status' in message ? message : ok({ items: [shown(message)] })
    },
    buzz: (id: string, body: Body): Told => {
      const message = found(id)
      if ('status' in message) return message
      for (const user of (body.user_id_list ?? []) as string[]) world.buzzed.push({ message: id, user })
      return ok({ invalid_user_id_list: [] })
    },
    aside: (body: Body): Told => {
      const chat = String(body.chat_id)
      const refused = closed(chat)
      if (refused !== null) return refused
      if (world.groups.get(chat)?.topics === true) return no(18_063, 'topic groups are not supported')
      const content = JSON.stringify(body.card)
      return add(chat, { msg_type: 'interactive', content }, { onlyFor: String(body.open_id) })
    },
  }
}

type Body = Readonly<Record<string, unknown>>

function shown({ id, chat, thread, type }: LarkMessage): object {
  return {
    message_id: id,
    chat_id: chat.startsWith('ou_') ? `oc_p2p_${chat}` : chat,
    msg_type: type,
    ...(thread === null ? {} : { root_id: thread, thread_id: `omt_${thread}` }),
  }
}

function refusedCard(body: Body): Told | null {
  if (body.msg_type !== 'interactive') return null
  const [fault] = faultsOf(String(body.content))
  if (fault === undefined) return null
  return no(230099, `Failed to create card content, ext=ErrCode: 11310; ErrMsg: ${fault}; `)
}
