import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { CardTexts } from './card.ts'
import type { Chat, MessageRef } from './chat.ts'

/** What the loop needs of the stored outbox. */
export interface OutboxRows<Item extends OutboxEntry> {
  lease(now: Date, until: Date, limit: number): Promise<Item[]>
  sent(item: Item, shows: { message: string; version: number } | null, now: Date): Promise<boolean>
  retry(item: Item, error: string, notBefore: Date): Promise<void>
  dead(item: Item, error: string): Promise<void>
}

export interface OutboxEntry {
  readonly id: string
  readonly kind: 'card' | 'reply' | 'notice'
  readonly action: string | null
  readonly attempts: number
  readonly card: {
    readonly id: string
    readonly alert: string
    readonly chat: string
    readonly channel: string
    readonly message: string | null
  }
}

/** Turns an entry into what is to be shown now, from the database as it is now. */
export interface Renderer {
  card(alert: string): Promise<{ readonly card: CardTexts; readonly version: number }>
  /** A notice, which never changes. */
  notice(id: string): Promise<CardTexts>
  /** A thread line; null when there is nothing to say for that action. */
  line(alert: string, action: string): Promise<CardTexts | null>
}

const LEASE_MS = 30_000
const POLL_MS = 1_000
/** Tries before a message is put aside. */
export const MOST_ATTEMPTS = 8
const PAGE = 20

export interface Outbox {
  /** Something was committed: look now. */
  wake(): void
  /** Delivers until nothing is due. */
  drain(): Promise<void>
  start(): void
  stop(): Promise<void>
}

/**
 * The delivery loop: leases what is due, renders it from the present state and sends it. One writer a card; a
 * failure waits and is tried again, then is put aside with its reason; one failing channel stops no other.
 *
 * @param deps.clock real time, also in the demo: leases and pauses are about transports, not about customers
 */
export function openOutbox<Item extends OutboxEntry>(deps: {
  rows: OutboxRows<Item>
  chats: ReadonlyMap<string, Chat>
  render: Renderer
  clock: Clock
  log: Log
  /** Waits a little while people wait for an answer: a card may follow a click, not hold one up. */
  giveWay?(): Promise<void>
}): Outbox {
  let turn: Promise<void> = Promise.resolve()
  let queued = false
  let timer: NodeJS.Timeout | null = null
  const drain = (): Promise<void> => {
    // A wake during a drain asks for one more round, however many wakes there are.
    if (queued) return turn
    queued = true
    turn = turn
      .then(() => {
        queued = false
        return deliverAll(deps)
      })
      .catch((error: unknown) =>
        deps.log.error({ error }, 'delivery stopped early; it is tried again in a second'),
      )
    return turn
  }
  return {
    wake: () => void drain(),
    drain,
    start: () => {
      timer ??= setInterval(() => void drain(), POLL_MS)
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer)
      timer = null
      await turn
    },
  }
}

async function deliverAll<Item extends OutboxEntry>(
  deps: Parameters<typeof openOutbox<Item>>[0],
): Promise<void> {
  for (;;) {
    const now = deps.clock.now()
    const items = await deps.rows.lease(now, new Date(now.getTime() + LEASE_MS), PAGE)
    if (items.length === 0) return
    for (const item of items) {
      await deps.giveWay?.()
      await deliver(deps, item)
    }
  }
}

async function deliver<Item extends OutboxEntry>(
  deps: Parameters<typeof openOutbox<Item>>[0],
  item: Item,
): Promise<void> {
  try {
    const shows = await send(deps, item)
    await deps.rows.sent(item, shows, deps.clock.now())
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const attempts = item.attempts + 1
    deps.log.warn(
      { error, outbox: item.id, channel: item.card.channel, attempts },
      'a message could not be delivered',
    )
    if (attempts >= MOST_ATTEMPTS) await deps.rows.dead(item, reason)
    else await deps.rows.retry(item, reason, new Date(deps.clock.now().getTime() + pauseAfter(attempts)))
  }
}

async function send<Item extends OutboxEntry>(
  deps: Parameters<typeof openOutbox<Item>>[0],
  item: Item,
): Promise<{ message: string; version: number } | null> {
  const chat = deps.chats.get(item.card.chat)
  if (chat === undefined) throw new Error(`no chat named ${item.card.chat} is connected`)
  const channel = { chat: item.card.chat, channel: item.card.channel }
  if (item.kind === 'reply') {
    const line = await deps.render.line(item.card.alert, item.action ?? '')
    if (line !== null && item.card.message !== null)
      await chat.reply(refOf(item.card, item.card.message), line, item.id)
    return null
  }
  const { card, version } =
    item.kind === 'notice'
      ? { card: await deps.render.notice(item.card.alert), version: 1 }
      : await deps.render.card(item.card.alert)
  if (item.card.message === null) {
    // The key is the card, not this attempt: posting again after a lost answer shows one card.
    const posted = await chat.post(channel, card, item.card.id)
    return { message: posted.message, version }
  }
  await chat.update(refOf(item.card, item.card.message), card)
  return { message: item.card.message, version }
}

function refOf(card: OutboxEntry['card'], message: string): MessageRef {
  return { chat: card.chat, channel: card.channel, message }
}

/** 1 s, 2 s, 4 s ... up to five minutes. */
function pauseAfter(attempts: number): number {
  return Math.min(1_000 * 2 ** (attempts - 1), 300_000)
}
