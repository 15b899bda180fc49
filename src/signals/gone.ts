import { DAY } from '../clock.ts'
import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
import { newestEvent } from './behind.ts'

/**
 * True when the customer has already left as the profile defines it: cancelled and not come back since, or no activity
 * over the limit. Someone who was never active has not left: there is nothing to judge by.
 */
export function isGone(history: History, profile: Profile): boolean {
  return goneSince(history, profile) !== null
}

/** How a customer left: by saying so, or by staying away over the limit, which is a guess. */
export type Gone = 'cancelled' | 'stayed-away'

/** How they left; null: they are still here. */
export function howGone(history: History, profile: Profile): Gone | null {
  if (cancelledAt(history, profile) > 0) return 'cancelled'
  return goneSince(history, profile) === null ? null : 'stayed-away'
}

/** The instant they left: of the cancellation, or when the limit had passed; null: they are still here. */
export function goneSince(history: History, profile: Profile): number | null {
  const { kinds, inactiveDays } = profile.churn
  const cancelled = cancelledAt(history, profile)
  if (cancelled > 0) return cancelled
  const lastActive = newestEvent(history, kinds)
  const limit = lastActive + inactiveDays * DAY
  return lastActive > 0 && history.asOf >= limit ? limit : null
}

/** The newest cancellation that no activity followed, or 0 when there is none. */
function cancelledAt(history: History, { churn: { kinds, cancelled } }: Profile): number {
  if (cancelled === undefined) return 0
  const at = newestEvent(history, [cancelled])
  return at >= newestEvent(history, kinds) ? at : 0
}

/** Days since the customer was last active, by what the profile counts as activity; NaN: never was. */
export function silentDays(history: History, { churn }: Profile): number {
  const lastActive = newestEvent(history, churn.kinds)
  return lastActive > 0 ? (history.asOf - lastActive) / DAY : Number.NaN
}
