import { DAY } from '../clock.ts'
import type { Columns, EventBlock } from './columns.ts'

/** Rolling days looked back over: half a year. */
export const FEED_DAYS = 182

/** How much of one kind arrived, day by day. */
export interface FeedCount {
  /** Events of the rolling day `[asOf - k - 1 days, asOf - k days)` at place k; the newest day first. */
  readonly days: Float64Array
  /** Newest and oldest instant before asOf, milliseconds. */
  readonly newest: number
  readonly since: number
  /** Events before asOf, however old. */
  readonly total: number
}

/** Daily counts of every kind that was ever seen before `asOf`. One pass over the columns. */
export function feedCounts(columns: Pick<Columns, 'blocks'>, asOf: number): Map<string, FeedCount> {
  const counts = [...columns.blocks].map(([kind, block]) => [kind, countOf(block, asOf)] as const)
  return new Map(counts.filter(([, { newest }]) => newest > Number.NEGATIVE_INFINITY))
}

/** The counts of all customers from the counts of parts of them, as of the same instant. */
export function addFeedCounts(parts: Iterable<ReadonlyMap<string, FeedCount>>): Map<string, FeedCount> {
  const sums = new Map<string, FeedCount>()
  for (const part of parts) {
    for (const [kind, count] of part) {
      const sum = sums.get(kind)
      sums.set(kind, sum === undefined ? count : added(sum, count))
    }
  }
  return sums
}

function added(one: FeedCount, other: FeedCount): FeedCount {
  return {
    days: one.days.map((count, day) => count + other.days[day]!),
    newest: Math.max(one.newest, other.newest),
    since: Math.min(one.since, other.since),
    total: one.total + other.total,
  }
}

/** Each customer's rows are in order: from the newest back, until they are older than what is looked back over. */
function countOf({ offsets, at, since }: EventBlock, asOf: number): FeedCount {
  const days = new Float64Array(FEED_DAYS)
  const first = asOf - FEED_DAYS * DAY
  let newest = Number.NEGATIVE_INFINITY
  let total = 0
  for (let customer = 0; customer + 1 < offsets.length; customer += 1) {
    const low = offsets[customer]!
    let row = offsets[customer + 1]! - 1
    while (row >= low && at[row]! >= asOf) row -= 1
    if (row < low) continue
    total += row + 1 - low
    if (at[row]! > newest) newest = at[row]!
    for (; row >= low && at[row]! >= first; row -= 1) days[Math.ceil((asOf - at[row]!) / DAY) - 1]! += 1
  }
  return { days, newest, since, total }
}
