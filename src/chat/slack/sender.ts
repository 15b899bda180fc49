import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Locale } from '../../text.ts'
import type { Card } from '../card.ts'
import { ChatFault } from '../fault.ts'
import { chartsIn, type Pictures } from '../pictures.ts'
import { encodeCard, encodePlain, type SlackMessage } from './encode.ts'
import { findPosted, KEY_EVENT } from './find.ts'
import { once } from './once.ts'
import type { SlackWeb } from './web.ts'

/** Where a message goes: a channel, or a thread in it by the `ts` of its head. */
export interface Where {
  readonly channel: string
  readonly thread: string | null
}

/** Cards on their way out. Each of these throws ChatFault. */
export interface Sender {
  /** The new message's `ts`. The same key to the same place twice posts once. */
  post(where: Where, card: Card, locale: Locale, key: string): Promise<string>
  edit(channel: string, ts: string, card: Card, locale: Locale): Promise<void>
  /** Takes a message back; whoever posts its key again makes a new one. */
  remove(channel: string, ts: string): Promise<void>
  /** For one pair of eyes; it is gone when they reload. */
  whisper(where: Where, user: string, message: SlackMessage): Promise<void>
  /** Answers at the address a click or command came with; Slack takes five answers in half an hour there. */
  respond(address: string, message: SlackMessage, isPrivate: boolean): Promise<void>
}

/** Addresses and names in our words stay words: no link, no preview. */
const INERT = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const

const posted = z.object({ ts: z.string() })
const done = z.object({})

/** @param parts.apiUrl null: Slack's own; else its host may be answered to as well */
export function openSender(parts: {
  readonly web: SlackWeb
  readonly apiUrl: string | null
  readonly pictures: Pictures
  readonly clock: Clock
  readonly log: Log
}): Sender {
  const { web, apiUrl, pictures, clock, log } = parts
  const sent = once<string>()
  /** Posts whose answer was lost, and since when: what they left behind is looked for before another is made. */
  const doubts = new Map<string, Date>()

  /** Sends a card; where Slack refuses its looks, without its picture, then the words alone. */
  async function withFallback<T>(
    card: Card,
    locale: Locale,
    send: (message: SlackMessage) => Promise<T>,
  ): Promise<T> {
    try {
      return await withPicture(pictures, card, (picture) => send(encodeCard(card, locale, picture)))
    } catch (error) {
      if (!(error instanceof ChatFault) || error.code !== 'card-refused') throw error
      log.warn({ reason: error.message }, 'Slack refused a card; its plain words go instead')
      return send(encodePlain(card))
    }
  }

  async function postNow(where: Where, card: Card, locale: Locale, key: string): Promise<string> {
    const metadata = { event_type: KEY_EVENT, event_payload: { key } }
    const to = { channel: where.channel, ...(where.thread === null ? {} : { thread_ts: where.thread }) }
    const { ts } = await withFallback(card, locale, (message) =>
      web.call('chat.postMessage', { ...to, ...message, ...INERT, mrkdwn: false, metadata }, posted),
    )
    return ts
  }

  return {
    post: (where, card, locale, key) => {
      const place = `${where.channel} ${where.thread ?? ''} ${key}`
      return sent.do(place, async () => {
        const since = doubts.get(place) ?? clock.now()
        const found = doubts.has(place) ? await findPosted(web, where, key, since, clock.now()) : 'none'
        const ts = typeof found === 'object' ? found.ts : await fresh()
        doubts.delete(place)
        return ts

        async function fresh(): Promise<string> {
          try {
            return await postNow(where, card, locale, key)
          } catch (error) {
            if (error instanceof ChatFault && error.code === 'unclear') doubts.set(place, since)
            throw error
          }
        }
      })
    },

    edit: async (channel, ts, card, locale) => {
      try {
        // `text` always goes with `blocks`: alone it would take the blocks away.
        await withFallback(card, locale, ({ text, blocks }) =>
          web.call('chat.update', { channel, ts, text, blocks, parse: 'none', link_names: false }, done),
        )
      } catch (error) {
        // Someone deleted it: whoever posts it again is not handed the one that is gone.
        if (error instanceof ChatFault && error.code === 'message-gone') sent.forget(ts)
        throw error
      }
    },

    remove: async (channel, ts) => {
      await web.call('chat.delete', { channel, ts }, done)
      sent.forget(ts)
    },

    whisper: async ({ channel, thread }, user, { text, blocks }) => {
      const where = { channel, user, ...(thread === null ? {} : { thread_ts: thread }) }
      await web.call('chat.postEphemeral', { ...where, text, blocks, parse: 'none', link_names: false }, done)
    },

    respond: (address, { text, blocks }, isPrivate) =>
      respond(checkedAddress(address, apiUrl), {
        response_type: isPrivate ? 'ephemeral' : 'in_channel',
        replace_original: false,
        text,
        blocks,
      }),
  }
}

/** Sends with the card's picture where Slack has one, and without where Slack will not show it. */
export async function withPicture<T>(
  pictures: Pictures,
  card: Card,
  send: (picture: string | null) => Promise<T>,
): Promise<T> {
  const charts = chartsIn(card)
  const picture = pictures.of(charts)
  if (picture === null) return send(null)
  try {
    return await send(picture)
  } catch (error) {
    if (!(error instanceof ChatFault) || error.code !== 'card-refused') throw error
  }
  pictures.refused(charts)
  return send(null)
}

const RESPOND_MS = 5_000

async function respond(address: URL, body: object): Promise<void> {
  let response: Response
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(RESPOND_MS),
    })
  } catch {
    // The address is a secret of its own, so the error that names it stays here.
    throw new ChatFault('unclear', 'Slack response address: no answer')
  }
  if (!response.ok) throw new ChatFault('refused', `Slack response address: HTTP ${response.status}`)
}

/** Slack's own host, or the one that stands in for it: nothing else is ever sent an answer. */
function checkedAddress(address: string, apiUrl: string | null): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  const standIn = apiUrl !== null && URL.canParse(apiUrl) ? new URL(apiUrl).host : null
  const isSlack = url !== null && url.protocol === 'https:' && /(^|\.)slack(-gov)?\.com$/.test(url.hostname)
  if (url === null || !(isSlack || url.host === standIn)) {
    throw new ChatFault('refused', 'a response address that is not Slack’s')
  }
  return url
}
