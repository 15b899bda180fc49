import { instantOf, offsetAt } from '../records/zone.ts'
import type { History } from '../timeline/history.ts'
import { firstFrom, VOICE } from './columns.ts'

/** Series of one customer's last months, for the small pictures on cards. */

export interface MonthCount {
  /** The month's first instant in the team's time zone, milliseconds. */
  readonly at: number
  readonly count: number
}

export interface MoodPoint {
  readonly at: number
  /** On the scale of ratings, 0-10. */
  readonly mood: number
}

/** Events (ascending instants) in each of the last calendar months, the unfinished one of `asOf` last. */
export function monthlyCounts(at: Float64Array, asOf: number, timeZone: string, months = 12): MonthCount[] {
  const starts = monthStarts(asOf, timeZone, months)
  return starts.map((start, month) => {
    const end = starts[month + 1] ?? asOf
    const first = firstFrom(at, 0, at.length, start)
    return { at: start, count: firstFrom(at, first, at.length, end) - first }
  })
}

/** The mood of everything said from `since` on, oldest first: what the words tell, else the rating. */
export function moodsSince(history: Pick<History, 'events'>, since: number): MoodPoint[] {
  const voices = history.events(VOICE)
  const [sentiments, ratings] = [voices.measure('sentiment'), voices.measure('rating')]
  const points: MoodPoint[] = []
  for (let index = firstFrom(voices.at, 0, voices.at.length, since); index < voices.at.length; index += 1) {
    const sentiment = sentiments?.[index] ?? Number.NaN
    const mood = Number.isNaN(sentiment) ? (ratings?.[index] ?? Number.NaN) : 5 + 5 * sentiment
    if (!Number.isNaN(mood)) points.push({ at: voices.at[index]!, mood: Math.min(10, Math.max(0, mood)) })
  }
  return points
}

function monthStarts(asOf: number, timeZone: string, months: number): number[] {
  const wall = new Date(asOf + offsetAt(asOf, timeZone))
  return Array.from({ length: months }, (_, index) =>
    instantOf(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() - (months - 1 - index), 1), timeZone),
  )
}
