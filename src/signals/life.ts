import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
import type { MoodOf } from '../voice/mood.ts'
import { newestEvent } from './behind.ts'

/** From this mood on somebody is unhappy; what is a little below the middle is no turn. */
const SOUR = -0.25

/** What a customer showed after an instant; instants in milliseconds, null: never. */
export interface Shown {
  /**
   * When they last showed that they are with us: active (the profile's churn kinds and rhythm), or content in what they wrote. A
   * quarterly visitor who thanks for the repair has come back as far as anybody can by day 15.
   */
  readonly lastSign: number | null
  /** When they last wrote in a bad mood. */
  readonly lastSour: number | null
}

export function shownSince(history: History, profile: Profile, since: number, moodOf: MoodOf): Shown {
  const kinds = new Set([...profile.churn.kinds, profile.rhythm.kind])
  const voices = history.voices
    .filter(({ at }) => at > since)
    .map((voice) => ({ at: voice.at, mood: moodOf(voice)?.score ?? 0 }))
  const newest = (instants: readonly number[]): number | null => {
    const last = Math.max(since, ...instants)
    return last > since ? last : null
  }
  const content = voices.filter(({ mood }) => mood > 0).map(({ at }) => at)
  return {
    lastSign: newest([newestEvent(history, [...kinds]), ...content]),
    lastSour: newest(voices.filter(({ mood }) => mood <= SOUR).map(({ at }) => at)),
  }
}
