import type { CalendarDay } from '../records/record.ts'
import { dayOf } from './calendar.ts'
import type { Leaving, LookAlike } from './casting.ts'
import { isPersuadable } from './contact.ts'
import type { Life } from './life.ts'

/** What is really going on with a customer; grades the warnings and is never written to a file. */
export interface Truth {
  readonly customer: string
  /** Why they leave, or null: they stay. */
  readonly leaving: Leaving | null
  /** What makes a staying customer look as if they might leave. */
  readonly alike: LookAlike | null
  /** The day they turn away, and the last day they might still visit. */
  readonly turned: CalendarDay | null
  readonly lastVisit: CalendarDay | null
  /** A conversation in time would bring them back. */
  readonly persuadable: boolean
  /** The day someone first spoke with them. */
  readonly contacted: CalendarDay | null
  /** A conversation did bring them back. */
  readonly turnedBack: boolean
}

export function truthOf(life: Life): Truth {
  const { role, course } = life
  const first = life.conversations[0]
  return {
    customer: life.persona.id,
    leaving: role.leaving,
    alike: role.alike,
    turned: role.leaving === null ? null : dayOf(role.turn),
    lastVisit: course === null ? null : dayOf(course.leaves),
    persuadable: isPersuadable(life),
    contacted: first === undefined ? null : dayOf(first.day),
    turnedBack: life.turnedBack,
  }
}
