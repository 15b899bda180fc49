import type { DayNumber } from './calendar.ts'
import { weekday } from './calendar.ts'
import { between, openStream, whole } from './random.ts'

/** How one of the scripted staff works. Hours are local; odds are per case. */
export interface Style {
  readonly person: string
  readonly from: number
  readonly until: number
  /** Weekdays off, 0 is Sunday. */
  readonly off: readonly number[]
  /** New cases taken a day. */
  readonly capacity: number
  /** Share of cases taken up and called in good time. */
  readonly diligence: number
  /** How well they speak with customers, 0..1. */
  readonly care: number
  /** Share of calls that somebody answers. */
  readonly reaches: number
  readonly slips: {
    /** Marks a customer retained who is leaving. */
    readonly hasty: number
    /** Judges it not a risk without a call. */
    readonly waves: number
    /** Never writes the outcome until asked. */
    readonly forgets: number
    /** Notes the wrong reason. */
    readonly misjudges: number
  }
}

/** Draws how a person works. `place`: their place in the team, so that days off never leave it empty. */
export function styleOf(seed: string, person: string, place: number): Style {
  const draw = openStream(seed, 'staff', person)
  const from = whole(draw, 8, 10)
  return {
    person,
    from,
    until: from + 9,
    off: [place % 7, (place + 3) % 7],
    capacity: whole(draw, 7, 12),
    diligence: between(draw, 0.75, 0.97),
    care: between(draw, 0.6, 0.9),
    reaches: between(draw, 0.55, 0.75),
    slips: {
      hasty: between(draw, 0.12, 0.3),
      waves: between(draw, 0.02, 0.08),
      forgets: between(draw, 0.03, 0.1),
      misjudges: between(draw, 0.05, 0.15),
    },
  }
}

export function isOff(style: Style, day: DayNumber): boolean {
  return style.off.includes(weekday(day))
}

export function isAtWork(style: Style, day: DayNumber, hour: number): boolean {
  return hour >= style.from && hour < style.until && !isOff(style, day)
}

/** Whoever is on duty that day sees a P0 on the phone before the shop opens and after it has closed. */
export function mayLook(style: Style, day: DayNumber, hour: number): boolean {
  return hour >= 7 && hour < style.until + 2 && !isOff(style, day)
}
