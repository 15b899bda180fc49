import type { Columns } from '../features/columns.ts'
import { factColumns, fillFacts } from '../features/fact-columns.ts'
import { calendarDay } from '../features/facts.ts'
import type { FeatureList } from '../features/feature-list.ts'

/** Who is asked about at a date. */
export interface Asked {
  readonly asOf: number
  readonly customers: ArrayLike<number>
}

/** An attribute is known of nearly the same share of customers at every date, or it teaches dates. */
const STEADY = 0.8

/**
 * Attributes whose history does not cover all dates. One first read last month is known of nobody a year ago and of everyone
 * now: whether it is known would tell the old dates from the new, and with them what was usual then. One that nobody ever
 * has is no such case: it says nothing anywhere.
 */
export function uncovered(list: FeatureList, columns: Columns, dates: readonly Asked[]): string[] {
  const dated = list.facts.filter(({ read }) => read.isDated)
  if (dated.length === 0) return []
  const all = factColumns(list, columns.facts, Math.min(...dates.map(({ asOf }) => asOf)))
  const own = dated.map(({ slot }, place) => ({ ...all.find((each) => each.slot === slot)!, slot: place }))
  const width = dated.length
  const cells = new Float64Array(width * columns.size)
  const shares = dates.map(({ asOf, customers }) => {
    fillFacts(own, asOf, calendarDay(asOf, list.timeZone), cells, width, 0, columns.size)
    return dated.map((_, place) => knownShare(cells, width, place, customers))
  })
  return dated.flatMap(({ slot }, place) => {
    // A date without anyone to ask about says nothing of how well it is covered.
    const each = shares.map((share) => share[place]!).filter((share) => !Number.isNaN(share))
    return Math.min(...each) < STEADY * Math.max(...each) ? [list.names[slot]!] : []
  })
}

function knownShare(cells: Float64Array, width: number, place: number, customers: ArrayLike<number>): number {
  let known = 0
  for (let at = 0; at < customers.length; at += 1) {
    if (!Number.isNaN(cells[customers[at]! * width + place]!)) known += 1
  }
  return known / customers.length
}
