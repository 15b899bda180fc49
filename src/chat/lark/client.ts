import { ForeshockError } from '../../errors.ts'
import { type Locale, text } from '../../text.ts'
import type { CardTexts } from '../card.ts'
import type { ChannelRef, Chat, MessageRef } from '../chat.ts'
import { ChatFault } from '../fault.ts'
import type { LarkApi } from './api.ts'
import { encodeCard, encodePlain, type LarkCard } from './encode.ts'

/** Name of this chat in references, settings and tables. */
export const LARK = 'lark'

/** How long a card may be edited and its buttons pressed, days: a case that lives longer needs a new card before. */
export const CARD_DAYS = 14

export type LocaleOf = (channel: string) => Locale

export interface LarkChat extends Chat {
  buzz(message: MessageRef, user: string): Promise<void>
  direct(user: string): Promise<ChannelRef>
  /** Keeps a picture at Lark and gives the name cards call it by. PNG, JPEG or GIF, at most 10 MB. */
  upload(image: Uint8Array): Promise<string>
  /** Chats the bot is in. */
  chats(): Promise<{ id: string; name: string; external: boolean }[]>
}

/**
 * Lark and Feishu as a chat. A channel is a chat's id (`oc_…`) or, for the chat with one person alone, theirs (`ou_…`).
 * Lark shows one message a `uuid` within an hour, so trying again after a lost answer is safe and there is no `find`.
 */
export function openLarkChat(api: LarkApi, localeOf: LocaleOf): LarkChat {
  return {
    name: LARK,
    post: async (to, card, key) => {
      const { channel } = ours(to)
      const message = await twice(card, channel, localeOf(channel), (content) =>
        api.ask(async ({ im }) => {
          const type = isPerson(channel) ? 'open_id' : 'chat_id'
          const data = { receive_id: channel, msg_type: 'interactive', content, uuid: uuidOf(key) }
          const { data: sent } = await im.v1.message.create({ params: { receive_id_type: type }, data })
          return named(sent?.message_id)
        }),
      )
      return { chat: LARK, channel, message }
    },
    update: async (ref, card) => {
      const { channel, message } = ours(ref)
      await twice(card, channel, localeOf(channel), (content) =>
        api.ask(({ im }) => im.v1.message.patch({ path: { message_id: message }, data: { content } })),
      )
    },
    reply: async (ref, card, key) => {
      const { channel, message } = ours(ref)
      const reply = await twice(card, channel, localeOf(channel), (content) =>
        api.ask(async ({ im }) => {
          const { data: sent } = await im.v1.message.reply({
            path: { message_id: message },
            data: { content, msg_type: 'interactive', reply_in_thread: true, uuid: uuidOf(key) },
          })
          return named(sent?.message_id)
        }),
      )
      return { chat: LARK, channel, message: reply }
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
    upload: (image) =>
      api.ask(async ({ im }) => {
        const sent = await im.v1.image.create({ data: { image_type: 'message', image: Buffer.from(image) } })
        return named(sent?.image_key)
      }),
    chats: () => chatsOf(api),
  }
}

/** A person's own id stands for the chat between them and the bot. */
export function isPerson(channel: string): boolean {
  return channel.startsWith('ou_')
}

/** Lark takes 50 characters and no more. */
export function uuidOf(key: string): string {
  if (key.length <= 50) return key
  throw new ForeshockError('BAD_INPUT', `The key "${key}" is longer than the 50 characters Lark takes.`, '')
}

/**
 * Sends a card, and where Lark refuses it (which it does before anything is shown) its plain words with the same
 * buttons: people must hear of a case even if its card is not to Lark's liking.
 */
async function twice<T>(
  card: CardTexts,
  channel: string,
  locale: Locale,
  send: (content: string) => Promise<T>,
): Promise<T> {
  const how = { locale, direct: isPerson(channel) }
  const written = (encoded: LarkCard) => JSON.stringify(encoded)
  try {
    return await send(written(encodeCard(card[locale], how)))
  } catch (error) {
    if (!(error instanceof ChatFault) || error.code !== 'card-refused') throw error
    return send(written(encodePlain(card[locale], how)))
  }
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
  throw new ForeshockError(
    'BAD_INPUT',
    text(
      `频道 ${ref.chat}/${ref.channel} 不在飞书里。`,
      `Channel ${ref.chat}/${ref.channel} is not on Lark.`,
    ),
    text('请检查频道的设置。', 'Check where the channel is configured.'),
  )
}
