import type { Profile } from './profile.ts'

/** How many usual intervals the profile's value weighs against the customer's own. */
export const PRIOR = 2

/** Measures of a profile that are drawn towards the usual interval. */
const DRAWN: readonly string[] = ['usual_gap_days', 'missed_beats']

/**
 * True when the customer's own intervals weigh as much as the profile's usual one, so that theirs may be told: one visit has
 * no interval at all, and two make no rhythm yet. `days`: with an event so far.
 */
export function isOwnRhythm(days: number): boolean {
  return days - 1 >= PRIOR
}

/** True for a measure that says more about everybody than about a customer who came on so few days. */
export function isEverybodys(feature: string, days: number): boolean {
  return DRAWN.includes(feature) && !isOwnRhythm(days)
}

/** The profile's own count of the days with an event of its rhythm; null: it has none. */
export function rhythmDays({ aggregates, rhythm }: Profile): string | null {
  const counts = aggregates.find(
    ({ fn, kind, from, to }) =>
      fn === 'days' && kind === rhythm.kind && from === undefined && to === undefined,
  )
  return counts?.name ?? null
}
