import { z } from 'zod'
import type { Log } from '../../log.ts'
import type { Locale } from '../../text.ts'
import type { Card } from '../card.ts'
import type { Chat } from '../chat.ts'
import { ChatFault } from '../fault.ts'
import type { Front, Inbound } from '../inbound.ts'
import { chartsIn, type Pictures } from '../pictures.ts'
import { about } from './about.ts'
import { encodeCard, encodePlain, type SlackMessage } from './encode.ts'
import { encodeHome } from './encode-home.ts'
import { SLACK } from './name.ts'
import { once } from './once.ts'
import { type Sender, type Where, withPicture } from './sender.ts'
import type { SlackWeb } from './web.ts'

export interface SlackFront extends Front {
  /** One sentence for one person where they did something. Never throws: it is said on the way out of a failure. */
  whisper(to: Inbound, words: string): Promise<void>
}

/** So long an answer waits for a picture it has not shown before; then it goes without. */
const PATIENCE_MS = 3_000

/** @param localeOf the language of the Home tab, which belongs to no channel */
export function slackFront(parts: {
  readonly web: SlackWeb
  readonly sender: Sender
  readonly chat: Chat
  readonly log: Log
  readonly localeOf: (channel: string | null) => Locale
  readonly pictures: Pictures
}): SlackFront {
  const { web, sender, chat, log, localeOf, pictures } = parts
  const whispered = once<void>()

  /** To the doer alone: at the click's own address, else in the channel, else in a direct message. */
  async function privately(to: Inbound, message: SlackMessage): Promise<void> {
    const address = to.way['responseUrl']
    const where = placeOf(to)
    if (address !== undefined && where?.thread == null && (await answered(address, message))) return
    try {
      const { channel, thread } = where ?? { channel: await directTo(to.by.user), thread: null }
      return await sender.whisper({ channel, thread }, to.by.user, message)
    } catch (error) {
      if (!(error instanceof ChatFault) || error.code !== 'channel-closed') throw error
    }
    const channel = await directTo(to.by.user)
    await web.call('chat.postMessage', { channel, ...message, parse: 'none', mrkdwn: false }, z.object({}))
  }

  /** False: the address has run out. */
  async function answered(address: string, message: SlackMessage): Promise<boolean> {
    try {
      await sender.respond(address, message, true)
      return true
    } catch (error) {
      if (error instanceof ChatFault && error.code === 'refused') return false
      throw error
    }
  }

  async function directTo(user: string): Promise<string> {
    return (await chat.direct!(user)).channel
  }

  return {
    chat: SLACK,

    async answer(to, card, { private: isPrivate, locale, key }) {
      const shown = card[locale]
      await pictures.soon(chartsIn(shown), PATIENCE_MS)
      if (to.channel === null || to.isDirect) {
        const channel = to.channel ?? (await directTo(to.by.user))
        await sender.post({ channel, thread: to.way['thread'] ?? null }, shown, locale, key)
        return
      }
      if (isPrivate) {
        const whisper = (picture: string | null) => privately(to, encodeCard(shown, locale, picture))
        return whispered.do(key, () => withPicture(pictures, shown, whisper))
      }
      await publicly(to, shown, locale, key)
    },

    give: (to, file, key) =>
      whispered.do(key, async () => {
        await web.share(await directTo(to.by.user), file)
      }),

    async home(user, cards) {
      const view = encodeHome(cards, localeOf(null))
      await web.call('views.publish', { user_id: user.user, view }, z.object({}))
    },

    about: (user) => about(web, user),

    async whisper(to, words) {
      try {
        await privately(to, encodePlain({ ...NOTHING, fallback: words }))
      } catch (error) {
        const reason = error instanceof ChatFault ? error.message : 'failed'
        log.warn({ reason }, 'a person could not be told that something failed')
      }
    },
  }

  /** Where it was done: in the card's thread, in the thread it was said in, or in the channel. */
  async function publicly(to: Inbound, card: Card, locale: Locale, key: string): Promise<void> {
    const thread = to.way['thread'] ?? (to.did.kind === 'press' ? to.message : null)
    try {
      await sender.post({ channel: to.channel!, thread }, card, locale, key)
    } catch (error) {
      const address = to.way['responseUrl']
      const isClosed = error instanceof ChatFault && error.code === 'channel-closed'
      if (!isClosed || address === undefined) throw error
      // A slash command works in channels the bot is not in; its own address still reaches them.
      await sender.respond(address, encodeCard(card, locale), false)
    }
  }
}

const NOTHING: Card = { accent: 'neutral', title: '', blocks: [], buttons: [], fallback: '' }

/**
 * Where one person is whispered to. In a thread only where it was written in: Slack shows whispers in threads that
 * have replies, and a mention in the open has none yet.
 */
function placeOf(to: Inbound): Where | null {
  if (to.channel === null) return null
  const isInThread = to.message !== null && to.did.kind === 'say'
  return { channel: to.channel, thread: isInThread ? to.message : pressedThread(to) }
}

function pressedThread({ did, way }: Inbound): string | null {
  return did.kind === 'press' ? (way['thread'] ?? null) : null
}
