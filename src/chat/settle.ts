import { DAY } from '../clock.ts'
import type { Delivery } from './delivery.ts'
import type { OutboxEntry } from './outbox-rows.ts'
import type { Pause } from './pace.ts'
import { channelOf, Sending } from './talk.ts'

/** After a lost answer: until what was accepted can be found. */
const SETTLE_MS = 4_500
/** A platform that cannot be reached for so long, and in an hour of tries, is given up: while we stood still nothing was tried. */
const PATIENCE = { ms: DAY, attempts: 20 }
/** Tries of what fails for a reason of our own. */
export const MOST_ATTEMPTS = 8
/** Where a platform names no pause. */
const PAUSE_MS = 30_000

/** Decides what becomes of an item that could not be sent; the pause that the platform asked for, if it did. */
export async function settle<Item extends OutboxEntry>(
  deps: Delivery<Item>,
  item: Item,
  error: unknown,
): Promise<Pause | null> {
  const { rows, clock, log } = deps
  const attempts = item.attempts + 1
  const now = clock.now().getTime()
  const after = (ms: number): Date => new Date(now + ms)
  if (!(error instanceof Sending)) {
    // Our own fault: the card could not be drawn, the database did not answer.
    log.error({ error, outbox: item.id, attempts }, 'a message could not be made')
    const reason = error instanceof Error ? error.message : String(error)
    if (attempts >= MOST_ATTEMPTS) await rows.dead(item, reason, 'failed')
    else await rows.retry(item, reason, after(pauseAfter(attempts)), item.unclear)
    return null
  }
  const { fault } = error
  const { chat, channel } = item.card
  log.warn(
    { outbox: item.id, chat, channel, code: fault.code, error: fault.message, attempts },
    'not delivered',
  )
  switch (fault.code) {
    case 'rate-limited': {
      const until = after(fault.retryAfterMs ?? PAUSE_MS)
      // A second channel that is told to wait tells of the whole platform.
      const others = (await rows.pauses(clock.now())).some(
        (pause) => pause.chat === chat && pause.channel !== channel,
      )
      const pause = { chat, channel: others ? null : channel, until }
      await rows.pause(chat, pause.channel, until, clock.now())
      await rows.release(item, until, item.unclear)
      return pause
    }
    case 'message-gone':
    case 'edit-closed':
      if (attempts >= MOST_ATTEMPTS) break
      if (fault.code === 'edit-closed') await sayReplaced(deps, item)
      await rows.forget(item)
      await rows.retry(item, fault.message, after(0))
      return null
    case 'unclear':
    case 'unavailable': {
      const unclear = fault.code === 'unclear' || item.unclear
      const wait = Math.max(pauseAfter(attempts), fault.retryAfterMs ?? 0, unclear ? SETTLE_MS : 0)
      if (attempts >= PATIENCE.attempts && now - item.triedAt.getTime() >= PATIENCE.ms) break
      await rows.retry(item, fault.message, after(wait), unclear)
      return null
    }
  }
  await rows.dead(item, fault.message, fault.code)
  // A line hangs on its card, which goes by itself.
  if (item.kind !== 'reply' && item.kind !== 'care') await deps.elsewhere?.(item, fault.code)
  return null
}

/** A message that can no longer be edited says in its thread that another one has taken its place. */
async function sayReplaced<Item extends OutboxEntry>(
  { chats, render, log }: Delivery<Item>,
  item: Item,
): Promise<void> {
  const { message, alert, chat } = item.card
  if (message === null || render.replaced === undefined) return
  const words = await render.replaced(alert)
  await chats
    .get(chat)
    ?.reply({ ...channelOf(item), message }, words, `${item.id}:old`)
    .catch((error: unknown) => {
      log.warn({ error, outbox: item.id }, 'an old card could not be marked as replaced')
    })
}

/** 1 s, 2 s, 4 s ... up to five minutes. */
function pauseAfter(attempts: number): number {
  return Math.min(1_000 * 2 ** (attempts - 1), 300_000)
}
