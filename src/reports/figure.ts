/** Fewer than this make no share and no median worth acting on. */
export const ENOUGH = 10

/** A part of a whole, kept as both so that a reader can judge it. */
export interface Share {
  readonly count: number
  readonly of: number
}

/** The share as a number from 0 to 1; null while there is not enough to judge by. */
export function shareOf({ count, of }: Share): number | null {
  return of < ENOUGH ? null : count / of
}

/** A share with its value; null while there is not enough to judge by. */
export interface JudgedShare extends Share {
  readonly value: number | null
}

export function judged(share: Share): JudgedShare {
  return { ...share, value: shareOf(share) }
}

/** How many of `all` hold. */
export function shareWhere<T>(all: readonly T[], holds: (one: T) => boolean): Share {
  return { count: all.filter(holds).length, of: all.length }
}
