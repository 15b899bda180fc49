import { DAY } from '../clock.ts'
import { type FeatureList, featureList } from '../features/feature-list.ts'
import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
import { newestEvent } from './behind.ts'
import { evidenceOf, fires, isStrong, type Move, moveOf } from './drop.ts'
import { type Rhythm, rhythmOf } from './rhythm.ts'
import type { Evidence, Reading, Signal } from './signal.ts'
import { sinceWhen } from './since.ts'

/** A silence says something from the third beat on, of someone with a beat; longer than any they came back from. */
const BEATS = { least: 4, fires: 2.5, strong: 4, overLongest: 1.2, strongOverLongest: 1.5 }

/**
 * Behaviour that fell: the profile's watched measures against the time before, and the silence since the last visit
 * against the customer's own rhythm. Null when none of them can be measured. `timeZone` is the company's.
 */
export function changeSignal(profile: Profile, timeZone = 'UTC'): Signal {
  const list = featureList(profile, timeZone)
  return { name: 'change', read: (history) => read(history, profile, list) }
}

function read(history: History, profile: Profile, list: FeatureList): Reading | null {
  const get = (name: string) => history.feature(name)
  const moves = profile.change.flatMap((watched) => moveOf(watched, get, profile) ?? [])
  const rhythm = rhythmOf(history, profile)
  if (moves.length === 0 && rhythm === null) return null
  const intervals = intervalsMissed(get, list)
  const falls = moves.filter((move) => fires(move, profile, intervals)).sort((a, b) => b.drop - a.drop)
  const missed = rhythm !== null && isMissed(rhythm) ? rhythm : null
  const kinds = [
    ...new Set([...falls.map(({ watched }) => watched.basis), ...(missed ? [profile.rhythm.kind] : [])]),
  ]
  const fired = falls.length > 0 || missed !== null
  return {
    signal: 'change',
    fired,
    strong: falls.some((move) => isStrong(move, profile, intervals)) || (missed !== null && isLost(missed)),
    strength: Math.max(0, ...moves.map(severity), rhythm === null ? 0 : silence(rhythm)),
    // Dating a fall costs several passes of the kernel: done when someone asks.
    get at() {
      return fired ? datedAt(history, profile, list, falls, missed) : newestEvent(history, basesOf(profile))
    },
    basis: kinds,
    evidence: [...falls.map(evidenceOf), ...(missed ? [rhythmEvidence(missed, profile)] : [])],
  }
}

/** The profile's own measure of silence; NaN where the profile has none or it is unknown. */
function intervalsMissed(get: (name: string) => number, list: FeatureList): number {
  return list.index.has('missed_beats') ? get('missed_beats') : Number.NaN
}

function basesOf(profile: Profile): string[] {
  return [profile.rhythm.kind, ...profile.change.map(({ basis }) => basis)]
}

function severity({ watched, before, drop }: Move): number {
  if (drop <= 0) return 0
  return Math.min(1, drop) * (before >= watched.least ? 0.8 : 0.3)
}

/** 0 within the usual interval, rising towards 0.9 with every missed beat; a beat needs a few visits to be one. */
function silence({ missed, days }: Rhythm): number {
  const sure = Math.min(1, days / BEATS.least)
  return 0.9 * sure * (1 - 2 ** -Math.max(0, missed - 1))
}

function isMissed({ missed, quietDays, longestDays, days }: Rhythm): boolean {
  return days >= BEATS.least && missed >= BEATS.fires && quietDays >= BEATS.overLongest * longestDays
}

function isLost(rhythm: Rhythm): boolean {
  return rhythm.missed >= BEATS.strong && rhythm.quietDays >= BEATS.strongOverLongest * rhythm.longestDays
}

/** The newest of the falls: each is as old as the moment since when it holds. */
function datedAt(
  history: History,
  profile: Profile,
  list: FeatureList,
  falls: readonly Move[],
  missed: Rhythm | null,
): number {
  const dates = falls.map(({ watched }) =>
    sinceWhen(history, list, (get) => {
      const move = moveOf(watched, get, profile)
      return move !== null && fires(move, profile, intervalsMissed(get, list))
    }),
  )
  const silenceAt = missed === null ? [] : [silentSince(missed)]
  return Math.max(...dates, ...silenceAt)
}

function silentSince({ lastAt, usualDays, longestDays }: Rhythm): number {
  return lastAt + Math.max(BEATS.fires * usualDays, BEATS.overLongest * longestDays) * DAY
}

function rhythmEvidence(rhythm: Rhythm, profile: Profile): Evidence {
  return {
    kind: 'rhythm',
    event: profile.rhythm.kind,
    label: profile.rhythm.label,
    usualDays: rhythm.usualDays,
    quietDays: rhythm.quietDays,
  }
}
