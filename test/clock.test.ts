import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DAY, HOUR, systemClock, VirtualClock } from '../src/clock.ts'

const START = new Date('2026-06-01T06:00:00Z')

it('moves only forward, whatever it is told', () => {
  const move = fc.oneof(
    fc.integer({ min: -10 * DAY, max: 10 * DAY }),
    fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY),
  )
  fc.assert(
    fc.property(fc.array(move), (moves) => {
      const clock = new VirtualClock(START)
      let last = START.getTime()
      for (const each of moves) {
        clock.advance(each)
        expect(clock.now().getTime()).toBe(last + Math.max(0, each || 0))
        last = clock.now().getTime()
      }
    }),
  )
})

it('gives away dates that cannot be used to move it', () => {
  const clock = new VirtualClock(START)
  clock.now().setFullYear(1999)
  expect(clock.now()).toEqual(START)
  clock.advanceTo(new Date(START.getTime() + HOUR))
  clock.advanceTo(START)
  expect(clock.now().getTime()).toBe(START.getTime() + HOUR)
})

it('is the machine’s clock in production', () => {
  expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1_000)
})
