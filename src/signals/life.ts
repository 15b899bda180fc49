import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
import type { MoodOf } from '../voice/mood.ts'

/**
 * Times the customer showed after an instant that they are with us: active (the profile's churn kinds and rhythm), or content in
 * what they wrote. A quarterly visitor who thanks for the repair has come back as far as anybody can by day 15.
 */
export function signsOfLife(history: History, profile: Profile, since: number, moodOf: MoodOf): number {
  const kinds = new Set([...profile.churn.kinds, profile.rhythm.kind])
  let count = 0
  for (const kind of kinds) count += history.events(kind).at.filter((at) => at > since).length
  return count + history.voices.filter((voice) => voice.at > since && (moodOf(voice)?.score ?? 0) > 0).length
}
