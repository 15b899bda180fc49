import type { CardTexts } from '../../src/chat/card.ts'
import type { ChatCall } from './wire.ts'

/** A message that people see in the chat, with the card it shows now. */
export interface Shown {
  readonly message: string
  readonly channel: string
  card: CardTexts
}

/** A line in the thread of a message. */
export interface Line {
  readonly under: string
  readonly card: CardTexts
}

/** The transcript: what the chat really received. */
export interface Platform {
  readonly shown: readonly Shown[]
  readonly lines: readonly Line[]
  /** Sends that the platform had already got under the same key, and therefore did not show again. */
  readonly resent: () => number
  /** Does what a call asks for and gives the id of its message. */
  receive(call: ChatCall): string
}

/**
 * A chat platform that lives with the harness, so that it remembers what it received from a program that was killed a
 * moment later. It takes idempotency keys as the real ones do: the same key again shows nothing new. Under any other
 * key a second card is a second card.
 */
export function openPlatform(): Platform {
  const shown: Shown[] = []
  const lines: Line[] = []
  const byMessage = new Map<string, Shown>()
  const byKey = new Map<string, string>()
  let resent = 0
  const once = (key: string, show: (message: string) => void): string => {
    const known = byKey.get(key)
    if (known !== undefined) {
      resent += 1
      return known
    }
    const message = `m${byKey.size + 1}`
    byKey.set(key, message)
    show(message)
    return message
  }
  return {
    shown,
    lines,
    resent: () => resent,
    receive: (call) => {
      if (call.do === 'post') {
        return once(call.key, (message) => {
          const post = { message, channel: call.channel, card: call.card }
          shown.push(post)
          byMessage.set(message, post)
        })
      }
      if (call.do === 'reply') {
        return once(call.key, () => lines.push({ under: call.message, card: call.card }))
      }
      byMessage.get(call.message)!.card = call.card
      return call.message
    },
  }
}
