import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Locale } from '../../text.ts'
import type { ChannelRef, Chat, Limit, MessageRef } from '../chat.ts'
import { ChatFault } from '../fault.ts'
import { chartsIn, type Pictures } from '../pictures.ts'
import { findPosted } from './find.ts'
import { SLACK } from './name.ts'
import type { Sender } from './sender.ts'
import type { SlackWeb } from './web.ts'

/** One message a second in a channel; edits have a minute's limit of the whole workspace (Tier 3). */
const LIMITS: readonly Limit[] = [
  { of: 'posts', per: 'channel', count: 1, ms: 1_000 },
  { of: 'edits', per: 'app', count: 50, ms: 60_000 },
]

const opened = z.object({ channel: z.object({ id: z.string() }) })
/** Threads remembered of replies; a reply to a reply comes soon or never. */
const MOST_HEADS = 5_000

/**
 * Slack as a chat platform. A message is named by its `ts`; a channel by its id or, for the one that a user and the bot
 * share, by the user's.
 *
 * @param localeOf the language a channel reads
 */
export function slackChat(
  web: SlackWeb,
  sender: Sender,
  localeOf: (channel: string) => Locale,
  pictures: Pictures,
  clock: Clock,
): Chat {
  /** Head of the thread that a reply of ours stands in: a reply to a reply would hang on nothing. */
  const heads = new Map<string, string>()
  const headOf = (message: string): string => heads.get(message) ?? message
  const shared = new Map<string, string>()
  const roomOf = async (channel: string): Promise<string> => {
    if (!/^[UW]/.test(channel)) return channel
    const known = shared.get(channel)
    if (known !== undefined) return known
    const { channel: room } = await web.call('conversations.open', { users: channel }, opened)
    shared.set(channel, room.id)
    return room.id
  }
  const refTo = (channel: string, message: string): MessageRef => ({ chat: SLACK, channel, message })

  return {
    name: SLACK,
    limits: LIMITS,

    async post(to, card, key) {
      ours(to)
      const locale = localeOf(to.channel)
      const ts = await sender.post(
        { channel: await roomOf(to.channel), thread: null },
        card[locale],
        locale,
        key,
      )
      return refTo(to.channel, ts)
    },

    async update(message, card) {
      known(message)
      const locale = localeOf(message.channel)
      await sender.edit(await roomOf(message.channel), message.message, card[locale], locale)
    },

    async reply(message, card, key) {
      known(message)
      const locale = localeOf(message.channel)
      const thread = headOf(message.message)
      const ts = await sender.post(
        { channel: await roomOf(message.channel), thread },
        card[locale],
        locale,
        key,
      )
      heads.set(ts, thread)
      if (heads.size > MOST_HEADS) heads.delete(heads.keys().next().value!)
      return refTo(message.channel, ts)
    },

    async find(to, key, since) {
      ours(to)
      const thread = 'message' in to ? headOf(to.message) : null
      const found = await findPosted(
        web,
        { channel: await roomOf(to.channel), thread },
        key,
        since,
        clock.now(),
      )
      return typeof found === 'object' ? refTo(to.channel, found.ts) : found
    },

    awaits: ({ channel }, card) => pictures.make(chartsIn(card[localeOf(channel)])),

    async remove(message) {
      known(message)
      await sender.remove(await roomOf(message.channel), message.message)
    },

    async direct(user) {
      return { chat: SLACK, channel: await roomOf(user) }
    },
  }
}

function ours({ chat, channel }: ChannelRef): void {
  if (chat !== SLACK) throw new ChatFault('refused', `${chat}/${channel} is not a Slack channel`)
}

/** What is not a Slack message id names no message; asking Slack would only cost a request. */
function known(ref: MessageRef): void {
  ours(ref)
  if (/^\d{1,12}\.\d{1,6}$/.test(ref.message)) return
  throw new ChatFault('message-gone', `Slack has no message "${ref.message.slice(0, 40)}"`)
}
