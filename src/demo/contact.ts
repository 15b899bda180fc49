import type { DayNumber } from './calendar.ts'
import type { Leaving } from './casting.ts'
import { courseOf } from './course.ts'
import { addBeat } from './habits.ts'
import type { Conversation, Life } from './life.ts'
import { gapOf } from './life.ts'
import { plotOf } from './plot.ts'
import { whole } from './random.ts'

/** What a customer lets the caller know: nothing is the matter, they come back, or they are off. */
export type Reaction = 'fine' | 'back' | 'leaving'

/** How often a conversation in time brings a customer back. */
const PERSUADED: Readonly<Record<Leaving, number>> = {
  silent: 0.45,
  angry: 0.6,
  lured: 0.4,
  moved: 0.05,
  warranty: 0.4,
  'let-down': 0.65,
  'life-change': 0.25,
}
/** Of those brought back, how many waver once however well they were spoken with. */
const WAVERING = 0.15
const CARELESS = 0.5
/** Days after the last visit or login beyond which nobody comes back. */
const TOO_LATE = 15

/**
 * Someone spoke with the customer today; it shows from tomorrow. In time, and with the right person, the plot is
 * dropped and the customer is back within weeks, for good or until they remember why they were leaving.
 */
export function contactLife(life: Life, said: Conversation): Reaction {
  life.conversations.push(said)
  const { course } = life
  if (course === null || said.day < course.begins) return 'fine'
  if (!isPersuadable(life) || said.day > course.leaves + TOO_LATE) return 'leaving'
  comeBack(life, said.day)
  const first = !life.turnedBack
  life.turnedBack = true
  const careless = said.care < CARELESS
  if (careless || (first && level(life, 0.569840291) < WAVERING))
    life.resumesOn = said.day + whole(life.draws.plot, 11, 24)
  return 'back'
}

function comeBack(life: Life, today: DayNumber): void {
  const draw = life.draws.plot
  life.course = null
  life.beats = []
  addBeat(life, {
    day: today + whole(draw, 3, 8),
    act: 'speak',
    mood: 'soothed',
    channel: 'survey',
    rating: whole(draw, 8, 9),
    nps: null,
  })
  for (const habit of ['order', 'join', 'read', 'refer', 'ask', 'fault', 'update'] as const) {
    life.due[habit] = today + 1 + gapOf(life, habit)
  }
  life.due.visit = today + whole(draw, 6, 20)
  life.due.login = today + whole(draw, 1, 4)
}

/** The old reasons are back: the departure runs again from today. */
export function resumeDeparture(life: Life, today: DayNumber): void {
  const role = { ...life.role, turn: today }
  life.resumesOn = Number.POSITIVE_INFINITY
  life.course = courseOf(role, life.draws.plot)
  const beats = plotOf(role, life.course, life.draws.plot)
  for (const beat of beats) if (beat.day >= today) addBeat(life, beat)
}

/** Fixed from the start: whether a conversation in time would bring this customer back. */
export function isPersuadable(life: Life): boolean {
  const { leaving } = life.role
  return leaving !== null && level(life, 0.754877666) < PERSUADED[leaving]
}

/** A number of the customer's own, 0..1, that never moves the streams the days are drawn from. */
function level(life: Life, step: number): number {
  return (life.persona.no * step) % 1
}
