import type { DayNumber } from './calendar.ts'
import type { Leaving, Role } from './casting.ts'
import type { Draw } from './random.ts'
import { between, whole } from './random.ts'

/** What a customer does of their own accord, at a pace that the way of leaving changes. */
export type HabitName = 'visit' | 'login' | 'order' | 'join' | 'read' | 'refer' | 'ask' | 'fault' | 'update'

/** The way a departure runs, from the turn to the day they are gone. Null: the customer stays. */
export interface Course {
  readonly leaving: Leaving
  readonly turn: DayNumber
  /** First day on which a conversation could still change it. */
  readonly begins: DayNumber
  /** The last day on which they might still come or log in. */
  readonly leaves: DayNumber
  /** Share of the visits that is left from the turn on. */
  readonly visits: number
  /** The day from which app use has all but gone. */
  readonly appFrom: DayNumber
}

/** From the turn to the last day, what is left of the visits meanwhile, and how long before the turn it begins. */
interface Shape {
  readonly lasts: readonly [number, number]
  readonly visits: readonly [number, number]
  readonly stirs: number
}

// SPEC section 2: visits halve 60-90 days before someone leaves, app use falls by 70 % 30-60 days before, competitors are
// seen in the last month. Those who are angry or move away are faster.
const SHAPES: Readonly<Record<Leaving, Shape>> = {
  silent: { lasts: [60, 100], visits: [0.35, 0.65], stirs: 0 },
  angry: { lasts: [25, 80], visits: [0.1, 0.5], stirs: 9 },
  lured: { lasts: [45, 90], visits: [0.3, 0.7], stirs: 14 },
  moved: { lasts: [0, 25], visits: [0, 0.2], stirs: 0 },
  warranty: { lasts: [60, 110], visits: [0.2, 0.5], stirs: 3 },
  'let-down': { lasts: [40, 90], visits: [0.3, 0.7], stirs: 0 },
  'life-change': { lasts: [30, 80], visits: [0.2, 0.6], stirs: 0 },
}

/** Draws the course of a part; null for customers who stay. */
export function courseOf(role: Role, draw: Draw): Course | null {
  const { leaving, turn } = role
  if (leaving === null) return null
  const { lasts, visits, stirs } = SHAPES[leaving]
  const leaves = turn + whole(draw, ...lasts)
  const left = between(draw, ...visits)
  const appFrom = Math.max(turn, leaves - whole(draw, 30, 60))
  return { leaving, turn, begins: turn - stirs, leaves, visits: left, appFrom }
}

/** App use that is left in the last weeks. */
const APP_LEFT = 0.3

/** How much of a habit is left on a day: 1 as ever, 0 gone for good. */
export function pace(course: Course | null, habit: HabitName, day: DayNumber): number {
  if (course === null || day < course.turn) return 1
  if (day > course.leaves) return 0
  if (habit === 'visit') return course.visits
  if (habit === 'login') return day < course.appFrom ? 0.8 : APP_LEFT
  // Someone out of warranty buys parts from the brand for a while, then from anyone.
  if (habit === 'order') return course.leaving === 'warranty' ? 4 : 0
  return 0
}
