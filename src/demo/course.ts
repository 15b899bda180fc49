import type { DayNumber } from './calendar.ts'
import type { Leaving, Role } from './casting.ts'
import type { Draw } from './random.ts'
import { whole } from './random.ts'

/** What a customer does of their own accord, at a pace that the way of leaving changes. */
export type HabitName = 'visit' | 'login' | 'order' | 'join' | 'read' | 'refer' | 'ask' | 'fault' | 'update'

/** The way a departure runs: when the visits end and how the rest fades. Null: the customer stays. */
export interface Course {
  readonly leaving: Leaving
  readonly turn: DayNumber
  readonly lastVisit: DayNumber
  /** Days in which app use halves. */
  readonly halving: number
}

/** Draws the course of a part; null for customers who stay. */
export function courseOf(role: Role, draw: Draw): Course | null {
  if (role.leaving === null) return null
  const shape = SHAPES[role.leaving]
  return {
    leaving: role.leaving,
    turn: role.turn,
    lastVisit: role.turn + whole(draw, shape.visitsFor[0], shape.visitsFor[1]),
    halving: whole(draw, shape.halving[0], shape.halving[1]),
  }
}

const SHAPES: Readonly<Record<Leaving, { visitsFor: [number, number]; halving: [number, number] }>> = {
  silent: { visitsFor: [0, 25], halving: [20, 35] },
  angry: { visitsFor: [0, 8], halving: [14, 30] },
  lured: { visitsFor: [5, 35], halving: [20, 40] },
  moved: { visitsFor: [0, 0], halving: [6, 12] },
  warranty: { visitsFor: [0, 10], halving: [20, 35] },
  'let-down': { visitsFor: [5, 30], halving: [25, 45] },
}

/** Someone out of warranty buys parts from the brand for so long, then from anyone. */
const PARTS_DAYS = 110

/**
 * How much of a habit is left on a day: 1 as ever, 0 gone for good. Those who fade come ever later before
 * they stop; those who are angry or move away stop at once.
 */
export function pace(course: Course | null, habit: HabitName, day: DayNumber): number {
  if (course === null) return 1
  const since = day - course.turn
  if (habit === 'visit') {
    if (day > course.lastVisit) return 0
    return course.leaving === 'silent' && since > -70 ? 0.6 : 1
  }
  if (since < 0) return 1
  if (habit === 'order') return course.leaving === 'warranty' && since < PARTS_DAYS ? 4 : 0
  if (habit === 'login') {
    const left = 0.5 ** (since / course.halving)
    return left < 0.12 ? 0 : left
  }
  return 0
}
