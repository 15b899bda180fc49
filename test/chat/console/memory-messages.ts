import type { CaseFilter, ConsoleMessages } from '../../../src/chat/console/ports.ts'
import type { WireMessage } from '../../../src/chat/console/wire.ts'
import type { AlertTier } from '../../../src/risk/assessment.ts'

/** The console's messages, kept in memory: the same promises as the real ones, without a database. */
export function memoryMessages(): ConsoleMessages {
  const all: WireMessage[] = []
  const keys = new Map<string, string>()
  const readable = (message: WireMessage, reader: string) =>
    message.onlyFor === null || message.onlyFor === reader
  const withReplies = (message: WireMessage): WireMessage => ({
    ...message,
    replies: all.filter(({ thread }) => thread === message.id).length,
  })
  const find = (id: string) => all.find((message) => message.id === id)

  return {
    async add({ key, at, ...rest }) {
      const known = keys.get(key)
      if (known !== undefined) return withReplies(find(known)!)
      const message: WireMessage = {
        ...rest,
        id: `M-${all.length + 1}`,
        at: at.toISOString(),
        editedAt: null,
        replies: 0,
      }
      keys.set(key, message.id)
      all.push(message)
      return message
    },
    async edit(id, card, at) {
      const index = all.findIndex((message) => message.id === id)
      if (index < 0) return null
      all[index] = { ...all[index]!, card, editedAt: at.toISOString() }
      return withReplies(all[index]!)
    },
    async get(id) {
      const found = find(id)
      return found ? withReplies(found) : null
    },
    async list({ channel, reader, before, limit, only = null }) {
      const shown = all.filter(
        (each) =>
          each.channel === channel && each.thread === null && readable(each, reader) && isChosen(each, only),
      )
      const end = before === null ? shown.length : shown.findIndex(({ id }) => id === before)
      const page = shown.slice(Math.max(0, end - limit), Math.max(0, end))
      return { messages: page.map(withReplies), more: end > limit }
    },
    async thread(message, reader) {
      return all.filter((each) => each.thread === message && readable(each, reader))
    },
    async tally() {
      const count = (channel: string, tier: AlertTier, unclaimed: boolean) =>
        all.filter(
          (each) => each.channel === channel && each.thread === null && isChosen(each, { tier, unclaimed }),
        ).length
      const of = (channel: string, tier: AlertTier) => ({
        working: count(channel, tier, false),
        unclaimed: count(channel, tier, true),
      })
      const channels = [...new Set(all.map(({ channel }) => channel))]
      const tallies = channels.map(
        (id) => [id, { P0: of(id, 'P0'), P1: of(id, 'P1'), P2: of(id, 'P2') }] as const,
      )
      return Object.fromEntries(
        tallies.filter(([, tally]) => Object.values(tally).some(({ working }) => working > 0)),
      )
    },
  }
}

function isChosen({ card }: WireMessage, only: CaseFilter | null): boolean {
  if (only === null) return true
  if (!card || card.zh.version === undefined || !/^P[012]$/.test(card.zh.accent)) return false
  if (only.tier !== null && card.zh.accent !== only.tier) return false
  return !only.unclaimed || card.zh.buttons.some(({ command }) => command === 'claim')
}
