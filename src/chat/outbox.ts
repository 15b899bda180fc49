import type { Clock } from '../clock.ts'
import { DAY, HOUR } from '../clock.ts'
import { deliver } from './deliver.ts'
import type { Delivery } from './delivery.ts'
import type { OutboxEntry } from './outbox-rows.ts'
import { openPace, type Pace } from './pace.ts'

/** Longer than any send; what would begin in the later half of it is given back. */
const LEASE_MS = 30_000
const POLL_MS = 1_000
const PAGE = 20
/** Edits and thread lines of one channel under way at once; new messages go one after the other, most urgent first. */
const AT_ONCE = 4
/** While something is being sent, what is woken for waits so long: each look reads the whole queue. */
const LOOK_MS = 100

export interface Outbox {
  /** Something was committed: look now. */
  wake(): void
  /** Delivers until nothing is due. */
  drain(): Promise<void>
  start(): void
  /** Ends what is under way and gives the rest back. */
  stop(): Promise<void>
}

/**
 * The delivery loop: leases what is due, renders it from the present state and sends it, each channel on its own, so
 * that a slow or failing one stops no other. One writer a card. Platforms are written to at their own pace.
 *
 * @param deps.clock real time, also in the demo: leases and pauses are about transports, not about customers
 */
export function openOutbox<Item extends OutboxEntry>(
  deps: Omit<Delivery<Item>, 'isLate'> & {
    /** Waits a little while people wait for an answer: a card may follow a click, not hold one up. */
    giveWay?(): Promise<void>
    /** The pace that is kept with others who write to the same platforms; default: its own. */
    pace?: Pace
    /** How long one process keeps what it took; default 30 seconds. */
    leaseMs?: number
  },
): Outbox {
  const { rows, chats, clock, log, leaseMs = LEASE_MS, pace = openPace(deps.chats) } = deps
  /** Channels with something under way. */
  const busy = new Map<
    string,
    { readonly chat: string; readonly channel: string; readonly done: Promise<void> }
  >()
  let way: Promise<void> = Promise.resolve()
  let looking: Promise<void> | null = null
  let looked = 0
  let soon: NodeJS.Timeout | null = null
  let again = false
  let stopped = false
  let poll: NodeJS.Timeout | null = null
  let opening: NodeJS.Timeout | null = null
  let aged = 0

  const look = async (): Promise<void> => {
    do {
      again = false
      if (stopped) return
      looked = performance.now()
      const now = clock.now()
      const gates = [
        ...pace.gates(now.getTime()),
        ...[...busy.values()].map(({ chat, channel }) => ({ chat, channel, edits: null })),
      ]
      const until = new Date(now.getTime() + leaseMs)
      const items = await rows.lease(now, until, PAGE, gates, pace.most)
      for (const batch of byChannel(items)) begin(batch, until)
    } while (again)
    const opensAt = pace.opensAt(clock.now().getTime())
    if (opensAt !== null && !stopped) {
      if (opening !== null) clearTimeout(opening)
      opening = setTimeout(wake, Math.max(1, opensAt - clock.now().getTime()))
      opening.unref()
    }
  }
  const begin = (batch: readonly Item[], until: Date): void => {
    const { chat, channel } = batch[0]!.card
    const key = `${chat} ${channel}`
    const done = sendAll(batch, until).finally(() => {
      busy.delete(key)
      lookNow()
    })
    busy.set(key, { chat, channel, done })
  }
  const sendAll = async (batch: readonly Item[], until: Date): Promise<void> => {
    // A chat of our own has no distance to bridge: one after the other leaves the database to those who click.
    if (chats.get(batch[0]!.card.chat)?.limits === undefined) {
      for (const item of batch) await sendOne(item, until)
      return
    }
    const posts = batch.filter(({ card }) => card.message === null)
    const others = batch.filter(({ card }) => card.message !== null)
    const queue = async (items: Item[]): Promise<void> => {
      for (let item = items.shift(); item !== undefined; item = items.shift()) await sendOne(item, until)
    }
    await Promise.all([queue(posts), ...Array.from({ length: AT_ONCE }, () => queue(others))])
  }
  const sendOne = async (item: Item, until: Date): Promise<void> => {
    try {
      // One after the other, whatever the number of channels.
      way = way.then(() => deps.giveWay?.())
      await way
      const now = clock.now()
      const isEdit = (item.kind === 'card' || item.kind === 'notice') && item.card.message !== null
      const isLate = (): boolean => clock.now().getTime() + leaseMs / 2 > until.getTime()
      if (stopped || isLate() || !pace.take(item.card, isEdit, now.getTime()))
        return await rows.release(item, now, item.unclear)
      const pause = await deliver({ ...deps, isLate }, item)
      if (pause !== null) pace.shut(pause)
    } catch (error) {
      // The lease runs out, and the item comes up again.
      log.error({ error, outbox: item.id }, 'what came of a message could not be written down')
    }
  }
  const wake = (): void => {
    const early = looked + LOOK_MS - performance.now()
    if (busy.size === 0 || early <= 0) lookNow()
    else
      soon ??= setTimeout(() => {
        soon = null
        lookNow()
      }, early)
  }
  const lookNow = (): void => {
    again = true
    looking ??= look()
      .catch((error: unknown) =>
        log.error({ error }, 'delivery stopped early; it is tried again in a second'),
      )
      .finally(() => {
        looking = null
        if (again && !stopped) lookNow()
      })
  }
  const tick = (): void => {
    wake()
    const now = clock.now()
    // The difference either way: the clock may have been set back.
    if (Math.abs(now.getTime() - aged) < HOUR) return
    aged = now.getTime()
    reissueOld(deps, now).catch((error: unknown) => log.error({ error }, 'old cards could not be looked for'))
  }
  return {
    wake,
    drain: async () => {
      for (lookNow(); looking !== null || busy.size > 0; )
        await Promise.all([looking, ...[...busy.values()].map(({ done }) => done)])
    },
    start: () => {
      poll ??= setInterval(tick, POLL_MS)
      tick()
    },
    stop: async () => {
      stopped = true
      for (const timer of [poll, opening, soon]) if (timer !== null) clearTimeout(timer)
      poll = null
      await looking
      await Promise.all([...busy.values()].map(({ done }) => done))
    },
  }
}

function byChannel<Item extends OutboxEntry>(items: readonly Item[]): Item[][] {
  const channels = new Map<string, Item[]>()
  for (const item of items) {
    const key = `${item.card.chat} ${item.card.channel}`
    channels.set(key, [...(channels.get(key) ?? []), item])
  }
  return [...channels.values()]
}

/** A day before a platform closes its messages, cards at work move to new ones. */
async function reissueOld<Item extends OutboxEntry>(
  { chats, rows, clock }: { chats: Delivery<Item>['chats']; rows: Delivery<Item>['rows']; clock: Clock },
  now: Date,
): Promise<void> {
  for (const { name, editableDays } of chats.values()) {
    if (editableDays === undefined) continue
    await rows.age(name, new Date(now.getTime() - (editableDays - 1) * DAY), clock.now())
  }
}
