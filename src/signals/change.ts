import { DAY } from '../clock.ts'
import { VOICE } from '../features/columns.ts'
import type { Watched } from '../features/feature.ts'
import type { FeatureList } from '../features/feature-list.ts'
import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
import { addOnce } from './add-once.ts'
import { listBehind, newestEvent } from './behind.ts'
import { DatedReading } from './dated.ts'
import { evidenceOf, fires, isStrong, type Move, moveOf, type Quiet } from './drop.ts'
import { once } from './once.ts'
import { mayHaveMissed, overLongest, type Rhythm, rhythmOf } from './rhythm.ts'
import { type Evidence, type IsMuted, nothingMuted, type Reading, type Signal } from './signal.ts'
import { type Get, sinceWhen } from './since.ts'

/** A silence says something from the third beat on, of someone with a beat; longer than any they came back from. */
const BEATS = { least: 4, fires: 2.5, strong: 4, overLongest: 1.2, strongOverLongest: 1.5 }

/**
 * Behaviour that fell: the profile's watched measures against the time before, and the silence since the last visit
 * against the customer's own rhythm. Null when none of them can be measured. `timeZone` is the company's. Falls of what
 * comes through an `unhealthy` feed are held back.
 */
export function changeSignal(
  profile: Profile,
  timeZone = 'UTC',
  unhealthy: ReadonlySet<string> = new Set(),
): Signal {
  const lists = new Map(profile.change.map((watched) => [watched, listOf(watched, profile, timeZone)]))
  return {
    name: 'change',
    isCalm: (history) => isSteady(history, profile),
    read: (history, isMuted = nothingMuted) => read(history, profile, lists, unhealthy, isMuted),
  }
}

function read(
  history: History,
  profile: Profile,
  lists: ReadonlyMap<Watched, FeatureList>,
  unhealthy: ReadonlySet<string>,
  isMuted: IsMuted,
): Reading | null {
  const moves = movesOf(history, profile)
  const rhythm = rhythmOf(history, profile)
  if (moves.length === 0 && rhythm === null) return null
  const falls: Fall[] = []
  const [muted, broken, basis, evidence] = [
    [] as Evidence[],
    [] as string[],
    [] as string[],
    [] as Evidence[],
  ]
  let strong = false
  // Loops throughout: most of these lists are empty, and what is made for lists is dear where there are none.
  for (const fall of fallsOf(moves, rhythm, history, profile, lists)) {
    if (unhealthy.has(fall.basis)) addOnce(broken, fall.basis)
    else if (isMuted(fall.evidence)) muted.push(fall.evidence)
    else {
      falls.push(fall)
      strong ||= fall.strong
      addOnce(basis, fall.basis)
      evidence.push(fall.evidence)
    }
  }
  const fired = falls.length > 0
  return new DatedReading(
    {
      signal: 'change',
      fired,
      strong,
      strength: strengthOf(moves, rhythm, muted),
      basis: withoutVoice(basis),
      evidence,
      muted: muted.length > 0 ? muted : undefined,
      held: !fired && broken.length > 0 ? { reason: 'feed-unhealthy', kinds: broken } : undefined,
    },
    () => (fired ? newestOf(falls) : newestEvent(history, basesOf(profile))),
  )
}

/** Ratings beside deeds are left out: what was said as well must not make a fall in visits the same as an angry sentence. */
function withoutVoice(basis: readonly string[]): readonly string[] {
  return basis.length > 1 && basis.includes(VOICE) ? basis.filter((kind) => kind !== VOICE) : basis
}

/** True when something fell, whatever confirms it. `kinds`: of what rests on these; absent: of everything. */
export function hasFallen(history: History, profile: Profile, kinds?: readonly string[]): boolean {
  const get = (name: string) => history.feature(name)
  for (const watched of profile.change) {
    if (kinds?.includes(watched.basis) === false) continue
    const move = moveOf(watched, get, profile)
    if (move !== null && fires(move, profile, UNTOLD)) return true
  }
  return false
}

/** How everything watched moved. */
function movesOf(history: History, profile: Profile): readonly Move[] {
  const get = (name: string) => history.feature(name)
  const moves: Move[] = []
  for (const watched of profile.change) {
    const move = moveOf(watched, get, profile)
    if (move !== null) moves.push(move)
  }
  return moves
}

/** What fell, the most first, and the silence where it says something. */
function fallsOf(
  moves: readonly Move[],
  rhythm: Rhythm | null,
  history: History,
  profile: Profile,
  lists: ReadonlyMap<Watched, FeatureList>,
): readonly Fall[] {
  const { missed } = missedAt(profile, (name) => history.feature(name))
  const fell: Move[] = []
  for (const move of moves) if (fires(move, profile, { missed })) fell.push(move)
  if (fell.length > 1) fell.sort((a, b) => b.drop - a.drop)
  const quiet: Quiet = {
    missed,
    overLongest: once(() => overLongest(history.events(profile.rhythm.kind).at, history.asOf)),
  }
  const falls: Fall[] = []
  for (const move of fell) {
    falls.push(fallOf(move, history, profile, lists.get(move.watched)!, isStrong(move, profile, quiet)))
  }
  if (rhythm !== null && isMissed(rhythm)) falls.push(missOf(rhythm, profile))
  return falls
}

function newestOf(falls: readonly Fall[]): number {
  let newest = Number.NEGATIVE_INFINITY
  for (const fall of falls) newest = Math.max(newest, fall.at())
  return newest
}

/** True when nothing watched fell enough, however quiet it is, and no three beats can have been missed. */
function isSteady(history: History, profile: Profile): boolean {
  if (mayHaveMissed(history, profile, BEATS.fires)) return false
  return !hasFallen(history, profile)
}

/** A silence that is not known confirms every fall. */
const UNTOLD: Pick<Quiet, 'missed'> = { missed: Number.NaN }

/** What a fall is judged by, and no more: dating one asks for it over and over. */
function listOf({ now, before, needs }: Watched, profile: Profile, timeZone: string): FeatureList {
  const beats = hasBeats(profile) ? ['missed_beats'] : []
  return listBehind(
    profile,
    [now, before, ...(needs === undefined ? [] : [needs.feature]), ...beats],
    timeZone,
  )
}

function hasBeats({ aggregates, finalisers }: Profile): boolean {
  return [finalisers, aggregates].some((own) => own.some(({ name }) => name === 'missed_beats'))
}

/** Something that fell, with its date once someone asks. */
interface Fall {
  readonly basis: string
  readonly strong: boolean
  readonly evidence: Evidence
  at(): number
}

function fallOf(move: Move, history: History, profile: Profile, list: FeatureList, strong: boolean): Fall {
  const { watched } = move
  const at = once(() =>
    sinceWhen(history, list, (get) => {
      const then = moveOf(watched, get, profile)
      return then !== null && fires(then, profile, missedAt(profile, get))
    }),
  )
  return { basis: watched.basis, strong, evidence: evidenceOf(move, at), at }
}

function missOf(rhythm: Rhythm, profile: Profile): Fall {
  const at = silentSince(rhythm)
  const evidence = rhythmEvidence(rhythm, profile, at)
  return { basis: profile.rhythm.kind, strong: isLost(rhythm), evidence, at: () => at }
}

/** The silence at the instant that is asked about, by the profile's own measure of intervals where it has one. */
function missedAt(profile: Profile, get: Get): Pick<Quiet, 'missed'> {
  return { missed: hasBeats(profile) ? get('missed_beats') : Number.NaN }
}

function basesOf(profile: Profile): string[] {
  return [profile.rhythm.kind, ...profile.change.map(({ basis }) => basis)]
}

/** The worst of what moved, apart from what someone has judged to be no risk. */
function strengthOf(moves: readonly Move[], rhythm: Rhythm | null, muted: readonly Evidence[]): number {
  let worst = 0
  for (const move of moves) if (!isMutedMove(move, muted)) worst = Math.max(worst, severity(move))
  if (rhythm === null || isMutedSilence(muted)) return worst
  return Math.max(worst, silence(rhythm))
}

function isMutedMove({ watched }: Move, muted: readonly Evidence[]): boolean {
  for (const piece of muted) if (piece.kind === 'change' && piece.feature === watched.now) return true
  return false
}

function isMutedSilence(muted: readonly Evidence[]): boolean {
  for (const { kind } of muted) if (kind === 'rhythm') return true
  return false
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

function silentSince({ lastAt, usualDays, longestDays }: Rhythm): number {
  return lastAt + Math.max(BEATS.fires * usualDays, BEATS.overLongest * longestDays) * DAY
}

function rhythmEvidence(rhythm: Rhythm, profile: Profile, at: number): Evidence {
  return {
    kind: 'rhythm',
    event: profile.rhythm.kind,
    label: profile.rhythm.label,
    usualDays: rhythm.usualDays,
    quietDays: rhythm.quietDays,
    at,
  }
}
