import type { CardTexts } from '../../src/chat/card.ts'
import { ChatFault } from '../../src/chat/fault.ts'

/** A message as the platform keeps it. */
export interface FakeMessage {
  readonly id: string
  readonly channel: string
  /** Message whose thread it is in; null: of the channel itself. */
  readonly head: string | null
  readonly key: string
  readonly at: number
  card: CardTexts
  edits: number
}

export type FakeCall =
  | { readonly do: 'post'; readonly channel: string; readonly card: CardTexts; readonly key: string }
  | { readonly do: 'update'; readonly channel: string; readonly message: string; readonly card: CardTexts }
  | {
      readonly do: 'reply'
      readonly channel: string
      readonly message: string
      readonly card: CardTexts
      readonly key: string
    }
  | {
      readonly do: 'find'
      readonly channel: string
      readonly message: string | null
      readonly key: string
      readonly since: number
    }
  | { readonly do: 'remove'; readonly channel: string; readonly message: string }

/** A chat platform in memory, of no vendor: what it shows is what its readers see. */
export interface FakePlatform {
  /** Messages and replies, oldest first. */
  readonly messages: readonly FakeMessage[]
  /** Does a call; the id of its message, null for what is not found. Throws ChatFault. */
  receive(call: FakeCall, now: number): string | null
  delete(message: string): void
}

/** @param keyed takes idempotency keys, as Lark does; else the same key again is a second message, as on Slack */
export function fakePlatform({
  keyed = false,
  lagMs = 0,
}: {
  keyed?: boolean
  /** What was posted can be found so much later. */
  lagMs?: number
} = {}): FakePlatform {
  const messages: FakeMessage[] = []
  let count = 0
  const add = (
    { channel, card, key }: { channel: string; card: CardTexts; key: string },
    head: string | null,
    now: number,
  ): string => {
    const known = keyed ? messages.find((message) => message.key === key) : undefined
    if (known !== undefined) return known.id
    count += 1
    const id = `m${count}`
    messages.push({ id, channel, head, key, at: now, card, edits: 0 })
    return id
  }
  const known = (id: string): FakeMessage => {
    const found = messages.find((message) => message.id === id)
    if (found === undefined) throw new ChatFault('message-gone', `there is no message ${id}`)
    return found
  }
  return {
    messages,
    delete: (id) => {
      messages.splice(messages.indexOf(known(id)), 1)
    },
    receive: (call, now) => {
      switch (call.do) {
        case 'post':
          return add(call, null, now)
        case 'reply': {
          const head = known(call.message)
          return add(call, head.head ?? head.id, now)
        }
        case 'update': {
          const message = known(call.message)
          message.card = call.card
          message.edits += 1
          return message.id
        }
        case 'find':
          return (
            messages.find(
              ({ channel, head, key, at }) =>
                channel === call.channel &&
                head === call.message &&
                key === call.key &&
                at >= call.since &&
                at <= now - lagMs,
            )?.id ?? null
          )
        case 'remove':
          messages.splice(messages.indexOf(known(call.message)), 1)
          return null
      }
    },
  }
}
