import { DAY, HOUR } from '../clock.ts'
import { instantOf, midnightBefore } from './zone.ts'

/** When the team is at work: hours of certain days of the week in its time zone, holidays taken out. */
export interface WorkingTime {
  readonly timeZone: string
  /** Days of the week, 0 is Sunday. Never empty. */
  readonly days: ReadonlySet<number>
  /** Hours of the day, e.g. 9 and 18; `from` is before `to`. */
  readonly from: number
  readonly to: number
  /** Dates as `2026-10-01`. */
  readonly holidays: ReadonlySet<string>
}

/** A working day's opening and closing, as instants. */
interface Shift {
  readonly opens: number
  readonly closes: number
}

/** More holidays in a row than any calendar has. */
const LONGEST_BREAK = 400

/** The first working moment from `at` on: `at` itself while the team is at work. */
export function nextOpening(at: Date, time: WorkingTime): Date {
  const now = at.getTime()
  for (const shift of shifts(now, 1, time)) {
    if (shift.closes > now) return new Date(Math.max(shift.opens, now))
  }
  return at
}

/** The moment at which so many milliseconds of working time have passed since `at`, or before it when negative. */
export function shiftWorking(at: Date, milliseconds: number, time: WorkingTime): Date {
  const step = milliseconds < 0 ? -1 : 1
  let left = Math.abs(milliseconds)
  const start = at.getTime()
  for (const { opens, closes } of shifts(start, step, time)) {
    const [from, to] = step > 0 ? [Math.max(opens, start), closes] : [opens, Math.min(closes, start)]
    const room = Math.max(0, to - from)
    if (room >= left) return new Date(step > 0 ? from + left : to - left)
    left -= room
  }
  return new Date(start + milliseconds)
}

/** Whether the team works on the day that it is for them. */
export function isWorkingDay(at: Date, time: WorkingTime): boolean {
  return !isFree(new Date(midnightBefore(at.getTime(), time.timeZone)), time)
}

function isFree(day: Date, { days, holidays }: WorkingTime): boolean {
  return !days.has(day.getUTCDay()) || holidays.has(day.toISOString().slice(0, 10))
}

/** Working days from the one of `instant` on, forwards or backwards. */
function* shifts(instant: number, step: 1 | -1, time: WorkingTime): Generator<Shift> {
  const today = midnightBefore(instant, time.timeZone)
  for (let wall = today, idle = 0; idle < LONGEST_BREAK; wall += step * DAY) {
    const date = new Date(wall)
    idle += 1
    if (isFree(date, time)) continue
    idle = 0
    yield {
      opens: instantOf(wall + time.from * HOUR, time.timeZone),
      closes: instantOf(wall + time.to * HOUR, time.timeZone),
    }
  }
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** `mon-fri`, `mon,wed,sat`, `sun-thu`: days of the week, 0 is Sunday; null when it says something else. */
export function weekdaysIn(words: string): Set<number> | null {
  const days = new Set<number>()
  for (const part of words
    .toLowerCase()
    .replace(/\s*-\s*/g, '-')
    .split(/[\s,，、]+/)
    .filter(Boolean)) {
    const [first, last = first, ...more] = part.split('-').map((day) => WEEKDAYS.indexOf(day))
    if (first === undefined || first < 0 || last === undefined || last < 0 || more.length > 0) return null
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day)
      if (day === last) break
    }
  }
  return days.size === 0 ? null : days
}

/** True for a date that exists, written `2026-10-01`. */
export function isDate(words: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(words)) return false
  const at = Date.parse(`${words}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(words)
}
