import { z } from 'zod'
import type { Sought } from '../chat.ts'
import type { SlackWeb } from './web.ts'

/** Name of the metadata that carries a message's key. */
export const KEY_EVENT = 'foreshock_message'

/** Pages read at most: a minute or two of a busy channel, within one rate limit's patience. */
const MOST_PAGES = 5
const PAGE = 100
/** Clocks differ; the message may be stamped a little before we began. */
const SKEW_MS = 60_000

const history = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})

/**
 * A lost answer is looked for after 4.5 seconds at the earliest. History that shows something younger than this would
 * show what it left behind too; the rest is room for clocks that differ.
 */
const FRESH_MS = 3_000
const CLOCKS_MS = 1_500

/**
 * The `ts` of the message with this key in a channel, or in a thread. Slack's history lags behind its posts, so 'unseen'
 * is only worth something after a while; 'none': history was read to its end and is fresh.
 */
export async function findPosted(
  web: SlackWeb,
  where: { readonly channel: string; readonly thread: string | null },
  key: string,
  since: Date,
  now: Date,
): Promise<Sought<{ readonly ts: string }>> {
  const method = where.thread === null ? 'conversations.history' : 'conversations.replies'
  const oldest = String(Math.max(0, Math.floor((since.getTime() - SKEW_MS) / 1_000)))
  const asked = {
    channel: where.channel,
    ...(where.thread === null ? {} : { ts: where.thread }),
    oldest,
    include_all_metadata: true,
    limit: PAGE,
  }
  let cursor = ''
  let newest = 0
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { messages, response_metadata } = await web.call(
      method,
      cursor === '' ? asked : { ...asked, cursor },
      history,
    )
    // A thread's history begins with its head, which hangs on nothing.
    const found = messages.find(
      ({ ts, metadata }) =>
        ts !== where.thread && metadata?.event_type === KEY_EVENT && metadata.event_payload['key'] === key,
    )
    if (found !== undefined) return { ts: found.ts }
    newest = messages.reduce((latest, { ts }) => Math.max(latest, Number(ts) * 1_000), newest)
    cursor = response_metadata?.next_cursor ?? ''
    if (cursor === '') return isFresh(now.getTime() - newest) ? 'none' : 'unseen'
  }
  return 'unseen'
}

/** Something from the future tells of clocks that differ too much to say. */
function isFresh(ageMs: number): boolean {
  return ageMs <= FRESH_MS && ageMs >= -CLOCKS_MS
}
