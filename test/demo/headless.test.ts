import { describe, expect, it } from 'vitest'
import type { CardTexts } from '../../src/chat/card.ts'
import type { Chat } from '../../src/chat/chat.ts'
import { VirtualClock } from '../../src/clock.ts'
import type { Grade } from '../../src/demo/grade.ts'
import { openLog } from '../../src/log.ts'
import { type HeadlessOptions, runHeadless, settle } from '../../src/main/headless.ts'
import { transcribe } from '../../src/main/transcript.ts'
import { embedded } from '../places.ts'

const log = openLog('silent')

describe('a headless run', () => {
  /** On a copy of the tests' empty database, which saves making one. */
  async function run(options: Partial<HeadlessOptions>): Promise<Grade> {
    const { place, drop } = await embedded.place()
    return runHeadless({ days: 2, seed: '7', customers: 100, log, place, ...options }).finally(drop)
  }

  it('says how far it is, works the cards, loses none, and comes out the same twice', async () => {
    const shares: number[] = []
    const first = await run({ progress: (at) => shares.push(at?.share ?? 1) })
    const { alerts, claims, duplicates, lost, truth } = first
    expect(alerts.P0 + alerts.P1 + alerts.P2).toBeGreaterThan(2)
    expect(claims).toBeGreaterThan(0)
    expect({ duplicates, lost }).toEqual({ duplicates: 0, lost: 0 })
    expect(first.capacity.busiest).toBeGreaterThan(0)
    expect(first.capacity.over).toBe(0)
    expect(truth.leavers).toBeGreaterThan(3)
    expect([shares[0], shares.at(-1)]).toEqual([0, 1])
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(JSON.stringify(await run({}))).toBe(JSON.stringify(first))
  })

  it('stops when told to', async () => {
    const stop = new AbortController()
    const told = run({ signal: stop.signal, progress: () => stop.abort() })
    await expect(told).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it.each([0, 1.5, -3, 401, Number.NaN])('refuses to live %s days', async (days) => {
    await expect(runHeadless({ days, seed: '7', log })).rejects.toThrow('a whole number of days')
  })
})

describe('the end of a run', () => {
  it.each([
    [3, 0],
    [20, 8],
  ])('waits while the network fails %s times, and no longer than delivery tries', async (failures, tries) => {
    const clock = new VirtualClock(new Date('2026-06-01T06:00:00+08:00'))
    let [left, attempts, dueAt] = [1, 0, clock.now().getTime()]
    const drain = async () => {
      if (left === 0 || clock.now().getTime() < dueAt) return
      attempts += 1
      if (attempts > failures) left = 0
      dueAt = clock.now().getTime() + 300_000
    }
    await settle(async () => left, { drain }, clock)
    expect(left === 0).toBe(tries === 0)
    expect(attempts).toBe(tries || failures + 1)
  })
})

describe('the transcript', () => {
  it('writes down what arrived, also when the sender is told it did not', async () => {
    let arrived = 0
    const message = { chat: 'console', channel: 'alerts', message: 'm' }
    const chat: Chat = {
      name: 'console',
      post: async (to) => {
        arrived += 1
        return { ...to, message: `m${arrived}` }
      },
      update: async () => {},
      reply: async () => message,
    }
    const { chat: wrapped, posts, counts } = transcribe(chat, '7')
    let failed = 0
    for (let index = 0; index < 500; index += 1) {
      await wrapped.post(message, {} as CardTexts, `card-${index}`).catch(() => {
        failed += 1
      })
    }
    expect(posts).toHaveLength(arrived)
    expect(posts[0]).toEqual({ card: 'card-0', message: 'm1' })
    expect(counts.failures).toBe(failed)
    // Some never arrived, some arrived unanswered.
    expect(arrived).toBeLessThan(500)
    expect(500 - arrived).toBeLessThan(failed)
  })
})
