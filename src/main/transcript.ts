import type { Chat } from '../chat/chat.ts'
import { chance, openStream } from '../demo/random.ts'

/** What really arrived in a chat: one entry for each message, in order. */
export interface Transcript {
  readonly chat: Chat
  readonly posts: { readonly card: string; readonly message: string }[]
  /** Edits and thread lines that arrived. */
  readonly counts: { updates: number; replies: number; failures: number }
}

/** How often a send fails before it arrives, and how often only its answer is lost. */
const FAILS = 0.01
const UNANSWERED = 0.01

/**
 * Writes down what a chat receives, and lets it fail now and then as networks do, from the seed's own stream: a send
 * that never arrives, and one that arrives although the sender is told it did not.
 */
export function transcribe(chat: Chat, seed: string): Transcript {
  const draw = openStream(seed, 'network')
  const posts: Transcript['posts'] = []
  const counts = { updates: 0, replies: 0, failures: 0 }
  const send = async <T>(deliver: () => Promise<T>): Promise<T> => {
    const [fails, unanswered] = [chance(draw, FAILS), chance(draw, UNANSWERED)]
    if (fails || unanswered) counts.failures += 1
    if (fails) throw new Error('the network dropped the message')
    const done = await deliver()
    if (unanswered) throw new Error('the network lost the answer')
    return done
  }
  return {
    posts,
    counts,
    chat: {
      name: chat.name,
      post: (to, card, key) =>
        send(async () => {
          const posted = await chat.post(to, card, key)
          posts.push({ card: key, message: posted.message })
          return posted
        }),
      update: (message, card) =>
        send(async () => {
          await chat.update(message, card)
          counts.updates += 1
        }),
      reply: (message, card, key) =>
        send(async () => {
          const sent = await chat.reply(message, card, key)
          counts.replies += 1
          return sent
        }),
    },
  }
}
