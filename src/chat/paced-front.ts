import { setTimeout as timeout } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { ChatFault } from './fault.ts'
import type { Front, Inbound } from './inbound.ts'
import type { Pace } from './pace.ts'

/** So long an answer waits for its place; beyond it is put back, as if the platform had said no. */
const PATIENCE_MS = 5_000
/** Between two looks, at least: which of several places opens first is not told. */
const LOOK_MS = 20

/**
 * Answers that take their places among what delivery sends, for a platform to which both are messages.
 *
 * @param clock real time, as the pace counts
 */
export function pacedFront(
  front: Front,
  pace: Pick<Pace, 'take' | 'opensAt'>,
  clock: Clock,
  pause: (milliseconds: number) => Promise<unknown> = (milliseconds) => timeout(milliseconds),
): Front {
  const placeFor = async (to: { readonly chat: string; readonly channel: string }): Promise<void> => {
    const begun = clock.now().getTime()
    for (let now = begun; !pace.take(to, false, now); now = clock.now().getTime()) {
      const wait = Math.max(LOOK_MS, (pace.opensAt(now) ?? now) - now)
      if (now + wait > begun + PATIENCE_MS)
        throw new ChatFault('rate-limited', `no room for an answer on ${to.chat} yet`, wait)
      await pause(wait)
    }
  }
  const { chat, give } = front
  return {
    ...front,
    answer: async (to, card, how) => {
      await placeFor({ chat, channel: how.private ? to.by.user : channelOf(to) })
      return front.answer(to, card, how)
    },
    ...(give === undefined
      ? {}
      : {
          give: async (to, file, key) => {
            await placeFor({ chat, channel: to.by.user })
            return give(to, file, key)
          },
        }),
  }
}

/** What is said to one person alone counts for their own chat with the bot. */
function channelOf({ channel, isDirect, by }: Inbound): string {
  return isDirect || channel === null ? by.user : channel
}
