import type { Clock } from '../clock.ts'
import { DAY } from '../clock.ts'
import type { Log } from '../log.ts'
import { clip } from '../text.ts'
import type { Card, CardTexts } from './card.ts'
import type { ChannelRef, Chat, MessageRef } from './chat.ts'
import { ChatFault, isRetryable } from './fault.ts'
import type { DeadReason, OutboxEntry, OutboxRows, Renderer, Shows } from './outbox-rows.ts'

export interface Delivery<Item extends OutboxEntry> {
  readonly rows: OutboxRows<Item>
  readonly chats: ReadonlyMap<string, Chat>
  readonly render: Renderer
  readonly clock: Clock
  readonly log: Log
  /** Something was put aside: finds its card another place. */
  elsewhere?(item: Item, reason: DeadReason): Promise<void>
}

/** No platform takes longer to answer; what does is taken for unclear. */
export const SEND_MS = 12_000
/** After a lost answer: until what was accepted can be found. */
const SETTLE_MS = 4_500
/** An edit whose answer was lost may still be applied so long after the next one. */
const STRAGGLER_MS = 6_000
/** A platform that cannot be reached for so long is given up. */
const PATIENCE_MS = DAY
/** Tries of what fails for a reason of our own. */
export const MOST_ATTEMPTS = 8
/** Where a platform names no pause. */
const PAUSE_MS = 30_000

/** What one send came to: what the channel shows now, and how sure that is. */
interface Done {
  readonly shows: Shows | null
  /** A message of this attempt's own that nobody may have asked for twice. */
  readonly posted: MessageRef | null
  readonly repeated: boolean
  /** Draw the card again a little later. */
  readonly straggler: boolean
}

/** A fault of a platform; any other error while talking to it counts as a lost answer. */
class Sending extends Error {
  readonly fault: ChatFault

  constructor(fault: ChatFault) {
    super(fault.message)
    this.fault = fault
  }
}

/** Renders one item from the present state, sends it and writes down what came of it. */
export async function deliver<Item extends OutboxEntry>(deps: Delivery<Item>, item: Item): Promise<void> {
  try {
    const done = await send(deps, item)
    const now = deps.clock.now()
    const held = await deps.rows.sent(item, done.shows, now, done.repeated)
    if (!held) return await tidyUp(deps, item, done)
    if (done.straggler) await deps.rows.redo(item, new Date(now.getTime() + STRAGGLER_MS))
  } catch (error) {
    await settle(deps, item, error)
  }
}

/** The lease went to another process meanwhile: what this one did must not stand beside what that one does. */
async function tidyUp<Item extends OutboxEntry>(
  { rows, chats, clock, log }: Delivery<Item>,
  item: Item,
  { posted, shows }: Done,
): Promise<void> {
  log.warn({ outbox: item.id }, 'a lease was lost while a message was being sent')
  if (posted !== null) {
    const standing = await rows.standing(item)
    if (standing !== null && standing !== posted.message) await chats.get(posted.chat)?.remove?.(posted)
  } else if (shows !== null) await rows.redo(item, clock.now())
}

async function send<Item extends OutboxEntry>(deps: Delivery<Item>, item: Item): Promise<Done> {
  const { render, rows, clock } = deps
  const chat = deps.chats.get(item.card.chat)
  if (chat === undefined)
    throw new Sending(new ChatFault('refused', `no chat named ${item.card.chat} is connected`))
  const { alert, message } = item.card
  const nothing = { shows: null, posted: null, repeated: false, straggler: false }
  if (item.kind === 'reply') {
    const line = await render.line(alert, item.action ?? '')
    if (line === null) return nothing
    // The card may have been lost on the platform since: a line needs something to hang on.
    const head = message ?? (await placeNow(deps, chat, item))
    const repeated = await reply(chat, item, { ...channelOf(item), message: head }, line)
    await buzz(deps, chat, item, { ...channelOf(item), message: head })
    return { ...nothing, repeated }
  }
  if (item.kind === 'reissue') return reissue(deps, chat, item)
  const { card, version } =
    item.kind === 'notice' ? { card: await render.notice(alert), version: 1 } : await render.card(alert)
  if (message !== null) {
    await talk(
      () => chat.update({ ...channelOf(item), message }, card),
      () => chat.update({ ...channelOf(item), message }, plain(card)),
    )
    return { ...nothing, shows: { message, version }, straggler: item.unclear }
  }
  const placed = await place(chat, item, card, keyOf(item.card))
  if (placed.found) {
    // It may show the state of an earlier attempt.
    await rows.posted(item, { message: placed.ref.message, version: 0 }, clock.now())
    await talk(
      () => chat.update(placed.ref, card),
      () => chat.update(placed.ref, plain(card)),
    )
  }
  return {
    shows: { message: placed.ref.message, version },
    posted: placed.found ? null : placed.ref,
    repeated: placed.repeated,
    straggler: false,
  }
}

/** Posts a card's message on the way to something else. */
async function placeNow<Item extends OutboxEntry>(
  deps: Delivery<Item>,
  chat: Chat,
  item: Item,
): Promise<string> {
  const { card, version } = await deps.render.card(item.card.alert)
  const { ref } = await place(chat, item, card, keyOf(item.card))
  if (!(await deps.rows.posted(item, { message: ref.message, version }, deps.clock.now())))
    throw new Error('the lease was lost')
  return ref.message
}

/** A new message while the old one can still be told that it is over; done again after a crash, it finds what is left. */
async function reissue<Item extends OutboxEntry>(
  deps: Delivery<Item>,
  chat: Chat,
  item: Item,
): Promise<Done> {
  const { card: row } = item
  const { card, version } = await deps.render.card(row.alert)
  const fresh = row.message !== null && row.issue === item.issue
  const message = fresh ? null : row.message
  const old = fresh ? row.message : (row.previous.at(-1) ?? null)
  const ref =
    message === null
      ? (await place(chat, item, card, keyOf({ ...row, issue: row.issue + (fresh ? 1 : 0) }))).ref
      : { ...channelOf(item), message }
  const shows = { message: ref.message, version }
  if (!(await deps.rows.posted(item, shows, deps.clock.now()))) throw new Error('the lease was lost')
  if (old !== null && deps.render.replaced !== undefined) {
    const over = await deps.render.replaced(row.alert)
    await chat.update({ ...channelOf(item), message: old }, over).catch((error: unknown) => {
      deps.log.warn({ error, outbox: item.id }, 'an old card could not be marked as replaced')
    })
  }
  return { shows, posted: null, repeated: false, straggler: false }
}

interface Placed {
  readonly ref: MessageRef
  readonly found: boolean
  readonly repeated: boolean
}

/** Posts once: what an attempt without an answer may have left behind is looked for first. */
async function place(chat: Chat, item: OutboxEntry, card: CardTexts, key: string): Promise<Placed> {
  const to = channelOf(item)
  const found = await leftBehind(chat, item, to, key)
  if (found !== null) return { ref: found, found: true, repeated: false }
  const ref = await talk(
    () => chat.post(to, card, key),
    () => chat.post(to, plain(card), key),
  )
  return { ref, found: false, repeated: item.unclear && chat.find !== undefined }
}

/** True when the line may stand there twice. */
async function reply(chat: Chat, item: OutboxEntry, head: MessageRef, line: CardTexts): Promise<boolean> {
  if ((await leftBehind(chat, item, head, item.id)) !== null) return false
  await talk(
    () => chat.reply(head, line, item.id),
    () => chat.reply(head, plain(line), item.id),
  )
  return item.unclear && chat.find !== undefined
}

/** So often a look for a lost message may fail before it is sent again, as a possible repeat. */
const LOOKS = 3
/** The platform's clock and ours may differ. */
const SKEW_MS = 60_000

async function leftBehind(
  chat: Chat,
  item: OutboxEntry,
  where: ChannelRef | MessageRef,
  key: string,
): Promise<MessageRef | null> {
  if (!item.unclear || chat.find === undefined) return null
  const since = new Date(item.triedAt.getTime() - SKEW_MS)
  try {
    return await within(chat.find(where, key, since))
  } catch (error) {
    const fault = faultOf(error)
    if (!isRetryable(fault) || item.attempts >= LOOKS) return null
    // Nothing was written: looked for again after a pause.
    throw new Sending(new ChatFault('unclear', fault.message, fault.retryAfterMs))
  }
}

async function buzz<Item extends OutboxEntry>(
  { render, log }: Delivery<Item>,
  chat: Chat,
  item: Item,
  message: MessageRef,
): Promise<void> {
  if (chat.buzz === undefined || render.calls === undefined || item.action === null) return
  for (const user of await render.calls(item.card.alert, item.action, chat.name)) {
    await chat.buzz(message, user).catch((error: unknown) => {
      log.warn({ error, outbox: item.id }, 'a person could not be called')
    })
  }
}

/** One write; a card that the platform refuses goes as plain text. */
async function talk<T>(write: () => Promise<T>, inPlainText: () => Promise<T>): Promise<T> {
  try {
    return await within(write())
  } catch (error) {
    if (faultOf(error).code !== 'card-refused') throw new Sending(faultOf(error))
  }
  try {
    return await within(inPlainText())
  } catch (error) {
    throw new Sending(faultOf(error))
  }
}

/** Time-outs that adapters forgot. */
async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ChatFault('unclear', 'no answer in time')), SEND_MS)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

function faultOf(error: unknown): ChatFault {
  if (error instanceof ChatFault) return error
  return new ChatFault('unclear', error instanceof Error ? error.message : String(error))
}

/** The card's whole message in its fallback words. */
function plain({ zh, en }: CardTexts): CardTexts {
  const bare = (card: Card): Card => ({ ...card, title: clip(card.fallback, 280), blocks: [], buttons: [] })
  return { zh: bare(zh), en: bare(en) }
}

/** The key is the card, not the attempt: posting again after a lost answer shows one card. */
function keyOf({ id, issue }: { readonly id: string; readonly issue: number }): string {
  return issue === 0 ? id : `${id}:${issue}`
}

function channelOf({ card }: OutboxEntry): ChannelRef {
  return { chat: card.chat, channel: card.channel }
}

/** Decides what becomes of an item that could not be sent. */
async function settle<Item extends OutboxEntry>(
  deps: Delivery<Item>,
  item: Item,
  error: unknown,
): Promise<void> {
  const { rows, clock, log } = deps
  const attempts = item.attempts + 1
  const now = clock.now().getTime()
  const after = (ms: number): Date => new Date(now + ms)
  if (!(error instanceof Sending)) {
    // Our own fault: the card could not be drawn, the database did not answer.
    log.error({ error, outbox: item.id, attempts }, 'a message could not be made')
    const reason = error instanceof Error ? error.message : String(error)
    if (attempts >= MOST_ATTEMPTS) return rows.dead(item, reason, 'failed')
    return rows.retry(item, reason, after(pauseAfter(attempts)), item.unclear)
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
      await rows.pause(chat, others ? null : channel, until)
      return rows.release(item, until, item.unclear)
    }
    case 'message-gone':
    case 'edit-closed':
      if (attempts >= MOST_ATTEMPTS) break
      if (fault.code === 'edit-closed') await sayReplaced(deps, item)
      await rows.forget(item)
      return rows.retry(item, fault.message, after(0))
    case 'unclear':
    case 'unavailable': {
      const unclear = fault.code === 'unclear' || item.unclear
      const wait = Math.max(pauseAfter(attempts), fault.retryAfterMs ?? 0, unclear ? SETTLE_MS : 0)
      if (now - item.triedAt.getTime() < PATIENCE_MS)
        return rows.retry(item, fault.message, after(wait), unclear)
    }
  }
  await rows.dead(item, fault.message, fault.code)
  if (item.kind === 'card') await deps.elsewhere?.(item, fault.code)
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
