import { computed, signal } from '@preact/signals'
import type { CardTexts, Form } from '../../src/chat/card.ts'
import type {
  WireClock,
  WireMessage,
  WireProgress,
  WireSession,
  WireTally,
} from '../../src/chat/console/wire.ts'
import type { Locale } from '../../src/text.ts'
import type { Trouble } from './api.ts'
import { ALL, type Filter, filterKey, isAll } from './case-filter.ts'

/** What the page knows. Only `sync.ts`, `worklist.ts` and `actions.ts` write here; views read. */

/** Where something is said: a channel, or a thread in it. */
export interface Place {
  readonly channel: string
  readonly thread: string | null
}

export interface Loaded {
  readonly messages: readonly WireMessage[]
  readonly more: boolean
}

/** A line on its way to the server. */
export interface Pending {
  readonly request: string
  readonly place: Place
  readonly line: string
  readonly trouble: Trouble | null
}

/** An answer for this reader alone; it goes when dismissed or when the page is closed. */
export interface Note {
  readonly id: string
  readonly place: Place
  /** The message it answers; null: the newest line. */
  readonly under: string | null
  readonly card: CardTexts | null
  readonly trouble: Trouble | null
  /** When its card came, milliseconds since the page was opened. */
  readonly since: number
}

/** A form waiting to be filled in. `send` answers what went wrong, or null. */
export interface Dialog {
  readonly id: string
  /** The card and button it was opened from, with the card's version then; null: opened by a typed line. */
  readonly about: { readonly message: string; readonly command: string; readonly version: number } | null
  readonly form: Readonly<Record<Locale, Form>>
  readonly send: (values: Record<string, string>) => Promise<Trouble | null>
}

export const phase = signal<'loading' | 'ready' | 'signed-out' | 'unreachable'>('loading')
export const connection = signal<'live' | 'lost'>('live')
export const session = signal<WireSession | null>(null)
export const clock = signal<WireClock | null>(null)
export const progress = signal<WireProgress | null>(null)

export const channel = signal('')
export const thread = signal<string | null>(null)
export const lists = signal<ReadonlyMap<string, Loaded>>(new Map())
/** How each channel is looked at. */
export const filters = signal<ReadonlyMap<string, Filter>>(new Map())
/** The open channel's cases under its filter; null: no filter, or not loaded yet. */
export const worklist = signal<{ readonly key: string; readonly loaded: Loaded } | null>(null)
export const tallies = signal<ReadonlyMap<string, WireTally>>(new Map())
/** The message the open thread hangs on, when no list on the page holds it. */
export const head = signal<WireMessage | null>(null)
export const replies = signal<readonly WireMessage[]>([])
/** Messages of others that came since the reader last looked, by channel; `more`: at least so many. */
export const unread = signal<ReadonlyMap<string, { readonly count: number; readonly more: boolean }>>(
  new Map(),
)

export const pending = signal<readonly Pending[]>([])
export const notes = signal<readonly Note[]>([])
export const dialog = signal<Dialog | null>(null)
/** Buttons whose answer has not come yet, by `buttonKey`. */
export const pressed = signal<ReadonlySet<string>>(new Set())
/** Messages changed a moment ago, drawn with a soft highlight. */
export const fresh = signal<ReadonlySet<string>>(new Set())
/** Read out by screen readers. */
export const announcement = signal('')
export const railOpen = signal(false)

export const me = computed(() => session.value?.me ?? null)
export const zone = computed(() => me.value?.timeZone ?? 'UTC')
export const here = computed(() => session.value?.channels.find(({ id }) => id === channel.value) ?? null)
export const parent = computed(() => (thread.value === null ? null : messageOf(thread.value)))
export const filter = computed(() => filters.value.get(channel.value) ?? ALL)
export const tally = computed(() => tallies.value.get(channel.value) ?? null)
export const shownKey = computed(() => filterKey(channel.value, filter.value))
/** What the stream shows; null while it is being fetched. */
export const shown = computed((): Loaded | null => {
  if (isAll(filter.value)) return lists.value.get(channel.value) ?? null
  return worklist.value?.key === shownKey.value ? worklist.value.loaded : null
})
/** A message of the open channel or thread, as it stands now. */
export function messageOf(id: string): WireMessage | null {
  const loaded = [lists.value.get(channel.value)?.messages, worklist.value?.loaded.messages, replies.value]
  const found = loaded.flatMap((list) => list?.find((message) => message.id === id) ?? [])
  return found[0] ?? (head.value?.id === id ? head.value : null)
}
export const unreadTotal = computed(() =>
  [...unread.value.values()].reduce((sum, { count }) => sum + count, 0),
)

export const buttonKey = (message: string, command: string, args: string) => `${message} ${command} ${args}`
/** A typed line or a row's command, as a command and its words. */
export function readLine(line: string): { command: string; args: string } {
  const [command = '', ...args] = line.trim().split(/\s+/)
  return { command, args: args.join(' ') }
}

export const samePlace = (a: Place, b: Place) => a.channel === b.channel && a.thread === b.thread

export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value)
}

export function withMember<T>(set: ReadonlySet<T>, member: T, inside: boolean): ReadonlySet<T> {
  const next = new Set(set)
  if (inside) next.add(member)
  else next.delete(member)
  return next
}
