import { expect, test } from 'vitest'
import { VirtualClock } from '../../src/clock.ts'
import { openLimit } from '../../src/ingest/limit.ts'

test('a sender may send at its rate, twice as much at once, and is told when to come again', () => {
  const clock = new VirtualClock(new Date('2026-06-01T00:00:00Z'))
  const limit = openLimit(5, clock)
  const many = (sender: string, count: number) => Array.from({ length: count }, () => limit.wait(sender))
  expect(many('desk', 11)).toEqual([...Array(10).fill(0), 1])
  // Another sender has a rate of its own.
  expect(limit.wait('app')).toBe(0)
  clock.advance(1_000)
  expect(many('desk', 6)).toEqual([0, 0, 0, 0, 0, 1])
  clock.advance(3_600_000)
  expect(many('desk', 11).filter((wait) => wait === 0)).toHaveLength(10)
})
