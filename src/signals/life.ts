import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'

/** Times the customer was active (the profile's churn kinds and rhythm) after an instant. */
export function signsOfLife(history: History, profile: Profile, since: number): number {
  const kinds = new Set([...profile.churn.kinds, profile.rhythm.kind])
  let count = 0
  for (const kind of kinds) count += history.events(kind).at.filter((at) => at > since).length
  return count
}
