import { z } from 'zod'
import type { Log } from '../../log.ts'
import type { Locale } from '../../text.ts'
import type { CardTexts } from '../card.ts'
import type { ChannelRef, Chat, MessageRef } from '../chat.ts'
import { ChatFault } from '../fault.ts'
import { encodeCard, encodePlain, type SlackMessage } from './encode.ts'
import { findPosted, KEY_EVENT } from './find.ts'
import { once } from './once.ts'
import type { SlackWeb } from './web.ts'

export const SLACK = 'slack'

export interface SlackChatParts {
  readonly web: SlackWeb
  readonly log: Log
  /** The language a channel reads. */
  localeOf(channel: string): Locale
}

const posted = z.object({ ts: z.string(), channel: z.string() })
const done = z.object({})
const opened = z.object({ channel: z.object({ id: z.string() }) })

/** Slack as a chat platform. A message is named by its `ts`. */
export function slackChat({ web, log, localeOf }: SlackChatParts): Chat {
  const sent = once<MessageRef>()
  /** Head of the thread that a reply of ours stands in: a reply to a reply would hang on nothing. */
  const heads = new Map<string, string>()

  /** Sends a card; where Slack refuses its looks, the words alone. */
  async function withFallback<T>(
    channel: string,
    card: CardTexts,
    send: (message: SlackMessage) => Promise<T>,
  ): Promise<T> {
    const locale = localeOf(channel)
    try {
      return await send(encodeCard(card[locale], locale))
    } catch (error) {
      if (!(error instanceof ChatFault) || error.code !== 'card-refused') throw error
      log.warn({ reason: error.message, channel }, 'Slack refused a card; its plain words go instead')
      return send(encodePlain(card[locale]))
    }
  }

  async function post(
    to: ChannelRef,
    thread: string | null,
    card: CardTexts,
    key: string,
  ): Promise<MessageRef> {
    const metadata = { event_type: KEY_EVENT, event_payload: { key } }
    const where = { channel: to.channel, ...(thread === null ? {} : { thread_ts: thread }) }
    const { ts } = await withFallback(to.channel, card, (message) =>
      web.call('chat.postMessage', { ...where, ...message, ...INERT, mrkdwn: false, metadata }, posted),
    )
    if (thread !== null) remember(heads, ts, thread)
    return { chat: SLACK, channel: to.channel, message: ts }
  }

  return {
    name: SLACK,

    async post(to, card, key) {
      ours(to)
      return sent.do(`${to.channel} ${key}`, () => post(to, null, card, key))
    },

    async update(message, card) {
      ours(message)
      isTs(message.message)
      const which = { channel: message.channel, ts: message.message }
      // `text` always goes with `blocks`: alone it would take the blocks away.
      await withFallback(message.channel, card, (shown) =>
        web.call('chat.update', { ...which, ...shown, ...INERT }, done),
      )
    },

    async reply(message, card, key) {
      ours(message)
      isTs(message.message)
      const head = heads.get(message.message) ?? message.message
      return sent.do(`${message.channel} ${head} ${key}`, () => post(message, head, card, key))
    },

    async find(to, key, since) {
      ours(to)
      const thread = 'message' in to ? (heads.get(to.message) ?? to.message) : null
      const ts = await findPosted(web, { channel: to.channel, thread }, key, since)
      return ts === null ? null : { chat: SLACK, channel: to.channel, message: ts }
    },

    async direct(user) {
      const { channel } = await web.call('conversations.open', { users: user }, opened)
      return { chat: SLACK, channel: channel.id }
    },
  }
}

/** Addresses and names in our words stay words: no link, no preview. */
const INERT = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const

const MOST_HEADS = 5_000

function remember(heads: Map<string, string>, reply: string, head: string): void {
  heads.set(reply, head)
  if (heads.size > MOST_HEADS) heads.delete(heads.keys().next().value!)
}

function ours(ref: ChannelRef): void {
  if (ref.chat !== SLACK) throw new ChatFault('refused', `${ref.chat}/${ref.channel} is not a Slack channel`)
}

/** What is not a Slack message id names no message; asking Slack would only cost a request. */
function isTs(message: string): void {
  if (!/^\d{1,12}\.\d{1,6}$/.test(message))
    throw new ChatFault('message-gone', `Slack has no message "${message.slice(0, 40)}"`)
}
