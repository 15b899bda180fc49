import { batch } from '@preact/signals'
import type { WireClock, WireMessage, WireProgress, WireSession } from '../../src/chat/console/wire.ts'
import { fetchMessages, fetchSession, fetchThread, RequestFailed } from './api.ts'
import { locale, suggestLocale } from './prefs.ts'
import { countUnread, markSeen } from './seen.ts'
import * as state from './state.ts'
import { loadTallies, openWorklist, recallFilters, takeIntoWorklist } from './worklist.ts'

/** Keeps the page equal to the server: first load, live changes, recovery after a lost connection. */

const PAGE = 40
const LOST_AFTER_MS = 1_200
const RETRY_MS = [1_000, 2_000, 4_000, 8_000]
const HIGHLIGHT_MS = 2_200

let stream: EventSource | null = null
let lostTimer: ReturnType<typeof setTimeout> | undefined
let attempts = 0

/** Fetches who we are, then listens; every (re)connection fetches the messages anew, so nothing is missed. */
export async function start(): Promise<void> {
  try {
    adopt(await fetchSession())
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error
    if (error.status === 401) {
      state.phase.value = 'signed-out'
      return
    }
    if (!state.session.value) state.phase.value = 'unreachable'
    retryLater()
    return
  }
  attempts = 0
  listen()
}

export function adopt(session: WireSession): void {
  batch(() => {
    // Another tab may have changed the person: what only the earlier one may see must go.
    if (state.me.value && state.me.value.id !== session.me.id) forgetMessages()
    state.session.value = session
    state.clock.value = session.clock
    state.progress.value = session.progress
    recallFilters(session.channels)
    suggestLocale(session.me.locale)
    readAddress()
    state.phase.value = 'ready'
  })
}

/** Forgets what another person saw. */
export function forgetMessages(): void {
  batch(() => {
    state.lists.value = new Map()
    state.worklist.value = null
    state.tallies.value = new Map()
    state.head.value = null
    state.replies.value = []
    state.notes.value = []
    state.pending.value = []
    state.unread.value = new Map()
    state.announcement.value = ''
  })
}

/** Opens the live stream, replacing an earlier one. */
export function listen(): void {
  stream?.close()
  stream = new EventSource('/api/events')
  stream.addEventListener('open', () => void connected())
  stream.addEventListener('error', disconnected)
  on<WireMessage>('message', receive)
  on<WireClock>('clock', (clock) => {
    state.clock.value = clock
  })
  on<WireProgress | null>('progress', (progress) => {
    state.progress.value = progress
  })
}

function on<T>(name: string, take: (data: T) => void): void {
  // An error event is also called "message" by nobody; data is always our own JSON.
  stream?.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data) as T))
}

async function connected(): Promise<void> {
  clearTimeout(lostTimer)
  lostTimer = undefined
  state.connection.value = 'live'
  try {
    adopt(await fetchSession())
    const channels = state.session.value!.channels.map(({ id }) => loadNewest(id))
    await Promise.all([...channels, loadThread(), loadTallies(), openWorklist()])
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error
    // The stream itself will say when the line is gone; what is shown stays until the next connection.
    state.connection.value = 'lost'
  }
}

function disconnected(): void {
  lostTimer ??= setTimeout(() => {
    state.connection.value = 'lost'
  }, LOST_AFTER_MS)
  // The browser tries again by itself unless the server refused: then our session is not valid any more.
  if (stream?.readyState === EventSource.CLOSED) retryLater()
}

function retryLater(): void {
  const wait = RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)]!
  attempts += 1
  setTimeout(() => void start(), wait)
}

async function loadNewest(channel: string): Promise<void> {
  const page = await fetchMessages(channel, null, PAGE)
  const known = state.lists.value.get(channel)
  const oldest = page.messages[0]
  // Older pages stay when they still join up with the newest one.
  const joint = known && oldest ? known.messages.findIndex(({ id }) => id === oldest.id) : -1
  const loaded =
    joint > 0 ? { messages: [...known!.messages.slice(0, joint), ...page.messages], more: known!.more } : page
  batch(() => {
    state.lists.value = state.withEntry(state.lists.value, channel, loaded)
    countUnread(channel)
  })
}

export async function loadOlder(channel: string): Promise<void> {
  const known = state.lists.value.get(channel)
  const first = known?.messages[0]
  if (!known?.more || !first) return
  const page = await fetchMessages(channel, first.id, PAGE)
  const now = state.lists.value.get(channel) ?? known
  const loaded = { messages: [...page.messages, ...now.messages], more: page.more }
  state.lists.value = state.withEntry(state.lists.value, channel, loaded)
}

async function loadThread(): Promise<void> {
  const id = state.thread.value
  if (id === null) return
  const { head, messages } = await fetchThread(id).catch((error: unknown) => {
    if (error instanceof RequestFailed) return { head: null, messages: [] }
    throw error
  })
  if (state.thread.value !== id) return
  batch(() => {
    state.head.value = head
    state.replies.value = messages
  })
}

/** When messages came while this page was open: what is of use for a minute is counted from there. */
const arrivals = new Map<string, number>()
export const arrivedAt = (id: string): number | null => arrivals.get(id) ?? null

/** Takes a posted or edited message: replaces the one with its id, or adds it at the end. */
function receive(message: WireMessage): void {
  if (message.editedAt === null && !arrivals.has(message.id)) arrivals.set(message.id, performance.now())
  batch(() => {
    state.pending.value = state.pending.value.filter((line) => !isEcho(line, message))
    if (message.thread !== null) {
      if (message.thread === state.thread.value) state.replies.value = upsert(state.replies.value, message)
      return
    }
    if (state.head.value?.id === message.id) state.head.value = message
    takeIntoWorklist(message)
    const known = state.lists.value.get(message.channel)
    if (!known) return
    const isNew = !known.messages.some(({ id }) => id === message.id)
    if (isNew && known.more && isOld(message)) return
    const next = { ...known, messages: upsert(known.messages, message) }
    state.lists.value = state.withEntry(state.lists.value, message.channel, next)
    highlight(message.id)
    countUnread(message.channel)
    const words = message.card?.[locale.value].fallback ?? message.line
    if (words && message.channel === state.channel.value) state.announcement.value = words
  })
}

/** A card that was edited or answered is not new: when it is not listed, it belongs before what is. */
const isOld = ({ editedAt, replies }: WireMessage) => editedAt !== null || replies > 0

const isEcho = (line: state.Pending, message: WireMessage) =>
  message.line === line.line &&
  message.author === state.me.value?.id &&
  message.channel === line.place.channel

function upsert(list: readonly WireMessage[], message: WireMessage): readonly WireMessage[] {
  const at = list.findIndex(({ id }) => id === message.id)
  return at < 0 ? [...list, message] : list.with(at, message)
}

function highlight(id: string): void {
  state.fresh.value = state.withMember(state.fresh.value, id, true)
  setTimeout(() => {
    state.fresh.value = state.withMember(state.fresh.value, id, false)
  }, HIGHLIGHT_MS)
}

/** The address names the channel and thread (#/alerts/M-1), so that Back and links work. */
export function readAddress(): void {
  const [, wanted = '', message = ''] = location.hash.split('/').map(decodeURIComponent)
  const channels = state.session.value?.channels ?? []
  const channel = channels.find(({ id }) => id === wanted)?.id ?? channels[0]?.id ?? ''
  const thread = message === '' ? null : message
  const changed = thread !== state.thread.value
  const moved = channel !== state.channel.value
  batch(() => {
    state.channel.value = channel
    if (moved) state.worklist.value = null
    state.thread.value = thread
    if (changed) state.replies.value = []
    state.railOpen.value = false
  })
  if (changed && thread !== null) void loadThread()
  if (moved) void openWorklist()
  markSeen(channel)
}

export function goTo(channel: string, thread: string | null): void {
  const path = [channel, ...(thread === null ? [] : [thread])].map(encodeURIComponent).join('/')
  location.hash = `/${path}`
}
