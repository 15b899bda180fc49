import { DAY } from '../clock.ts'

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()

/** Zones change their offset on quarters of an hour, and not twice within a day. */
const QUARTER = 900_000
const REMEMBERED = 20_000

/** Milliseconds to add to UTC to get the zone's wall clock at this instant. */
export function offsetAt(instant: number, timeZone: string): number {
  const day = Math.floor(instant / DAY)
  const offset = offsetFrom(day * DAY, timeZone)
  // Asking the runtime is dear. Where a day ends as it began, nothing more is asked of all that lies in it.
  if (offsetFrom((day + 1) * DAY, timeZone) === offset) return offset
  return offsetFrom(Math.floor(instant / QUARTER) * QUARTER, timeZone)
}

function offsetFrom(start: number, timeZone: string): number {
  let known = offsets.get(timeZone)
  if (known === undefined) {
    known = new Map()
    offsets.set(timeZone, known)
  }
  let offset = known.get(start)
  if (offset === undefined) {
    offset = wallClock(start, timeZone) - start
    if (known.size >= REMEMBERED) known.clear()
    known.set(start, offset)
  }
  return offset
}

/**
 * The instant at which the zone's clocks show this wall time (given as if it were UTC). A time that occurs twice
 * in autumn is the first of the two; one that a spring change skips is moved on by what was skipped.
 */
export function instantOf(wall: number, timeZone: string): number {
  const before = offsetAt(wall - DAY, timeZone)
  const after = offsetAt(wall + DAY, timeZone)
  const early = Math.max(before, after)
  const late = Math.min(before, after)
  if (offsetAt(wall - early, timeZone) === early) return wall - early
  if (offsetAt(wall - late, timeZone) === late) return wall - late
  return wall - before
}

/** The midnight that began the zone's day at this instant, on its wall clock (as if it were UTC). */
export function midnightBefore(instant: number, timeZone: string): number {
  return Math.floor((instant + offsetAt(instant, timeZone)) / DAY) * DAY
}

/** Whether the runtime knows this IANA zone name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function wallClock(instant: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  const part: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(instant)) part[type] = value
  const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year'])
  const wall = new Date(0)
  wall.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']))
  wall.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']))
  return wall.getTime()
}
