import type { Alert } from '../alerts/alert.ts'
import { DAY } from '../clock.ts'

/** What a case asks for today, the most pressing first. */
export const MORNING = ['late', 'today', 'fresh', 'back', 'watch'] as const
export type MorningPart = (typeof MORNING)[number]

/** A watch that ends within so long is looked at. */
const ENDS_SOON = 2 * DAY

/**
 * The part of the morning's list a case belongs to: a deadline that ran out, one that runs out today, one nobody has taken yet,
 * one that wakes today, a watch that cools or ends soon; null: nothing to do today. `endOfDay` is that of its reader.
 */
export function morningPart(
  alert: Pick<Alert, 'state' | 'due' | 'snoozedUntil' | 'watchUntil' | 'course'>,
  now: Date,
  endOfDay: Date,
): MorningPart | null {
  const { state, due, snoozedUntil, watchUntil, course } = alert
  if (state === 'watch') {
    const endsSoon = watchUntil !== null && watchUntil.getTime() - now.getTime() <= ENDS_SOON
    return course === 'cooling' || endsSoon ? 'watch' : null
  }
  if (state === 'snoozed') return snoozedUntil !== null && snoozedUntil <= endOfDay ? 'back' : null
  if (due.some(({ at }) => at <= now)) return 'late'
  if (due[0] !== undefined && due[0].at <= endOfDay) return 'today'
  return state === 'open' ? 'fresh' : null
}
