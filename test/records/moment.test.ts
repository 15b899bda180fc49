import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DateFormat } from '../../src/records/calendar.ts'
import { checkPast, dayOf, parseDay, parseInstant } from '../../src/records/moment.ts'
import type { Parsed } from '../../src/records/parsed.ts'
import { instantOf, isTimeZone, offsetAt } from '../../src/records/zone.ts'

const got = <T>(parsed: Parsed<T>) => ('value' in parsed ? parsed.value : parsed.reason)
const instant = (words: string, dateFormat: DateFormat = 'iso', timeZone = 'Asia/Shanghai') => {
  const parsed = got(parseInstant('date', words, { dateFormat, timeZone }))
  return parsed instanceof Date ? parsed.toISOString() : parsed
}
const day = (words: string, dateFormat: DateFormat = 'iso') =>
  got(parseDay('date', words, { dateFormat, timeZone: 'Asia/Shanghai' }))

describe('parseInstant', () => {
  it.each<[string, DateFormat, string]>([
    ['2026-05-01', 'iso', '2026-04-30T16:00:00.000Z'],
    ['2026/5/1', 'iso', '2026-04-30T16:00:00.000Z'],
    ['2026年5月1日', 'iso', '2026-04-30T16:00:00.000Z'],
    ['2026年5月1日 8时30分', 'iso', '2026-05-01T00:30:00.000Z'],
    ['2026-05-01 08:30', 'iso', '2026-05-01T00:30:00.000Z'],
    ['2026-05-01 08:30:15.25', 'iso', '2026-05-01T00:30:15.250Z'],
    ['2026-05-01T08:30:00+08:00', 'iso', '2026-05-01T00:30:00.000Z'],
    ['2026-05-01 08:30:00.123456+08', 'iso', '2026-05-01T00:30:00.123Z'],
    ['2026-05-01T08:30:00-0330', 'iso', '2026-05-01T12:00:00.000Z'],
    ['2026-05-01T08:30:00Z', 'iso', '2026-05-01T08:30:00.000Z'],
    ['20260501', 'yyyymmdd', '2026-04-30T16:00:00.000Z'],
    ['20260501 09:00', 'yyyymmdd', '2026-05-01T01:00:00.000Z'],
    ['31/05/2026', 'dd/mm/yyyy', '2026-05-30T16:00:00.000Z'],
    ['5/31/2026 12:05 AM', 'mm/dd/yyyy', '2026-05-30T16:05:00.000Z'],
    ['5/31/2026 3:04 PM', 'mm/dd/yyyy', '2026-05-31T07:04:00.000Z'],
    ['1777595400', 'unix', '2026-05-01T00:30:00.000Z'],
    ['1777595400123', 'unix-ms', '2026-05-01T00:30:00.123Z'],
  ])('%s (%s)', (words, format, expected) => expect(instant(words, format)).toBe(expected))

  it.each<[string, DateFormat, RegExp]>([
    ['2026-02-30', 'iso', /^date "2026-02-30" is not a date that exists/],
    ['2026-13-01', 'iso', /is not a date that exists/],
    ['2026-05-01 24:30', 'iso', /is not a date that exists/],
    ['2026-05-01 13:00 PM', 'iso', /is not a date that exists/],
    ['2026-05-01T08:30:00+99:99', 'iso', /is not a date that exists/],
    ['2026-05-01T08:30:00-16:01', 'iso', /is not a date that exists/],
    ['2026-05-01T08:30:00+08:75', 'iso', /is not a date that exists/],
    ['yesterday', 'iso', /^date "yesterday" is not a date like 2026-05-01 .*\(dateFormat: iso\)$/],
    ['31/05/2026', 'mm/dd/yyyy', /is not a date that exists \(dateFormat: mm\/dd\/yyyy\)/],
    ['2026-05-01', 'unix', /is not a number of seconds since 1970/],
    ['9999999999999', 'unix', /is too large for seconds; is `dateFormat` right\?/],
  ])('refuses %s (%s)', (words, format, reason) => expect(instant(words, format)).toMatch(reason))

  it('takes the first of two equal wall times and moves on one that clocks skip', () => {
    expect(instant('2026-11-01 01:30', 'iso', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
    expect(instant('2026-03-08 02:30', 'iso', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
    expect(instant('2026-10-04 02:10', 'iso', 'Australia/Lord_Howe')).toBe('2026-10-03T15:40:00.000Z')
  })

  it('reads back any wall time it wrote, in zones with odd offsets and with summer time', () => {
    const zone = fc.constantFrom(
      'Asia/Shanghai',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'UTC',
    )
    const when = fc.integer({ min: Date.UTC(1990, 0, 2), max: Date.UTC(2040, 0, 1) })
    fc.assert(
      fc.property(zone, when, (timeZone, at) => {
        const wall = at + offsetAt(at, timeZone)
        const back = instantOf(wall, timeZone)
        // In the autumn hour that occurs twice the first one is meant; the wall time is the same.
        expect(back + offsetAt(back, timeZone)).toBe(wall)
        expect(back).toBeLessThanOrEqual(at)
        expect(at - back).toBeLessThanOrEqual(3_600_000)
      }),
    )
  })
})

describe('parseDay', () => {
  it('keeps a written day, and puts an instant on the day of the zone', () => {
    expect(day('2026-05-01 23:59')).toBe('2026-05-01')
    expect(day('2026-05-01T23:00:00Z')).toBe('2026-05-02')
    expect(day('1777595400', 'unix')).toBe('2026-05-01')
    expect(day('9999-12-31')).toBe('9999-12-31')
    expect(day('tomorrow')).toMatch(/is not a date like/)
  })
})

describe('checkPast', () => {
  const now = new Date('2026-06-01T04:00:00Z')
  const check = (at: string) => got(checkPast('date', new Date(at), now, 'Asia/Shanghai'))

  it('lets clocks differ by five minutes', () => {
    expect(check('2026-06-01T04:05:00Z')).toBeInstanceOf(Date)
    expect(check('2026-06-01T04:05:01Z')).toBe(
      'date 2026-06-01T04:05:01.000Z is in the future (now 2026-06-01T04:00:00.000Z); correct the row or the clock',
    )
  })

  it('names both days', () => {
    expect(check('2031-02-01T00:00:00Z')).toBe(
      'date 2031-02-01 is in the future (now 2026-06-01); correct the row or the clock',
    )
  })

  it('refuses dates nobody filled in', () => {
    expect(check('1970-01-01T00:00:00Z')).toMatch(/^date 1970-01-01 is before 1990/)
    expect(check('1989-12-31T15:59:59Z')).toMatch(/is before 1990/)
    expect(check('1989-12-31T16:00:00Z')).toBeInstanceOf(Date)
  })
})

it('knows zones', () => {
  expect([isTimeZone('Asia/Shanghai'), isTimeZone('Mars/Base')]).toEqual([true, false])
  expect(dayOf(new Date('2026-05-01T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-05-02')
})
