import { DAY } from '../clock.ts'
import { instantOf } from '../records/zone.ts'

/** What comes from outside and moves what customers say and buy. */
export const EVENT_KINDS = ['holiday', 'promotion', 'outage', 'other'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** An entry of the calendar; people see it as E-3. */
export interface OutsideEvent {
  readonly no: number
  readonly kind: EventKind
  readonly title: string
  /** `2026-06-01` in the team's time zone; the last day belongs to it. */
  readonly first: string
  readonly last: string
}

/** From an instant to another that is no longer in it. */
export interface Stretch {
  readonly from: Date
  readonly to: Date
}

/** Where the team is, an event lasts from its first midnight to the one after its last day. */
export function stretchOf({ first, last }: Pick<OutsideEvent, 'first' | 'last'>, timeZone: string): Stretch {
  const midnight = (wall: number): Date => new Date(instantOf(wall, timeZone))
  return { from: midnight(wallOf(first)), to: midnight(wallOf(last) + DAY) }
}

/** Whether they have an instant in common. */
export function meets(one: Stretch, other: Stretch): boolean {
  return +one.from < +other.to && +other.from < +one.to
}

/** What is left of some time without others, oldest first and never touching; empty: nothing is. */
export function leftOf(whole: Stretch, without: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = []
  let from = +whole.from
  for (const taken of [...without].sort((a, b) => +a.from - +b.from)) {
    if (+taken.from > from)
      left.push({ from: new Date(from), to: new Date(Math.min(+taken.from, +whole.to)) })
    from = Math.max(from, +taken.to)
    if (from >= +whole.to) return left
  }
  return [...left, { from: new Date(from), to: whole.to }]
}

function wallOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}
