import { DAY, HOUR } from '../clock.ts'
import type { CalendarDay } from '../records/record.ts'

/** Days of the demo are counted from the first day of its history. */
export type DayNumber = number

export const DEMO_TIME_ZONE = 'Asia/Shanghai'
/** Where the demo's virtual clock starts: the morning scoring run of 1 June 2026. */
export const DEMO_START = new Date('2026-06-01T06:00:00+08:00')
/** First day of the 36 months of history. */
export const HISTORY_START: CalendarDay = '2023-06-01'

// China has had one zone without summer time since 1991, so local midnight is plain arithmetic.
const OFFSET = 8 * HOUR
const ORIGIN = Date.UTC(2023, 5, 1)

/** The first day after history, 2026-06-01. */
export const OPENING: DayNumber = dayNumber('2026-06-01')

export function dayNumber(day: CalendarDay): DayNumber {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - ORIGIN) / DAY)
}

export function dayOf(number: DayNumber): CalendarDay {
  return new Date(ORIGIN + Math.floor(number) * DAY).toISOString().slice(0, 10)
}

let compact: readonly [DayNumber, string] = [-1, '']

/** `260530`, as row ids write a day. */
export function compactDay(number: DayNumber): string {
  if (compact[0] !== number) compact = [number, dayOf(number).slice(2).replaceAll('-', '')]
  return compact[1]
}

/** The local calendar day of an instant. */
export function dayAt(instant: Date): CalendarDay {
  return new Date(instant.getTime() + OFFSET).toISOString().slice(0, 10)
}

/** The local hour of an instant, 0-23. */
export function hourAt(instant: Date): number {
  return Math.floor(((instant.getTime() + OFFSET) % DAY) / HOUR)
}

/** Milliseconds of local midnight plus a number of minutes. */
export function instantOf(number: DayNumber, minutes: number): number {
  return ORIGIN - OFFSET + number * DAY + Math.floor(minutes * 60) * 1000
}

/** `2026-05-30 14:22:05`, as a shop's own software prints local time. */
export function localTime(at: number): string {
  return new Date(at + OFFSET).toISOString().slice(0, 19).replace('T', ' ')
}

/** `2026-05-30T14:22:05+08:00` */
export function zonedTime(at: number): string {
  return `${new Date(at + OFFSET).toISOString().slice(0, 19)}+08:00`
}

/** 0 is Sunday. */
export function weekday(number: DayNumber): number {
  return (((number + 4) % 7) + 7) % 7
}

export function isWeekend(number: DayNumber): boolean {
  const day = weekday(number)
  return day === 0 || day === 6
}

// First day of the lunar year; the stores close for four days from its eve.
const NEW_YEARS = ['2024-02-10', '2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26'].map(dayNumber)

/** The first day on or after this one on which the stores are open. */
export function openDay(number: DayNumber): DayNumber {
  const holiday = NEW_YEARS.find((first) => number >= first - 1 && number <= first + 2)
  return holiday === undefined ? number : holiday + 3
}
