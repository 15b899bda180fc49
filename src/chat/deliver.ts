import type { Chat, MessageRef } from './chat.ts'
import type { Delivery } from './delivery.ts'
import { ChatFault } from './fault.ts'
import type { OutboxEntry, Shows } from './outbox-rows.ts'
import type { Pause } from './pace.ts'
import { settle } from './settle.ts'
import { channelOf, keyOf, Late, place, reply, Sending, sending, talk } from './talk.ts'

/** An edit whose answer was lost may still be applied so long after the next one. */
const STRAGGLER_MS = 6_000

/** What one send came to: what the channel shows now, and how sure that is. */
interface Done {
  readonly shows: Shows | null
  /** A message of this attempt's own that nobody may have asked for twice. */
  readonly posted: MessageRef | null
  readonly repeated: boolean
  /** Draw the card again a little later. */
  readonly straggler: boolean
  /** Whether the card, drawn again, would show a picture it lacks; null: it lacks none. */
  readonly awaited?: Promise<boolean> | null
}

/**
 * Renders one item from the present state, sends it and writes down what came of it.
 *
 * @returns the pause that the platform asked for, if it did
 */
export async function deliver<Item extends OutboxEntry>(
  deps: Delivery<Item>,
  item: Item,
): Promise<Pause | null> {
  try {
    const done = await send(deps, item)
    const now = deps.clock.now()
    const held = await deps.rows.sent(item, done.shows, now, done.repeated)
    if (!held) await tidyUp(deps, item, done)
    else if (done.straggler) await deps.rows.redo(item, now, new Date(now.getTime() + STRAGGLER_MS))
    else if (done.awaited) redrawWith(done.awaited, deps, item)
    return null
  } catch (error) {
    if (!(error instanceof Late)) return settle(deps, item, error)
    await deps.rows.release(item, error.until ?? deps.clock.now(), item.unclear)
    return null
  }
}

/** The picture is not waited for: once the platform has it, the card is drawn again. */
function redrawWith<Item extends OutboxEntry>(
  awaited: Promise<boolean>,
  { rows, clock, log }: Delivery<Item>,
  item: Item,
): void {
  awaited
    .then((isThere) => (isThere ? rows.redo(item, clock.now()) : undefined))
    .catch((error: unknown) => log.warn({ error, outbox: item.id }, 'a card stays without its picture'))
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
  const nothing = { shows: null, posted: null, repeated: false, straggler: false }
  if (item.kind === 'care') {
    await handOver(deps, item)
    return nothing
  }
  const chat = deps.chats.get(item.card.chat)
  if (chat === undefined)
    throw new Sending(new ChatFault('refused', `no chat named ${item.card.chat} is connected`))
  const { alert, message } = item.card
  if (item.kind === 'reply') {
    const line = await render.line(alert, item.action ?? '')
    if (line === null) return nothing
    // The card may have been lost on the platform since: a line needs something to hang on.
    const head = message ?? (await placeNow(deps, chat, item))
    const repeated = await reply(chat, item, { ...channelOf(item), message: head }, line, deps)
    await buzz(deps, chat, item, { ...channelOf(item), message: head })
    return { ...nothing, repeated }
  }
  if (item.kind === 'reissue') return reissue(deps, chat, item)
  const isShowing = chat.awaits !== undefined
  const { card, version } = await render.card(alert, isShowing)
  // Asked before the card goes out: a picture that comes meanwhile is noticed.
  const awaited = chat.awaits?.(item.card, card) ?? null
  if (message !== null) {
    await talk(card, (shown) => chat.update({ ...channelOf(item), message }, shown))
    return { ...nothing, shows: { message, version }, straggler: item.unclear, awaited }
  }
  const placed = await place(chat, item, card, keyOf(item.card), deps)
  if (placed.found) {
    await rows.posted(item, { message: placed.ref.message, version: 0 }, clock.now())
    await talk(card, (shown) => chat.update(placed.ref, shown))
  }
  return {
    shows: { message: placed.ref.message, version },
    posted: placed.found ? null : placed.ref,
    repeated: placed.repeated,
    straggler: false,
    awaited,
  }
}

/** Takes a batch of care to its receiver, which knows it by its keys: an attempt without an answer is made again. */
async function handOver<Item extends OutboxEntry>(
  { courier, isLate }: Delivery<Item>,
  { card }: Item,
): Promise<void> {
  if (courier === undefined || courier === null)
    throw new Sending(new ChatFault('refused', 'care is no longer set up in the configuration'))
  const parcel = await courier.pack(card.alert)
  if (parcel === null) return
  if ('until' in parcel) throw new Late(parcel.until)
  if (isLate()) throw new Late()
  await sending(() => parcel.send())
  await parcel.arrived()
}

/** Posts a card's message on the way to something else. */
async function placeNow<Item extends OutboxEntry>(
  deps: Delivery<Item>,
  chat: Chat,
  item: Item,
): Promise<string> {
  const { card, version } = await deps.render.card(item.card.alert, chat.awaits !== undefined)
  const { ref, found } = await place(chat, item, card, keyOf(item.card), deps)
  if (found) await talk(card, (shown) => chat.update(ref, shown))
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
  const { card, version } = await deps.render.card(row.alert, chat.awaits !== undefined)
  const fresh = row.message !== null && row.issue === item.issue
  const message = fresh ? null : row.message
  const old = fresh ? row.message : (row.previous.at(-1) ?? null)
  const ref =
    message === null
      ? (await place(chat, item, card, keyOf({ ...row, issue: row.issue + (fresh ? 1 : 0) }), deps)).ref
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
