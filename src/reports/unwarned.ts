import { isInTime } from '../alerts/warning.ts'
import { share, type Told } from './effect.ts'
import type { Departure, Trace } from './effect-rows.ts'

/** Churners nobody warned of in time, by what could be seen of them. */
export interface Unwarned {
  /** Of all who left. */
  readonly warned: Told
  /** Those of them that nobody warned of, the commonest pattern first. */
  readonly patterns: readonly {
    readonly pattern: Pattern
    readonly count: number
    readonly worthMinor: number
  }[]
}

/** The same of all who are known to have left since an instant, milliseconds. */
export interface UnwarnedSince extends Unwarned {
  readonly since: number
}

/** As it is told, with the currency of what they were worth. */
export interface Missed extends UnwarnedSince {
  readonly currency: string
}

/**
 * The first that fits: `late`: a case was opened, but after their last day; `below`: the lists had them, under the line of a
 * card; `new`: known for less than half a year; `seldom`: too rarely here for a rhythm; `mute`: came, and never said anything;
 * `as-ever`: came and spoke until their last day.
 */
export const PATTERNS = ['late', 'below', 'new', 'seldom', 'mute', 'as-ever'] as const
export type Pattern = (typeof PATTERNS)[number]

const NEW_DAYS = 180
/** So many visits a year are no rhythm. */
const SELDOM = 2

export type Led = Departure & { readonly lead: number | null }

/** Customers who left without a warning in time. */
export function unwarnedOf(left: readonly Led[]): Led[] {
  return left.filter(({ lead }) => lead === null || !isInTime(lead))
}

/** `traces` of those whom nobody warned of. */
export function unwarnedReport(left: readonly Led[], traces: readonly Trace[]): Unwarned {
  const missed = unwarnedOf(left)
  const late = new Set(missed.filter(({ lead }) => lead !== null).map(keyOf))
  const sums = new Map<Pattern, { count: number; worthMinor: number }>()
  for (const trace of traces) {
    const pattern = late.has(keyOf(trace)) ? 'late' : patternOf(trace)
    const sum = sums.get(pattern) ?? { count: 0, worthMinor: 0 }
    sum.count += 1
    sum.worthMinor += trace.worthMinor
    sums.set(pattern, sum)
  }
  return {
    warned: share(left.length - missed.length, left.length),
    patterns: PATTERNS.flatMap((pattern) => {
      const sum = sums.get(pattern)
      return sum === undefined ? [] : [{ pattern, ...sum }]
    }).sort((a, b) => b.count - a.count),
  }
}

function patternOf({ tier, knownDays, visits, heard }: Trace): Pattern {
  if (tier === 'watch') return 'below'
  if (knownDays < NEW_DAYS) return 'new'
  if (visits <= SELDOM) return 'seldom'
  return heard ? 'as-ever' : 'mute'
}

/** Whoever left twice is two. */
function keyOf({ customer, at }: Departure): string {
  return `${customer} ${+at}`
}
