import { DAY } from '../../../clock.ts'
import type { DateFormat } from '../../../records/calendar.ts'

/** Excel counts days from a beginning: 1900 with a 29 February that never was, or 1904. */

/** 9999-12-31. */
const LAST = 2_958_465

/** A date cell as the source would have written it; a number that stands for no date stays one. */
export function writtenSerial(serial: number, from1904: boolean, format: DateFormat): string {
  const sinceStart = from1904 ? serial + 1462 : serial
  if (!(sinceStart >= 0) || sinceStart > LAST) return String(serial)
  const whole = Math.round(sinceStart * DAY)
  const [days, time] = [Math.floor(whole / DAY), whole % DAY]
  const clock = new Date(time).toISOString().slice(11, time % 1000 === 0 ? 19 : 23)
  if (days === 0) return clock
  if (days === 60) return '1900-02-29'
  const date = new Date(Date.UTC(1899, 11, days > 60 ? 30 : 31) + days * DAY)
  const [year, month, day] = date.toISOString().slice(0, 10).split('-')
  const written = ORDERS[format]?.(year!, month!, day!) ?? `${year}-${month}-${day}`
  return time === 0 ? written : `${written} ${clock}`
}

type Order = (year: string, month: string, day: string) => string

const ORDERS: Readonly<Partial<Record<DateFormat, Order>>> = {
  yyyymmdd: (year, month, day) => `${year}${month}${day}`,
  'dd/mm/yyyy': (year, month, day) => `${day}/${month}/${year}`,
  'mm/dd/yyyy': (year, month, day) => `${month}/${day}/${year}`,
}

/** Formats that are built in and show a date or a time; 46 is a length of time. */
const BUILT_IN: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 45],
  [47, 47],
  [50, 58],
]

/** Whether a number format shows a date or a time of day. A length of time, such as [h]:mm, is a number. */
export function showsDate(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN.some(([from, to]) => id >= from && id <= to)
  const bare = code
    .split(';', 1)[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return !/\[[hms]+\]/i.test(bare) && !/general/i.test(bare) && /[ydhs]|m/i.test(bare)
}
