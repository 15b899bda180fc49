import { DAY } from '../clock.ts'
import type { Profile } from '../features/profile.ts'
import { text } from '../text.ts'
import type { History } from '../timeline/history.ts'
import { Dated, DatedReading } from './dated.ts'
import { loginsOf, purchasesOf } from './doings.ts'
import { once } from './once.ts'
import { chanceOfAtMost, paceOf } from './pace.ts'
import { type IsMuted, nothingMuted, type Reading, type Signal } from './signal.ts'

/** What a silence of someone who used to speak is. */
export interface SilenceTerms {
  /** Days without a word, and the days before them in which the customer used to speak. */
  readonly days: number
  /** Days with a word in that time, and thirds of it that must hold one: one long affair is no habit. */
  readonly least: number
  readonly thirds: number
  /** Relative fall of the logins that confirms it. */
  readonly logins: number
  /** The silence must be longer by this much than any the customer came back from. */
  readonly overLongest: number
  /** A silence with a greater chance than this is none. */
  readonly likely: number
}

export const SILENCE: SilenceTerms = {
  ...{ days: 90, least: 9, thirds: 3 },
  ...{ logins: 0.8, overLongest: 1.2, likely: 0.01 },
}

const SPOKEN = ['voice', 'ticket_opened']
const SPOKEN_LABEL = text('反馈与工单', 'feedback and tickets')

/**
 * Someone who used to speak and has not said a word since, confirmed by what they do: logins nearly gone and purchases
 * stopped (where one of the two is not measured, the other decides). Healthy behaviour is no alarm. While a feed it
 * rests on is `unhealthy`, what would be an alarm is held back. Null when nothing was ever said, or nothing is measured
 * that could confirm it.
 */
export function silenceSignal(
  profile: Profile,
  unhealthy: ReadonlySet<string> = new Set(),
  terms: SilenceTerms = SILENCE,
): Signal {
  return {
    name: 'silence',
    isCalm: (history) => isTalking(history, terms),
    read: (history, isMuted = nothingMuted) => read(history, profile, unhealthy, terms, isMuted),
  }
}

function read(
  history: History,
  profile: Profile,
  unhealthy: ReadonlySet<string>,
  terms: SilenceTerms,
  isMuted: IsMuted,
): Reading | null {
  if (isTalking(history, terms)) {
    const said = SPOKEN.some((kind) => history.count(kind) > 0)
    return said ? new DatedReading(CALM, () => spokenDays(history).at(-1)!) : null
  }
  const spoken = spokenDays(history)
  const calm: Reading = { ...CALM, at: spoken.at(-1)! }
  const habit = brokenHabit(spoken, history.asOf, terms)
  if (habit === null) return calm
  const doings = [
    loginsOf(history, terms.days, terms.logins),
    purchasesOf(history, profile, terms.days),
  ].filter((one) => one !== null)
  if (doings.length === 0) return null
  if (doings.some(({ confirms }) => !confirms)) return calm
  const basis = [...new Set([...SPOKEN, ...doings.flatMap(({ kinds }) => kinds)])]
  const broken = basis.filter((kind) => unhealthy.has(kind))
  if (broken.length > 0) return { ...calm, held: { reason: 'feed-unhealthy', kinds: broken } }
  const since = once(() => Math.max(habit.since, ...doings.map((doing) => doing.since())))
  const rhythm = new Hush(habit, since)
  if (isMuted(rhythm)) return { ...calm, muted: [rhythm] }
  const evidence = [rhythm, ...doings.map(({ evidence }) => evidence)]
  const strength = 1 - Math.sqrt(habit.chance)
  return new DatedReading({ ...CALM, fired: true, strong: true, strength, basis, evidence }, since)
}

/** Someone who speaks, or has no habit to fall silent from. */
const CALM = {
  signal: 'silence',
  fired: false,
  strong: false,
  strength: 0,
  basis: [],
  evidence: [],
} as const

/** True when the customer spoke within the days of a silence, or never enough for a habit. */
function isTalking(history: History, { days, least }: SilenceTerms): boolean {
  let count = 0
  for (const kind of SPOKEN) {
    // What is said within a day counts from its beginning: the silence may be so much longer.
    if ((history.asOf - history.last(kind)) / DAY < days - 1) return true
    count += history.count(kind)
  }
  return count < least
}

/** Instants the customer said something, one a day: five messages in one talk are one. */
function spokenDays(history: History): number[] {
  const [voices, tickets] = [history.events('voice').at, history.events('ticket_opened').at]
  const days: number[] = []
  let last = Number.NEGATIVE_INFINITY
  // Each is in order: whichever comes next is at one of their heads.
  for (let [voice, ticket] = [0, 0]; voice + ticket < voices.length + tickets.length; ) {
    const isVoice = ticket === tickets.length || (voice < voices.length && voices[voice]! <= tickets[ticket]!)
    const at = isVoice ? voices[voice]! : tickets[ticket]!
    if (isVoice) voice += 1
    else ticket += 1
    if (at - last < DAY) continue
    days.push(at)
    last = at
  }
  return days
}

/** A habit of speaking that has stopped. */
interface Habit {
  readonly usualDays: number
  readonly quietDays: number
  /** Chance of such a silence had the customer gone on as before. */
  readonly chance: number
  /** Since when the silence is as long as that, milliseconds. */
  readonly since: number
}

/** Null while the customer speaks, never had the habit, or has been silent as long before and come back. */
function brokenHabit(spoken: readonly number[], asOf: number, terms: SilenceTerms): Habit | null {
  const last = spoken.at(-1)!
  const quietDays = (asOf - last) / DAY
  if (quietDays < terms.days) return null
  const habit = fullestHabit(spoken, terms)
  if (habit === null) return null
  const { ends, days } = habit
  const longest = longestBroken(spoken, terms) / DAY
  if (quietDays < terms.overLongest * longest) return null
  const pace = paceOf(days, terms.days)
  const strays = spoken.length - 1 - ends
  const chanceAt = (quiet: number) => chanceOfAtMost(strays, quiet + (last - spoken[ends]!) / DAY, pace)
  const chance = chanceAt(quietDays)
  if (chance > terms.likely) return null
  let since = Math.max(terms.days, terms.overLongest * longest)
  while (since < quietDays && chanceAt(since) > terms.likely) since += 1
  return {
    usualDays: (days.at(-1)! - days[0]!) / DAY / (days.length - 1),
    quietDays,
    chance,
    since: last + Math.min(since, quietDays) * DAY,
  }
}

/**
 * The fullest habit that ended at the last word or not long before it: a stray word after the others is part of the silence.
 * Looked for before the silence began, not before the window, so that it stays one as the silence grows.
 */
function fullestHabit(
  spoken: readonly number[],
  terms: SilenceTerms,
): { readonly ends: number; readonly days: readonly number[] } | null {
  let fullest: { readonly ends: number; readonly days: readonly number[] } | null = null
  const from = spoken.at(-1)! - terms.days * DAY
  for (let ends = spoken.length - 1; ends >= 0 && spoken[ends]! > from; ends -= 1) {
    const days = habitUpTo(spoken, ends, terms)
    if (days !== null && days.length > (fullest?.days.length ?? 0)) fullest = { ends, days }
  }
  return fullest
}

/** The days with a word that make a habit of the time up to one of them; null: they make none. */
function habitUpTo(spoken: readonly number[], index: number, terms: SilenceTerms): readonly number[] | null {
  const ends = spoken[index]!
  if (index + 1 < terms.least) return null
  const first = spoken.findIndex((at) => at > ends - terms.days * DAY)
  if (index + 1 - first < terms.least) return null
  const days = spoken.slice(first, index + 1)
  const third = (terms.days * DAY) / terms.thirds
  const thirds = new Set(days.map((at) => Math.floor((ends - at) / third)))
  return thirds.size < terms.thirds ? null : days
}

/** The longest silence that broke a habit and ended, milliseconds; 0: none did. Whoever spoke now and then broke none. */
function longestBroken(spoken: readonly number[], terms: SilenceTerms): number {
  let longest = 0
  for (let index = 1; index < spoken.length; index += 1) {
    const gap = spoken[index]! - spoken[index - 1]!
    if (gap > longest && habitUpTo(spoken, index - 1, terms) !== null) longest = gap
  }
  return longest
}

/** The silence itself. A class, since an object with a getter of its own is dear. */
class Hush extends Dated {
  readonly kind = 'rhythm'
  readonly event = 'voice'
  readonly label = SPOKEN_LABEL
  readonly usualDays: number
  readonly quietDays: number
  readonly chance: number

  constructor({ usualDays, quietDays, chance }: Habit, since: () => number) {
    super(since)
    this.usualDays = usualDays
    this.quietDays = quietDays
    this.chance = chance
  }
}
