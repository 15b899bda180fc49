import { describe, expect, it } from 'vitest'
import { wakeTime } from '../../commands/snooze.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import { isExpected } from '../../src/errors.ts'
import { settingsFrom } from '../../src/settings/settings.ts'

const NOW = new Date('2026-06-01T06:00:00+08:00')
const WORKING = settingsFrom(new Map([['hours.holidays', '2026-06-19']]), 'Asia/Shanghai').working
const inMs = (wait: number): Date => new Date(NOW.getTime() + wait)

describe('when a snoozed case comes back', () => {
  it.each([
    ['2h', inMs(2 * HOUR)],
    ['2小时', inMs(2 * HOUR)],
    ['3d', inMs(3 * DAY)],
    ['3 天', inMs(3 * DAY)],
    ['三天', inMs(3 * DAY)],
    ['两个小时', inMs(2 * HOUR)],
    ['一周', inMs(7 * DAY)],
    ['1W', inMs(7 * DAY)],
    ['1周', inMs(7 * DAY)],
    ['2 个星期', inMs(14 * DAY)],
    ['30d', inMs(30 * DAY)],
    ['720h', inMs(30 * DAY)],
  ])('%s', (words, until) => {
    expect(wakeTime(words, NOW, 'Asia/Shanghai', WORKING)).toEqual(until)
  })

  it.each([
    ['Asia/Shanghai', '2026-06-01T06:00:00+08:00', '2026-06-02T09:00:00+08:00'],
    ['America/New_York', '2026-06-01T06:00:00+08:00', '2026-06-01T09:00:00-04:00'],
    // The night in between is an hour short, or long.
    ['America/New_York', '2026-03-07T12:00:00-05:00', '2026-03-08T09:00:00-04:00'],
    ['Europe/Berlin', '2026-10-24T12:00:00+02:00', '2026-10-25T09:00:00+01:00'],
    ['Pacific/Kiritimati', '2026-06-01T23:59:00+14:00', '2026-06-02T09:00:00+14:00'],
  ])('tomorrow is nine in the morning in %s', (zone, now, until) => {
    for (const words of ['tomorrow', 'TOMORROW', '明天']) {
      expect(wakeTime(words, new Date(now), zone, WORKING)).toEqual(new Date(until))
    }
  })

  it.each([
    ['before work', '2026-06-01T06:00:00+08:00', '2026-06-01T09:00:00+08:00'],
    ['during work', '2026-06-01T10:00:00+08:00', '2026-06-02T09:00:00+08:00'],
    ['after work', '2026-06-01T20:00:00+08:00', '2026-06-02T09:00:00+08:00'],
    ['at the weekend', '2026-06-05T18:00:00+08:00', '2026-06-08T09:00:00+08:00'],
    ['before a holiday', '2026-06-18T18:30:00+08:00', '2026-06-22T09:00:00+08:00'],
  ])('work, asked %s, is when the team is next at work', (_when, now, until) => {
    for (const words of ['work', '上班']) {
      expect(wakeTime(words, new Date(now), 'America/New_York', WORKING)).toEqual(new Date(until))
    }
  })

  it.each([
    ...['0h', '31d', '5w', '721h', '-2h', '2', 'h', '1.5d', 'yesterday', '后天'],
    ...['2h; drop', '９h', '∞d', '9999999999d', '2 h 3 d', ''],
  ])('%j is no time', (words) => {
    try {
      wakeTime(words, NOW, 'UTC', WORKING)
      expect.unreachable()
    } catch (error) {
      if (!isExpected(error)) throw error
      expect(error.explain('en')).toBe(
        `"${words}" is not a time to snooze for. Write 2h, 3d, 1w, tomorrow or work; 30 days at most.`,
      )
      expect(error.explain('zh')).toContain('可以写 2小时、3天、1周、明天 或 上班')
    }
  })
})
