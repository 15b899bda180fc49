import type { WorkedCustomer } from './effect-rows.ts'
import { ENOUGH } from './figure.ts'
import { type Change, meanEstimate } from './interval.ts'
import { DETRACTOR, PROMOTER } from './voice-metric.ts'

/** What changed with the customers who were warned of and reached: each beside themselves before. */
export interface WorkedChange {
  /** -100..100 */
  readonly nps: Shifted
  /** What a customer brought in within so many days, minor units: what lifetime value is made of. */
  readonly gained: Shifted & { readonly days: number }
}

/** A mean of the same customers before and after. */
export interface Shifted {
  /** Null, like the change, while there are too few. */
  readonly before: number | null
  readonly after: number | null
  readonly change: Change | null
  /** Customers known on both sides, and how many it takes. */
  readonly of: number
  readonly least: number
  /** Enough for a figure, too few to rely on it. */
  readonly isSmall: boolean
}

/** Below so many pairs a mean of differences is told with a warning. */
const SMALL = 30
/** Days on either side of a case. */
export const GAINED_DAYS = 90

export function workedChange(rows: readonly WorkedCustomer[]): WorkedChange {
  const answers = rows.flatMap(({ npsBefore, npsAfter }) =>
    npsBefore === null || npsAfter === null
      ? []
      : [[100 * stanceOf(npsBefore), 100 * stanceOf(npsAfter)] as const],
  )
  const gains = rows.flatMap(({ gainedBefore, gainedAfter }) =>
    gainedBefore === null || gainedAfter === null ? [] : [[gainedBefore, gainedAfter] as const],
  )
  return {
    // Two made-up answers that moved by one stance, one up and one down: ten that all moved alike are not certain to.
    nps: shifted(answers, [100, -100]),
    gained: { ...shifted(gains, []), days: GAINED_DAYS },
  }
}

const stanceOf = (answer: number): number => (answer >= PROMOTER ? 1 : answer <= DETRACTOR ? -1 : 0)

/** The mean difference of pairs by Student's t; `madeUp` differences widen its range and do not move it. */
function shifted(pairs: readonly (readonly [number, number])[], madeUp: readonly number[]): Shifted {
  const of = pairs.length
  const known = { of, least: ENOUGH, isSmall: of >= ENOUGH && of < SMALL }
  if (of < ENOUGH) return { before: null, after: null, change: null, ...known }
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / of
  const [before, after] = [mean(0), mean(1)]
  const moved = [...pairs.map(([was, is]) => is - was), ...madeUp]
  const sum = moved.reduce((all, each) => all + each, 0)
  const squares = moved.reduce((all, each) => all + each * each, 0)
  const range = meanEstimate(
    { of: moved.length, sum, squares },
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  )
  const by = after - before
  const [low, high] = [Math.min(by, range.low), Math.max(by, range.high)]
  return { before, after, change: { by, low, high, clear: low > 0 || high < 0 }, ...known }
}
