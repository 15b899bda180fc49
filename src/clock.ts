/** The only source of "now". Production reads the machine's clock; demo and tests use a virtual one. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that moves only when told to, and never backwards. */
export class VirtualClock implements Clock {
  private instant: number

  constructor(start: Date) {
    this.instant = start.getTime()
  }

  now(): Date {
    return new Date(this.instant)
  }

  advanceTo(to: Date): void {
    // Written so that an invalid date moves nothing either.
    if (to.getTime() > this.instant) this.instant = to.getTime()
  }

  advance(milliseconds: number): void {
    this.advanceTo(new Date(this.instant + milliseconds))
  }
}

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
