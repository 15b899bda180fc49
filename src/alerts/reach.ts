import { DAY, HOUR } from '../clock.ts'
import { instantOf, midnightBefore, offsetAt } from '../records/zone.ts'

/** When a customer may be called, by their own clock. */
export interface Reach {
  readonly timeZone: string
  /** The next good two hours: under way, or still to come. */
  readonly from: Date
  readonly until: Date
  /** True when they rest on the hours the customer is usually seen at; false: nothing is known, it is a decent hour. */
  readonly known: boolean
  /** False at night, where they are. */
  readonly decentNow: boolean
}

/** Nobody is called before or after; hours of the customer's day. */
const EARLIEST = 9
const LATEST = 20
/** Length of the window, hours. */
const WINDOW = 2
/** Where nothing is known of the customer. */
const USUAL = 10
/** Fewer sightings are chance. */
const ENOUGH = 3

/**
 * The best two hours to call a customer.
 *
 * @param seen instants at which the customer did something, milliseconds; midnights are days without a time
 */
export function whenToCall(seen: readonly number[], timeZone: string, now: Date): Reach {
  const hours = new Float64Array(24)
  for (const at of seen) {
    const wall = (at + offsetAt(at, timeZone)) % DAY
    if (wall !== 0) hours[Math.floor(wall / HOUR)]! += 1
  }
  const inWindow = (from: number): number => hours[from]! + hours[from + 1]!
  const best = Array.from({ length: LATEST - WINDOW - EARLIEST + 1 }, (_, at) => EARLIEST + at).reduce(
    (chosen, from) => (inWindow(from) > inWindow(chosen) ? from : chosen),
    USUAL,
  )
  const known = inWindow(best) >= ENOUGH
  const opens = known ? best : USUAL
  const today = midnightBefore(now.getTime(), timeZone)
  const endOf = (midnight: number) => instantOf(midnight + (opens + WINDOW) * HOUR, timeZone)
  const midnight = endOf(today) > now.getTime() ? today : today + DAY
  return {
    timeZone,
    from: new Date(instantOf(midnight + opens * HOUR, timeZone)),
    until: new Date(endOf(midnight)),
    known,
    decentNow: isDecentHour(now, timeZone),
  }
}

/** False at night, where the customer is. */
export function isDecentHour(now: Date, timeZone: string): boolean {
  const wall = now.getTime() + offsetAt(now.getTime(), timeZone)
  const hour = (wall - midnightBefore(now.getTime(), timeZone)) / HOUR
  return hour >= EARLIEST && hour < LATEST
}
