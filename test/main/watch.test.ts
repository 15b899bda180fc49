import { expect, test } from 'vitest'
import type { Health } from '../../src/chat/platform.ts'
import { HOUR, VirtualClock } from '../../src/clock.ts'
import { openWatch } from '../../src/main/watch.ts'
import { fakeChat } from '../fakes/chat.ts'
import { fakePlatform } from '../fakes/chat-platform.ts'

function watching() {
  const clock = new VirtualClock(new Date('2026-06-01T06:00:00Z'))
  const { chat } = fakeChat(fakePlatform(), clock, { name: 'slack' })
  const line = { health: { connected: true, since: null, trouble: null } as Health }
  const left: string[] = []
  const platforms = [{ chat, health: () => line.health }]
  const { look } = openWatch({ platforms, clock, giveUp: (why) => left.push(why) })
  const away = () => {
    line.health = { connected: false, since: clock.now(), trouble: 'the socket was closed' }
  }
  const after = (minutes: number) => {
    clock.advance((minutes * HOUR) / 60)
    look()
  }
  return { line, left, look, away, after }
}

test('a platform that stays away for more than five minutes is given up, once', () => {
  const { left, look, away, after } = watching()
  look()
  away()
  after(5)
  expect(left).toEqual([])
  after(0.1)
  after(5)
  expect(left).toEqual(['slack stays away: the socket was closed'])
})

test('one that comes back in between is not, and is given up again later', () => {
  const { line, left, look, away, after } = watching()
  look()
  away()
  after(4)
  line.health = { connected: true, since: null, trouble: null }
  look()
  away()
  after(4)
  expect(left).toEqual([])
  after(2)
  expect(left).toHaveLength(1)
})

test('one that was never there is doctor’s business: starting anew would not help', () => {
  const { left, away, after } = watching()
  away()
  after(60)
  expect(left).toEqual([])
})
