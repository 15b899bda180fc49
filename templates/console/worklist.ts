import { batch } from '@preact/signals'
import type { WireMessage, WireTier } from '../../src/chat/console/wire.ts'
import { fetchMessages, fetchTallies, RequestFailed } from './api.ts'
import { ALL, type Filter, filterKey, isAll } from './case-filter.ts'
import { keep, read } from './prefs.ts'
import * as state from './state.ts'

/** The open channel's cases under a filter, and how many there are: asked of the server, never counted here. */

const PAGE = 100
const TALLY_WAIT_MS = 250

let aboutToCount = false

export async function loadTallies(): Promise<void> {
  state.tallies.value = new Map(Object.entries(await fetchTallies()))
}

/** A burst of changed cards (a scoring run posts dozens) is counted once, shortly after. */
function countSoon(): void {
  if (aboutToCount) return
  aboutToCount = true
  setTimeout(() => {
    aboutToCount = false
    void quietly(loadTallies)
  }, TALLY_WAIT_MS)
}

/** Shows a channel through a filter, and remembers it for this tab. */
export function pickFilter(channel: string, filter: Filter): void {
  keep(storageKey(channel), JSON.stringify(filter), 'session')
  batch(() => {
    state.filters.value = state.withEntry(state.filters.value, channel, filter)
    state.worklist.value = null
  })
  void openWorklist()
}

/** Back to all messages: what is said in a channel must not be hidden from who says it. */
export function showAll(channel: string): void {
  if (!isAll(filterOf(channel))) pickFilter(channel, ALL)
}

export const filterOf = (channel: string): Filter => state.filters.value.get(channel) ?? ALL

/** The filters this tab used last, once the channels are known. */
export function recallFilters(channels: readonly { readonly id: string }[]): void {
  const known = channels.flatMap(({ id }) => {
    const filter = readFilter(read(storageKey(id), 'session'))
    return filter ? [[id, filter] as const] : []
  })
  state.filters.value = new Map([...known, ...state.filters.value])
}

/** Fetches what the open channel's filter shows; nothing without a filter. */
export async function openWorklist(): Promise<void> {
  const channel = state.channel.value
  const filter = filterOf(channel)
  if (isAll(filter)) {
    state.worklist.value = null
    return
  }
  const key = filterKey(channel, filter)
  await quietly(async () => {
    const loaded = await fetchMessages(channel, null, PAGE, filter)
    if (state.shownKey.value === key) state.worklist.value = { key, loaded }
  })
}

export async function loadOlderCases(): Promise<void> {
  const known = state.worklist.value
  const first = known?.loaded.messages[0]
  if (!known || !first) return
  const channel = state.channel.value
  const page = await fetchMessages(channel, first.id, PAGE, filterOf(channel))
  const now = state.worklist.value
  if (now?.key !== known.key) return
  const loaded = { messages: [...page.messages, ...now.loaded.messages], more: page.more }
  state.worklist.value = { key: known.key, loaded }
}

/**
 * A posted or edited message. A card already listed stays where it is even when it no longer fits: it must not
 * vanish under the hand that pressed it. It goes the next time the filter is applied.
 */
export function takeIntoWorklist(message: WireMessage): void {
  if (message.thread !== null || !isCase(message)) return
  countSoon()
  const known = state.worklist.value
  if (!known || message.channel !== state.channel.value) return
  const at = known.loaded.messages.findIndex(({ id }) => id === message.id)
  if (at >= 0) {
    const messages = known.loaded.messages.with(at, message)
    state.worklist.value = { ...known, loaded: { ...known.loaded, messages } }
  } else if (fits(message, filterOf(message.channel))) {
    const messages = inOrder([...known.loaded.messages, message])
    state.worklist.value = { ...known, loaded: { ...known.loaded, messages } }
  }
}

const isCase = ({ card }: WireMessage): boolean => card?.zh.version !== undefined
const TIERS: readonly string[] = ['P0', 'P1', 'P2'] satisfies WireTier[]

function fits({ card }: WireMessage, { tier, unclaimed }: Filter): boolean {
  if (!card || !TIERS.includes(card.zh.accent)) return false
  if (tier !== null && card.zh.accent !== tier) return false
  return !unclaimed || card.zh.buttons.some(({ command }) => command === 'claim')
}

/** Oldest first; messages of one instant keep their order. */
function inOrder(messages: readonly WireMessage[]): readonly WireMessage[] {
  return [...messages].sort((a, b) => a.at.localeCompare(b.at))
}

function readFilter(words: string | null): Filter | null {
  try {
    const { tier, unclaimed } = JSON.parse(words ?? 'null') as { tier?: unknown; unclaimed?: unknown }
    return {
      tier: TIERS.includes(tier as string) ? (tier as WireTier) : null,
      unclaimed: unclaimed === true,
    }
  } catch {
    return null
  }
}

/** Without an answer the old counts and cards stay; the next connection fetches them again. */
async function quietly(ask: () => Promise<void>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error
  }
}

const storageKey = (channel: string) => `foreshock.filter.${channel}`
