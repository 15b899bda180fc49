import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import {
  isDate,
  nextOpening,
  shiftWorking,
  type WorkingTime,
  weekdaysIn,
} from '../../src/records/working-time.ts'

const SHANGHAI: WorkingTime = {
  timeZone: 'Asia/Shanghai',
  days: new Set([1, 2, 3, 4, 5]),
  from: 9,
  to: 18,
  holidays: new Set(['2026-10-01', '2026-10-02']),
}
const at = (words: string): Date => new Date(words)

describe('working time', () => {
  it.each([
    ['2026-06-01T10:00+08:00', '2026-06-01T10:00+08:00'],
    ['2026-06-01T08:59+08:00', '2026-06-01T09:00+08:00'],
    ['2026-06-01T18:00+08:00', '2026-06-02T09:00+08:00'],
    ['2026-06-05T23:00+08:00', '2026-06-08T09:00+08:00'],
    ['2026-09-30T19:00+08:00', '2026-10-05T09:00+08:00'],
  ])('after %s begins at %s', (now, opening) => {
    expect(nextOpening(at(now), SHANGHAI)).toEqual(at(opening))
  })

  it.each([
    ['2026-06-01T10:00+08:00', 2, '2026-06-01T12:00+08:00'],
    ['2026-06-01T17:00+08:00', 2, '2026-06-02T10:00+08:00'],
    ['2026-06-05T17:30+08:00', 24, '2026-06-10T14:30+08:00'],
    ['2026-06-06T03:00+08:00', 1, '2026-06-08T10:00+08:00'],
    ['2026-09-30T17:00+08:00', 1.5, '2026-10-05T09:30+08:00'],
    ['2026-06-02T10:00+08:00', -2, '2026-06-01T17:00+08:00'],
    ['2026-06-07T12:00+08:00', -9, '2026-06-05T09:00+08:00'],
  ])('%s and %s working hours is %s', (from, hours, to) => {
    expect(shiftWorking(at(from), hours * HOUR, SHANGHAI)).toEqual(at(to))
  })

  it('keeps the wall clock over both changes of the clocks', () => {
    const berlin: WorkingTime = {
      ...SHANGHAI,
      timeZone: 'Europe/Berlin',
      days: new Set([0, 1, 2, 3, 4, 5, 6]),
    }
    expect(shiftWorking(at('2026-03-28T17:00+01:00'), 2 * HOUR, berlin)).toEqual(at('2026-03-29T10:00+02:00'))
    expect(shiftWorking(at('2026-10-24T17:00+02:00'), 2 * HOUR, berlin)).toEqual(at('2026-10-25T10:00+01:00'))
  })

  it('there and back is where one was, while at work', () => {
    const hours = fc.integer({ min: 1, max: 400 })
    const minute = fc.integer({ min: 0, max: 8 * 60 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), minute, hours, (day, minutes, wait) => {
        const start = nextOpening(new Date(Date.parse('2026-01-05T09:00+08:00') + day * DAY), SHANGHAI)
        const now = new Date(start.getTime() + minutes * 60_000)
        const there = shiftWorking(now, wait * HOUR, SHANGHAI)
        expect(there > now).toBe(true)
        expect(shiftWorking(there, -wait * HOUR, SHANGHAI)).toEqual(now)
      }),
    )
  })

  it('does not look for a working day that never comes', () => {
    const never: WorkingTime = { ...SHANGHAI, days: new Set() }
    expect(nextOpening(at('2026-06-01T10:00+08:00'), never)).toEqual(at('2026-06-01T10:00+08:00'))
    expect(shiftWorking(at('2026-06-01T10:00+08:00'), HOUR, never)).toEqual(at('2026-06-01T11:00+08:00'))
  })
})

describe('what is typed', () => {
  it.each([
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['fri-mon', [0, 1, 5, 6]],
    ['Sat, sun', [0, 6]],
    ['wed', [3]],
    ['sun - sat', [0, 1, 2, 3, 4, 5, 6]],
  ])('%s is these days', (words, days) => {
    expect([...weekdaysIn(words)!].sort()).toEqual(days)
  })
  it.each(['', 'monday', 'mon-', '-fri', 'mon-tue-wed', 'mon fri x', '1-5'])('%j is no day', (words) => {
    expect(weekdaysIn(words)).toBeNull()
  })
  it('is a date only when that day exists', () => {
    expect(['2026-02-28', '2028-02-29'].every(isDate)).toBe(true)
    expect(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', ''].some(isDate)).toBe(false)
  })
})
