import { DAY } from '../clock.ts'
import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
import { newestEvent } from './behind.ts'

/**
 * True when the customer has already left as the profile defines it: cancelled and not come back since, or no activity
 * over the limit. Someone who was never active has not left: there is nothing to judge by.
 */
export function isGone(history: History, profile: Profile): boolean {
  return departureOf(history, profile) !== null
}

/** How a customer left: by saying so, or by staying away over the limit, which is a guess. */
export type Gone = 'cancelled' | 'stayed-away'

/** How they left; null: they are still here. */
export function howGone(history: History, profile: Profile): Gone | null {
  return departureOf(history, profile)?.how ?? null
}

/** The instant they left: of the cancellation, or when the limit had passed; null: they are still here. */
export function goneSince(history: History, profile: Profile): number | null {
  return departureOf(history, profile)?.at ?? null
}

/** A cancellation that no activity followed, else the limit that has passed since the last activity. */
export function departureOf(
  history: History,
  { churn }: Profile,
): { readonly how: Gone; readonly at: number } | null {
  const { kinds, inactiveDays, cancelled } = churn
  const lastActive = newestEvent(history, kinds)
  const cancelledAt = cancelled === undefined ? 0 : newestEvent(history, [cancelled])
  if (cancelledAt > 0 && cancelledAt >= lastActive) return { how: 'cancelled', at: cancelledAt }
  const limit = lastActive + inactiveDays * DAY
  return lastActive > 0 && history.asOf >= limit ? { how: 'stayed-away', at: limit } : null
}

/** Days since the customer was last active, by what the profile counts as activity; NaN: never was. */
export function silentDays(history: History, { churn }: Profile): number {
  const lastActive = newestEvent(history, churn.kinds)
  return lastActive > 0 ? (history.asOf - lastActive) / DAY : Number.NaN
}
