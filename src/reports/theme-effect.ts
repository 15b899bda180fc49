import { DAY } from '../clock.ts'
import { type Change, changeBetween, type Estimate, knownShare } from './interval.ts'

/** Something customers complain of, given to somebody to mend; people see it as T-7. */
export interface Theme {
  readonly no: number
  readonly topic: string
  /** As it was typed; null: only a person was named. */
  readonly department: string | null
  /** Person id. */
  readonly owner: string | null
  /** `2026-12-01` in the team's time zone. */
  readonly due: string | null
  readonly by: string
  readonly createdAt: Date
  readonly doneAt: Date | null
  readonly doneBy: string | null
  /** What was mended, in the words of who mended it. */
  readonly fixed: string | null
}

/** The name under which what becomes of a theme stands in the sealed record. */
export function themeRecord(no: number): string {
  return `theme T-${no}`
}

/** Voices that were read in some weeks, those about the topic, and those that spoke badly of it. */
export interface TopicCount {
  readonly read: number
  readonly about: number
  readonly negative: number
}

/** How a topic was spoken of before something was mended and after. */
export interface ThemeEffect {
  /** Whole weeks looked at on each side. */
  readonly weeks: number
  readonly before: TopicCount
  readonly after: TopicCount
  /** Voices that speak badly of it, of all voices. */
  readonly complaints: Moved
  /** Of the voices about it, those that speak badly. */
  readonly bad: Moved
}

export interface Moved {
  readonly before: Estimate | null
  readonly after: Estimate | null
  /** Null while either side is too small. */
  readonly change: Change | null
}

const MOST_WEEKS = 8
const WEEK = 7 * DAY

/** The weeks to compare: as many after as have passed, at most eight, and as many before. Null in the first week. */
export function effectSpan(
  doneAt: Date,
  now: Date,
): { readonly weeks: number; readonly from: Date; readonly to: Date } | null {
  const weeks = Math.min(MOST_WEEKS, Math.floor((+now - +doneAt) / WEEK))
  if (weeks < 1) return null
  return { weeks, from: new Date(+doneAt - weeks * WEEK), to: new Date(+doneAt + weeks * WEEK) }
}

export function themeEffect(weeks: number, before: TopicCount, after: TopicCount): ThemeEffect {
  return {
    weeks,
    before,
    after,
    complaints: moved(before.negative, before.read, after.negative, after.read),
    bad: moved(before.negative, before.about, after.negative, after.about),
  }
}

function moved(count: number, of: number, countAfter: number, ofAfter: number): Moved {
  const before = knownShare(count, of)
  const after = knownShare(countAfter, ofAfter)
  return {
    before,
    after,
    change: before === null || after === null ? null : changeBetween(after, before),
  }
}
