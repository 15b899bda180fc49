import type { DayNumber } from './calendar.ts'
import { compactDay, dayNumber, HISTORY_START, instantOf } from './calendar.ts'
import type { Role } from './casting.ts'
import type { Course, HabitName } from './course.ts'
import { courseOf } from './course.ts'
import type { Persona } from './persona.ts'
import type { Beat } from './plot.ts'
import { plotOf } from './plot.ts'
import type { Draw } from './random.ts'
import { between, chance, openStream } from './random.ts'

/** Someone spoke with the customer on a day. `care`, 0..1: how well; a careless talk convinces for a while only. */
export interface Conversation {
  readonly day: DayNumber
  readonly care: number
}

/** One customer on their way through the days. Everything in it depends on the seed and this customer alone. */
export interface Life {
  readonly persona: Persona
  readonly role: Role
  /** Null while (or since) the customer stays. */
  course: Course | null
  /** What the plot still holds, in order of days. */
  beats: Beat[]
  /** Day, with fraction, on which each habit is next due. */
  readonly due: Record<HabitName, number>
  readonly draws: Readonly<Record<HabitName | 'voice' | 'plot' | 'renewal', Draw>>
  /** Fen spent so far, and the figure the CRM shows since the first of the month. */
  spent: number
  shownLtv: number
  warrantyEnd: DayNumber
  renewsOn: DayNumber
  renewed: boolean
  lastSentence: string
  /** Rows written today, so that each gets an id of its own. */
  today: DayNumber
  rowsToday: number
  /** Everyone who spoke with them, oldest first. */
  readonly conversations: Conversation[]
  turnedBack: boolean
  /** The day on which someone who came back for a while turns away again; Infinity: never. */
  resumesOn: DayNumber
}

const HABITS: readonly HabitName[] = [
  'visit',
  'login',
  'order',
  'join',
  'read',
  'refer',
  'ask',
  'fault',
  'update',
]
const RENEWAL_DAYS = 731

export function beginLife(seed: string, persona: Persona, role: Role): Life {
  const stream = (name: string) => openStream(seed, name, persona.no)
  const draws = {
    visit: stream('visit'),
    login: stream('login'),
    order: stream('order'),
    join: stream('join'),
    read: stream('read'),
    refer: stream('refer'),
    ask: stream('ask'),
    fault: stream('fault'),
    update: stream('update'),
    voice: stream('voice'),
    plot: stream('plot'),
    renewal: stream('renewal'),
  }
  const first = dayNumber(HISTORY_START)
  const course = courseOf(role, draws.plot)
  const life: Life = {
    persona,
    role,
    course,
    beats: plotOf(role, course, draws.plot).filter(
      (beat) => beat.day > persona.joined + 7 && beat.day >= first,
    ),
    due: { visit: 0, login: 0, order: 0, join: 0, read: 0, refer: 0, ask: 0, fault: 0, update: 0 },
    draws,
    spent: earlierSpending(persona, draws.order),
    shownLtv: 0,
    warrantyEnd: persona.warrantyEnd,
    renewsOn: Number.POSITIVE_INFINITY,
    renewed: false,
    lastSentence: '',
    today: -1,
    rowsToday: 0,
    conversations: [],
    turnedBack: false,
    resumesOn: Number.POSITIVE_INFINITY,
  }
  const start = Math.max(first, persona.joined)
  for (const habit of HABITS) life.due[habit] = start + draws[habit]() * gapOf(life, habit)
  if (persona.joined >= first) life.due.visit = persona.joined + between(draws.visit, 24, 55)
  if (persona.renews) renewUntil(life, start)
  return life
}

/** Days until a habit is next due, at its ordinary pace. Infinity: this customer never does it. */
export function gapOf(life: Life, habit: HabitName): number {
  const { persona, role } = life
  const draw = life.draws[habit]
  const shy = role.alike === 'quiet' ? Number.POSITIVE_INFINITY : 1
  switch (habit) {
    case 'visit':
      return persona.visitGap * between(draw, 1 - persona.visitSway, 1 + persona.visitSway)
    case 'login':
      return persona.loginGap * between(draw, 0.55, 1.45)
    case 'order':
      return between(draw, 160, 620) / Math.sqrt(persona.spend)
    case 'join':
      return between(draw, 210, 800) * shy
    case 'read':
      return between(draw, 90, 420) * shy
    case 'refer':
      return persona.kindness > 9.3 ? between(draw, 260, 1100) * shy : Number.POSITIVE_INFINITY
    case 'ask':
      return between(draw, 300, 1100) * shy
    case 'fault':
      return between(draw, 420, 1500)
    case 'update':
      return persona.model.electric ? between(draw, 90, 170) : between(draw, 330, 420)
  }
}

/** An id no other row has: the system's prefix, the day, the customer and a count within the day. */
export function newRowId(life: Life, prefix: string, day: DayNumber): string {
  if (life.today !== day) {
    life.today = day
    life.rowsToday = 0
  }
  life.rowsToday += 1
  return `${prefix}${compactDay(day)}-${String(life.persona.no).padStart(5, '0')}-${life.rowsToday}`
}

/** An instant on a day between two hours, drawn from a stream. */
export function momentOf(day: DayNumber, draw: Draw, fromHour: number, toHour: number): number {
  return instantOf(day, between(draw, fromHour * 60, toHour * 60))
}

/** Moves the warranty to the end of its next extension and draws when that will be renewed. */
export function renew(life: Life): void {
  life.warrantyEnd += RENEWAL_DAYS
  life.renewed = true
  life.renewsOn = life.warrantyEnd - Math.floor(between(life.draws.renewal, 35, 80))
}

function renewUntil(life: Life, start: DayNumber): void {
  life.renewsOn = life.warrantyEnd - Math.floor(between(life.draws.renewal, 35, 80))
  while (life.renewsOn < start) renew(life)
}

function earlierSpending(persona: Persona, draw: Draw): number {
  const before = Math.max(0, -persona.joined)
  const car = persona.spend * between(draw, 900_000, 1_500_000)
  const service = (before / persona.visitGap) * 55_000 * persona.spend * persona.model.cost
  return Math.round(car + (chance(draw, 0.9) ? service : service * 0.4))
}
