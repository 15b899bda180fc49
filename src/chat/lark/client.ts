import { HOUR } from '../../clock.ts'
import type { Locale } from '../../text.ts'
import type { CardTexts } from '../card.ts'
import type { ChannelRef, Chat, Limit, MessageRef } from '../chat.ts'
import { ChatFault } from '../fault.ts'
import { NO_PICTURES, type Pictures } from '../pictures.ts'
import type { LarkApi } from './api.ts'
import { encodeCard } from './encode.ts'

/** Name of this chat in references, settings and tables. */
export const LARK = 'lark'

/** How long a card may be edited and its buttons pressed, days: a case that lives longer needs a new card before. */
export const CARD_DAYS = 14

/** A group shares five a second among all its bots; the app has 50 a second and 1,000 a minute. */
const LIMITS: readonly Limit[] = [
  { of: 'posts', per: 'channel', count: 5, ms: 1_000 },
  { of: 'writes', per: 'app', count: 50, ms: 1_000 },
  { of: 'writes', per: 'app', count: 1_000, ms: 60_000 },
]

/** A `uuid` is known for so long: what is sent again later stands there twice. */
const KNOWS_KEYS_MS = HOUR

export type LocaleOf = (channel: string) => Locale

export interface LarkChat extends Chat {
  buzz(message: MessageRef, user: string): Promise<void>
  direct(user: string): Promise<ChannelRef>
  /** Chats the bot is in. */
  chats(): Promise<{ id: string; name: string; external: boolean }[]>
}

/**
 * Lark and Feishu as a chat. A channel is a chat's id (`oc_…`) or, for the chat with one person alone, theirs (`ou_…`).
 * Lark shows one message a `uuid` within an hour, so trying again after a lost answer is safe and there is no `find`.
 */
export function openLarkChat(api: LarkApi, localeOf: LocaleOf, pictures: Pictures = NO_PICTURES): LarkChat {
  /** Writes the card with the picture Lark has of it, and without where Lark will not show it. */
  const write = async <T>(
    card: CardTexts,
    channel: string,
    send: (content: string) => Promise<T>,
  ): Promise<T> => {
    const locale = localeOf(channel)
    const shown = card[locale]
    // Charts within a card Lark draws itself.
    const charts = shown.picture ?? []
    const written = (picture: string | null) =>
      JSON.stringify(encodeCard(shown, { locale, direct: isPerson(channel), picture }))
    const picture = pictures.of(charts)
    try {
      return await send(written(picture))
    } catch (error) {
      if (picture === null || !(error instanceof ChatFault) || error.code !== 'card-refused') throw error
    }
    pictures.refused(charts)
    return send(written(null))
  }
  return {
    name: LARK,
    limits: LIMITS,
    editableDays: CARD_DAYS,
    knowsKeysMs: KNOWS_KEYS_MS,
    post: async (to, card, key) => {
      const { channel } = ours(to)
      const message = await write(card, channel, (content) => send(api, channel, content, key))
      return { chat: LARK, channel, message }
    },
    update: async (ref, card) => {
      const { channel, message } = ours(ref)
      await write(card, channel, (content) =>
        api.ask(({ im }) => im.v1.message.patch({ path: { message_id: message }, data: { content } })),
      )
    },
    reply: async (ref, card, key) => {
      const { channel, message } = ours(ref)
      const rest = { msg_type: 'interactive', reply_in_thread: true, uuid: uuidOf(key) }
      const { data: sent } = await write(card, channel, (content) =>
        api.ask(({ im }) =>
          im.v1.message.reply({ path: { message_id: message }, data: { content, ...rest } }),
        ),
      )
      return { chat: LARK, channel, message: named(sent?.message_id) }
    },
    buzz: async (ref, user) => {
      const { message } = ours(ref)
      await api.ask(({ im }) =>
        im.v1.message.urgentApp({
          path: { message_id: message },
          params: { user_id_type: 'open_id' },
          data: { user_id_list: [user] },
        }),
      )
    },
    direct: async (user) => ({ chat: LARK, channel: user }),
    awaits: ({ channel }, card) => pictures.make(card[localeOf(channel)].picture ?? []),
    chats: () => chatsOf(api),
  }
}

/** Keeps a picture at Lark and gives the name cards call it by. PNG, JPEG or GIF, at most 10 MB. */
export function keepPicture(api: LarkApi, image: Uint8Array): Promise<string> {
  return api.ask(async ({ im }) => {
    const sent = await im.v1.image.create({ data: { image_type: 'message', image: Buffer.from(image) } })
    return named(sent?.image_key)
  })
}

/** Sends a text file to a group or to a person. At most 30 MB. */
export async function sendFile(
  api: LarkApi,
  to: string,
  { name, words }: { readonly name: string; readonly words: string },
  key: string,
): Promise<void> {
  const file = await api.ask(async ({ im }) => {
    const data = { file_type: 'stream' as const, file_name: name, file: Buffer.from(words) }
    return named((await im.v1.file.create({ data }))?.file_key)
  })
  await send(api, to, JSON.stringify({ file_key: file }), key, 'file')
}

/** A person's own id stands for the chat between them and the bot. */
export function isPerson(channel: string): boolean {
  return channel.startsWith('ou_')
}

/** Lark takes 50 characters and no more. */
export function uuidOf(key: string): string {
  if (key.length <= 50) return key
  throw new ChatFault('refused', `the key "${key}" is longer than the 50 characters Lark takes`)
}

/** Posts a card, or another kind of message, written as JSON to a group or to a person; gives the message's id. */
export async function send(
  api: LarkApi,
  to: string,
  content: string,
  key: string,
  type = 'interactive',
): Promise<string> {
  const data = { receive_id: to, msg_type: type, content, uuid: uuidOf(key) }
  const params = { receive_id_type: isPerson(to) ? ('open_id' as const) : ('chat_id' as const) }
  const { data: sent } = await api.ask(({ im }) => im.v1.message.create({ params, data }))
  return named(sent?.message_id)
}

async function chatsOf(api: LarkApi): Promise<{ id: string; name: string; external: boolean }[]> {
  const found: { id: string; name: string; external: boolean }[] = []
  for (let page: string | undefined = ''; page !== undefined; ) {
    const at: string = page
    const { data } = await api.ask(({ im }) =>
      im.v1.chat.list({ params: { page_size: 100, ...(at === '' ? {} : { page_token: at }) } }),
    )
    for (const { chat_id, name, external } of data?.items ?? [])
      if (chat_id !== undefined) found.push({ id: chat_id, name: name ?? '', external: external ?? false })
    page = data?.has_more === true && data.page_token ? data.page_token : undefined
  }
  return found
}

/** Lark said yes without naming what it made: it may be there. */
function named(id: string | undefined): string {
  if (id !== undefined && id !== '') return id
  throw new ChatFault('unclear', 'Lark took the request and named no message.')
}

function ours<T extends ChannelRef>(ref: T): T {
  if (ref.chat === LARK) return ref
  throw new ChatFault('refused', `${ref.chat}/${ref.channel} is not a Lark channel`)
}
