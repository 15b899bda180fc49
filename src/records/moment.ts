import { type DateFormat, readWritten } from './calendar.ts'
import { bad, good, type Parsed, plain, quoted } from './parsed.ts'
import type { CalendarDay } from './record.ts'
import { instantOf, offsetAt } from './zone.ts'

/** How a source writes its dates, and the zone its clocks stand in where it writes no offset. */
export interface Calendar {
  readonly dateFormat: DateFormat
  readonly timeZone: string
}

/** Clocks of two systems may differ by this much before a row counts as coming from the future. */
const TOLERANCE = 5 * 60_000
const OLDEST = Date.UTC(1990, 0, 1)

/** An instant. A date without a time is the first moment of that day in the zone. */
export function parseInstant(what: string, words: string, calendar: Calendar): Parsed<Date> {
  const { dateFormat, timeZone } = calendar
  if (dateFormat === 'unix' || dateFormat === 'unix-ms') return parseEpoch(what, words, dateFormat)
  const written = readWritten(what, words, dateFormat)
  if ('reason' in written) return written
  const { wall, offset } = written.value
  return good(new Date(offset === null ? instantOf(wall, timeZone) : wall - offset))
}

/** A calendar day. A written day stays as it is; an instant (an offset, unix) falls on the zone's day. */
export function parseDay(what: string, words: string, calendar: Calendar): Parsed<CalendarDay> {
  const { dateFormat, timeZone } = calendar
  if (dateFormat !== 'unix' && dateFormat !== 'unix-ms') {
    const written = readWritten(what, words, dateFormat)
    if ('reason' in written) return written
    if (written.value.offset === null) return good(isoDay(written.value.wall))
  }
  const instant = parseInstant(what, words, calendar)
  return 'reason' in instant ? instant : good(dayOf(instant.value, timeZone))
}

/** The day it is in the zone at this instant. */
export function dayOf(instant: Date, timeZone: string): CalendarDay {
  return isoDay(instant.getTime() + offsetAt(instant.getTime(), timeZone))
}

/** Refuses what cannot have happened: later than now (but for clocks that differ a little), or before 1990. */
export function checkPast(what: string, instant: Date, now: Date, timeZone: string): Parsed<Date> {
  if (instant.getTime() > now.getTime() + TOLERANCE) {
    const [day, today] = [dayOf(instant, timeZone), dayOf(now, timeZone)]
    const [then, present] = day === today ? [instant.toISOString(), now.toISOString()] : [day, today]
    return bad(
      `${what} ${then} 在将来（现在是 ${present}）；请改正这一行或时钟`,
      `${what} ${then} is in the future (now ${present}); correct the row or the clock`,
    )
  }
  if (instant.getTime() < OLDEST - offsetAt(OLDEST, timeZone)) {
    return bad(
      `${what} ${dayOf(instant, timeZone)} 早于 1990 年，多半是没有填过；请改正这一行`,
      `${what} ${dayOf(instant, timeZone)} is before 1990, which usually means it was never filled in; correct the row`,
    )
  }
  return good(instant)
}

function parseEpoch(what: string, words: string, unit: 'unix' | 'unix-ms'): Parsed<Date> {
  const written = plain(words)
  const [ofThem, name] = unit === 'unix' ? ['秒', 'seconds'] : ['毫秒', 'milliseconds']
  if (!/^-?\d{1,16}(?:\.\d+)?$/.test(written)) {
    return bad(
      `${what} ${quoted(words)} 不是 1970 年以来的${ofThem}数（dateFormat: ${unit}）`,
      `${what} ${quoted(words)} is not a number of ${name} since 1970 (dateFormat: ${unit})`,
    )
  }
  const instant = new Date(Number(written) * (unit === 'unix' ? 1000 : 1))
  // Seconds read as milliseconds land in 1970, the reverse in the year 50,000: both are named, not stored.
  if (Number.isNaN(instant.getTime()) || instant.getUTCFullYear() > 9999) {
    return bad(
      `${what} ${quoted(words)} 作为${ofThem}数太大；\`dateFormat\` 对吗？`,
      `${what} ${quoted(words)} is too large for ${name}; is \`dateFormat\` right?`,
    )
  }
  return good(instant)
}

function isoDay(wall: number): CalendarDay {
  const date = new Date(wall)
  const year = String(date.getUTCFullYear()).padStart(4, '0')
  const month = String(date.getUTCMonth() + 1).padStart(2, '0')
  return `${year}-${month}-${String(date.getUTCDate()).padStart(2, '0')}`
}
