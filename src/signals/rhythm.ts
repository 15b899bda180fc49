import { DAY } from '../clock.ts'
import { firstFrom } from '../features/columns.ts'
import { PRIOR } from '../features/own-rhythm.ts'
import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'

/** A customer's own beat, and how far the present silence goes beyond it. */
export interface Rhythm {
  /** Days between two events as the customer keeps them, drawn towards the usual interval when there are few. */
  readonly usualDays: number
  /** Days since the last event. */
  readonly quietDays: number
  /** quietDays in usual intervals. */
  readonly missed: number
  /** The longest silence the customer ever came back from, in days. */
  readonly longestDays: number
  /** Days with an event. */
  readonly days: number
  /** Instant of the last event, milliseconds. */
  readonly lastAt: number
}

/**
 * Reads the rhythm of the profile's rhythm kind. Null when the customer has never shown it. Where the profile has the
 * feature `missed_beats`, that is the definition; else the interval is shrunken here in the same way.
 */
export function rhythmOf(history: History, profile: Profile): Rhythm | null {
  const { at } = history.events(profile.rhythm.kind)
  if (at.length === 0) return null
  const beats = dayBeats(at)
  const lastAt = at[at.length - 1]!
  const quietDays = (history.asOf - lastAt) / DAY
  const span = (lastAt - at[0]!) / DAY
  const own = (span + PRIOR * profile.rhythm.usualDays) / (beats.days - 1 + PRIOR)
  const missed = missedBeats(history, profile) ?? quietDays / own
  const usualDays = missed > 0 ? quietDays / missed : own
  return { usualDays, quietDays, missed, longestDays: beats.longest, days: beats.days, lastAt }
}

/** False when `rhythmOf` is sure to tell of fewer missed beats than these: told without looking at every event. */
export function mayHaveMissed(history: History, profile: Profile, beats: number): boolean {
  const { kind, usualDays } = profile.rhythm
  const count = history.count(kind)
  if (count === 0) return false
  const known = missedBeats(history, profile)
  if (known !== null) return known >= beats
  const last = history.last(kind)
  const quietDays = (history.asOf - last) / DAY
  const span = (last - history.first(kind)) / DAY
  // No more days than events: the shortest interval there can be.
  return quietDays / ((span + PRIOR * usualDays) / (count - 1 + PRIOR)) >= beats
}

function missedBeats(history: History, profile: Profile): number | null {
  if (!finalised(profile).has('missed_beats')) return null
  const missed = history.feature('missed_beats')
  return Number.isFinite(missed) ? missed : null
}

const finalisers = new WeakMap<Profile, ReadonlySet<string>>()

function finalised(profile: Profile): ReadonlySet<string> {
  let names = finalisers.get(profile)
  if (names === undefined) {
    names = new Set(profile.finalisers.map(({ name }) => name))
    finalisers.set(profile, names)
  }
  return names
}

/** The silence up to an instant, as a share of the longest the customer ever came back from; NaN where there is none. */
export function overLongest(at: Float64Array, instant: number): number {
  const past = at.subarray(0, firstFrom(at, 0, at.length, instant))
  const { longest } = dayBeats(past)
  return longest > 0 ? (instant - past[past.length - 1]!) / DAY / longest : Number.NaN
}

/** Several events within a day of the first of them are one beat: whoever comes every few hours, day after day, has many. */
function dayBeats(at: Float64Array): { days: number; longest: number } {
  let days = 0
  let longest = 0
  let begun = Number.NEGATIVE_INFINITY
  for (let index = 0; index < at.length; index += 1) {
    const instant = at[index]!
    if (index > 0) longest = Math.max(longest, (instant - at[index - 1]!) / DAY)
    if (instant - begun < DAY) continue
    days += 1
    begun = instant
  }
  return { days, longest }
}
