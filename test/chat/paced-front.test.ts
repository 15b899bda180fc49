import { expect, it } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { Chat } from '../../src/chat/chat.ts'
import { ChatFault } from '../../src/chat/fault.ts'
import type { Front, Inbound } from '../../src/chat/inbound.ts'
import { openPace } from '../../src/chat/pace.ts'
import { pacedFront } from '../../src/chat/paced-front.ts'
import { VirtualClock } from '../../src/clock.ts'

const card: Card = { accent: 'neutral', title: 't', blocks: [], buttons: [], fallback: 't' }
const START = new Date('2026-06-01T00:00:00Z')

/** A platform that takes two messages a second in a channel, and when its answers went where. */
function place() {
  const clock = new VirtualClock(START)
  const limits = [{ of: 'posts', per: 'channel', count: 2, ms: 1_000 }] as const
  const pace = openPace(new Map([['lark', { name: 'lark', limits } as unknown as Chat]]))
  const went: number[] = []
  const front: Front = {
    chat: 'lark',
    answer: async () => void went.push(clock.now().getTime() - START.getTime()),
    about: async () => ({ email: null, name: null, isGuest: false, isGone: false }),
  }
  const paced = pacedFront(front, pace, clock, async (milliseconds) => clock.advance(milliseconds))
  const to = (user: string) =>
    ({ channel: 'oc_1', isDirect: false, by: { chat: 'lark', workspace: 'w', user } }) as unknown as Inbound
  const answer = (isPrivate: boolean, user = 'ou_1') =>
    paced.answer(to(user), { zh: card, en: card }, { private: isPrivate, locale: 'zh', key: 'k' })
  return { clock, pace, went, answer }
}

it('waits for its place among the messages of a group', async () => {
  const { pace, went, answer } = place()
  pace.take({ chat: 'lark', channel: 'oc_1' }, false, START.getTime())
  for (let at = 0; at < 3; at += 1) await answer(false)
  expect(went).toEqual([0, 1_000, 1_000])
})

it('a clock that is set back by hours shuts nobody out until it has caught up', () => {
  const { pace } = place()
  const to = { chat: 'lark', channel: 'oc_1' }
  const take = (at: number) => pace.take(to, false, START.getTime() + at)
  expect([take(0), take(1), take(2)]).toEqual([true, true, false])
  const earlier = -3 * 3_600_000
  expect([take(earlier), take(earlier + 1), take(earlier + 2)]).toEqual([true, true, false])
  expect(pace.opensAt(START.getTime() + earlier + 2)).toBe(START.getTime() + earlier + 1_000)
})

it('a pause that was asked for before the clock was set back holds no longer', () => {
  const { pace } = place()
  const to = { chat: 'lark', channel: 'oc_1' }
  pace.shut({ chat: 'lark', channel: null, until: new Date(START.getTime() + 30_000) })
  expect([pace.take(to, false, START.getTime()), pace.gates(START.getTime())]).toMatchObject([false, [{}]])
  const earlier = START.getTime() - 3 * 3_600_000
  expect([pace.take(to, false, earlier), pace.gates(earlier), pace.opensAt(earlier)]).toEqual([
    true,
    [],
    null,
  ])
})

it('to one person alone counts for them and not for the group', async () => {
  const { went, answer } = place()
  for (const user of ['ou_1', 'ou_1', 'ou_2']) await answer(true, user)
  expect(went).toEqual([0, 0, 0])
})

it('gives up where the platform wants a longer pause, and says for how long', async () => {
  const { pace, went, answer } = place()
  pace.shut({ chat: 'lark', channel: null, until: new Date(START.getTime() + 30_000) })
  const fault = await answer(false).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(ChatFault)
  expect(fault).toMatchObject({ code: 'rate-limited', retryAfterMs: 30_000 })
  expect(went).toEqual([])
})
