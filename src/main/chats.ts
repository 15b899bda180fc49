import { commands } from '../../commands/index.ts'
import type { ChannelRef, Chat } from '../chat/chat.ts'
import type { Counter, Front } from '../chat/inbound.ts'
import { openInbox } from '../chat/inbox.ts'
import { openOutbox } from '../chat/outbox.ts'
import { openPace } from '../chat/pace.ts'
import { pacedFront } from '../chat/paced-front.ts'
import type { Draw } from '../chat/pictures.ts'
import type { Platform } from '../chat/platform.ts'
import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'
import { userOf } from '../judging/accounts.ts'
import { bringIn, joinChannel } from './bring-in.ts'
import { openCourier } from './care.ts'
import { openCounter } from './counter.ts'
import { goElsewhere } from './elsewhere.ts'
import { openStaffMail } from './mail.ts'
import { localesOf, type OpenPlatform } from './platforms.ts'
import { presenter } from './present.ts'
import { openReaders, type Readers } from './readers.ts'
import type { Traffic } from './traffic.ts'
import { openWatch } from './watch.ts'

/** Every chat the program speaks in, with what goes out and what comes in. */
export interface Chats {
  readonly platforms: readonly Platform[]
  /** Something was committed for delivery: look now. */
  wake(): void
  /** Works and delivers until nothing is due. */
  drain(): Promise<void>
  /** Channels the bot shares with the first admin. */
  direct(): readonly ChannelRef[]
  /** What keeps a platform from working, one sentence each. */
  problems(): string[]
  start(): Promise<void>
  stop(): Promise<void>
}

const WATCH_MS = 5_000
/** Under a storm of clicks a card still moves this often. */
const GIVE_WAY_MS = 100

/**
 * @param parts.clock real time, also in the demo: leases, pauses and limits are about transports
 * @param parts.giveUp called once when a platform stays away for good, so that a supervisor can start the program anew
 */
export function openChats(parts: {
  readonly ctx: Context
  readonly console: Chat
  readonly openers: readonly OpenPlatform[]
  readonly clock: Clock
  /** Who waits for an answer; what nobody waits for steps aside. */
  readonly traffic: Traffic
  giveUp?(why: string): void
  /** Draws the pictures on cards; absent: cards have none. */
  readonly draw?: Draw
  /** How long one process keeps a message it took; default as openOutbox has it. */
  readonly leaseMs?: number
}): Chats {
  const { ctx, clock } = parts
  const { log } = ctx
  const render = presenter(ctx)
  const readers = openReaders(ctx)
  const mail = openStaffMail(ctx)
  const chats = new Map(
    [parts.console, ...(mail === null ? [] : [mail.chat])].map((chat) => [chat.name, chat] as const),
  )
  const fronts = new Map<string, Front>()
  const platforms: Platform[] = []
  const direct = new Map<string, ChannelRef>()
  const pace = openPace(chats)
  const outbox = openOutbox({
    rows: ctx.store.outbox,
    chats,
    pace,
    render,
    courier: openCourier(ctx),
    clock,
    log,
    elsewhere: (item, reason) => goElsewhere(ctx, chats, item, reason),
    giveWay: () => parts.traffic.quiet(GIVE_WAY_MS),
    ...(parts.leaseMs === undefined ? {} : { leaseMs: parts.leaseMs }),
  })
  const workspaceOf = (chat: string): string | null =>
    platforms.find((platform) => platform.chat.name === chat)?.workspace?.() ?? null
  const counter = openCounter({
    ...{ ctx, commands, fronts, render, clock, workspaceOf },
    wake: () => inbox.wake(),
  })
  const inbox = openInbox({
    rows: ctx.store.inbox,
    // Many press at once: all of them are acknowledged before the first is worked on.
    work: async (event, id) => {
      await parts.traffic.quiet(GIVE_WAY_MS)
      return counter.work(event, id)
    },
    clock,
    log,
  })
  const door: Counter = {
    take: (event) => parts.traffic.during(() => counter.take(event)),
    formFor: (event) => parts.traffic.during(() => counter.formFor(event)),
    casesFor: (user) => parts.traffic.during(() => counter.casesFor(user)),
  }
  for (const open of parts.openers) {
    // Which platform it is, only the opened one knows; a channel's language is asked later.
    let name = ''
    const localeOf = (channel: string) =>
      readers.localeOf(name, channel) ?? localesOf(ctx.config, name)(channel)
    const drawing = parts.draw === undefined ? {} : { draw: parts.draw }
    const platform = open({ counter: door, log, clock, localeOf, ...drawing })
    name = platform.chat.name
    platforms.push(platform)
    chats.set(name, platform.chat)
    fronts.set(name, platform.front.isPaced ? pacedFront(platform.front, pace, clock) : platform.front)
  }

  const begin = async (platform: Platform): Promise<void> => {
    const { chat } = platform
    try {
      await platform.start()
      for (const channel of (await platform.channels?.()) ?? [])
        await joinChannel(ctx, { chat: chat.name, channel })
      const own = await shareWithAdmin(ctx, chat, readers)
      if (own === null) return
      direct.set(chat.name, own)
      await bringIn(ctx, own)
    } catch (error) {
      // Told by `problems` and by `doctor`; the other chats go on.
      log.error({ error, chat: chat.name }, 'a chat platform could not be joined')
    }
  }
  const watch = openWatch({ platforms, clock, giveUp: (why) => parts.giveUp?.(why) })
  let looking: NodeJS.Timeout | null = null
  const look = (): void => {
    watch.look()
    // What was known last holds until it can be read again.
    readers
      .look()
      .catch((error: unknown) => log.warn({ error }, 'who reads which language is not known anew'))
  }
  return {
    platforms,
    wake: outbox.wake,
    drain: async () => {
      await inbox.drain()
      await readers.look()
      await outbox.drain()
    },
    direct: () => [...direct.values()],
    problems: () =>
      platforms.flatMap(({ chat, health }) => {
        const { connected, trouble } = health()
        return connected ? [] : [`${chat.name} is not connected${trouble === null ? '' : `: ${trouble}`}.`]
      }),
    start: async () => {
      await readers.look()
      inbox.start()
      outbox.start()
      if (platforms.length > 0) looking = setInterval(look, WATCH_MS)
      await Promise.all(platforms.map(begin))
    },
    stop: async () => {
      if (looking !== null) clearInterval(looking)
      await Promise.all(platforms.map((platform) => platform.stop()))
      await inbox.stop()
      await outbox.stop()
    },
  }
}

/** The channel of the bot and the first admin who is known there. */
async function shareWithAdmin(ctx: Context, chat: Chat, readers: Readers): Promise<ChannelRef | null> {
  if (chat.direct === undefined) return null
  for (const { id } of ctx.people.all.filter(({ role }) => role === 'admin')) {
    const user = await userOf(ctx, chat.name, id)
    if (user === null) continue
    const own = await chat.direct(user)
    readers.share(own.chat, own.channel, user)
    return own
  }
  return null
}
