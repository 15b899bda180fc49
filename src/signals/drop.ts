import type { Watched } from '../features/feature.ts'
import type { Profile } from '../features/profile.ts'
import { DatedChange } from './dated.ts'
import type { Evidence } from './signal.ts'

/** How a watched measure moved. `drop` is the relative fall: 1 is all of it, negative is a rise. */
export interface Move {
  readonly watched: Watched
  readonly before: number
  readonly after: number
  readonly drop: number
  readonly how: 'down' | 'up' | 'to-nothing' | 'from-nothing'
}

/** Measures whose zero means "nothing happened", unlike a mean or a rating of 0. */
const AMOUNTS: ReadonlySet<string> = new Set(['count', 'sum', 'days'])

/**
 * Compares now with before. Null when either is unknown, nothing moved from nothing, or there was no habit to fall from. A zero before is the named
 * case "from-nothing", never a division.
 */
export function moveOf(watched: Watched, get: (feature: string) => number, profile: Profile): Move | null {
  const after = get(watched.now)
  const before = get(watched.before)
  if (Number.isNaN(after) || Number.isNaN(before)) return null
  const { needs } = watched
  if (needs !== undefined && !(get(needs.feature) >= needs.least)) return null
  if (before <= 0) return after > 0 ? { watched, before, after, drop: -1, how: 'from-nothing' } : null
  const drop = (before - after) / before
  const gone = after === 0 && amountsOf(profile).has(watched.now)
  return { watched, before, after, drop, how: gone ? 'to-nothing' : drop > 0 ? 'down' : 'up' }
}

const amounts = new WeakMap<Profile, ReadonlySet<string>>()

/** Names of a profile's amounts: dating a fall asks for them over and over. */
function amountsOf(profile: Profile): ReadonlySet<string> {
  let known = amounts.get(profile)
  if (known === undefined) {
    known = new Set(profile.aggregates.filter(({ fn }) => AMOUNTS.has(fn)).map(({ name }) => name))
    amounts.set(profile, known)
  }
  return known
}

/**
 * Usual intervals of silence that confirm a fall in what rests on the visits, and a strong one; a strong one must also
 * be longer than the longest silence they came back from: whoever pauses every winter has not left.
 */
const CONFIRMS = { fall: 1, strong: 1.25, overLongest: 1.2 }

/** The silence since the last event of the profile's rhythm. NaN where it is not known. */
export interface Quiet {
  /** In usual intervals. */
  readonly missed: number
  /** As a share of the longest one the customer came back from; every event is looked at for it. */
  overLongest(): number
}

/**
 * True when the drop is one the profile warns of: big enough, from a "before" that means something. Fewer visits in a
 * window, or cheaper ones, are no fall while the customer keeps their own rhythm (every 60 days is two visits in one
 * quarter and one in the next, and a wash follows the big service).
 */
export function fires(
  { watched, before, drop }: Move,
  profile: Profile,
  { missed }: Pick<Quiet, 'missed'>,
): boolean {
  if (before < watched.least || drop < watched.fires) return false
  return !(
    watched.basis === profile.rhythm.kind &&
    amountsOf(profile).has(watched.now) &&
    missed < CONFIRMS.fall
  )
}

export function isStrong(move: Move, profile: Profile, quiet: Quiet): boolean {
  if (!fires(move, profile, quiet) || move.drop < move.watched.strong) return false
  if (move.watched.basis !== profile.rhythm.kind) return true
  return !(quiet.missed < CONFIRMS.strong || quiet.overLongest() < CONFIRMS.overLongest)
}

/** `at`: since when it holds, worked out when someone asks. */
export function evidenceOf({ watched, before, after, how }: Move, at: () => number): Evidence {
  return new DatedChange(
    { feature: watched.now, label: watched.label, before, after, how, days: watched.days },
    at,
  )
}
