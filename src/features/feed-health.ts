import { DAY } from '../clock.ts'
import { type Text, text } from '../text.ts'
import { FEED_DAYS, type FeedCount } from './feed-counts.ts'

/**
 * Tells a feed that broke from customers who fell silent: while logins do not arrive, "no logins" says nothing.
 *
 * On Poisson noise with a weekly rhythm a kind is falsely called unhealthy on fewer than 1 day in 2,000. A feed that
 * dies is named once it would have brought about 12 events by its own baseline, and never before two whole days; one
 * that falls below half of it within a week, where that is far more than chance. Holidays look like a broken feed: then
 * silence is held back too, which is right.
 */
export interface FeedFinding {
  readonly kind: string
  readonly state: 'stale' | 'collapsed'
  /** Whole days without anything (stale), or days compared (collapsed). */
  readonly days: number
  /** Events that its own weekday baseline would have brought in these days, and how many came. */
  readonly expected: number
  readonly came: number
  /** Newest instant, milliseconds. */
  readonly newest: number
  readonly reason: Text
}

export interface FeedOptions {
  /** Names for people; a kind without one goes by its own. */
  readonly labels?: ReadonlyMap<string, Text>
  /** Whole days a kind is usually behind, because its source delivers late. Default 0. */
  readonly lag?: ReadonlyMap<string, number>
}

/** Weeks of the baseline, and the least of them that make one. */
const WEEKS = 12
const LEAST_WEEKS = 4
/** Events expected that turn silence into a finding: chance leaves as many out once in e^12. */
const EXPECTED = 12
const LEAST_QUIET = 2
/** Usual silences are no finding: one must be this much longer than the second longest seen. */
const LONGER = 1.5
/** Days compared, and the share of the expected below which a volume has collapsed. */
const WINDOWS = [
  { days: 3, share: 0.4 },
  { days: 7, share: 0.5 },
] as const
/** Standard deviations below the expected. */
const SIGMAS = 4

/** Every kind whose feed looks broken at `asOf`, with the reason in words. */
export function feedHealth(
  counts: ReadonlyMap<string, FeedCount>,
  asOf: number,
  { labels, lag }: FeedOptions = {},
): FeedFinding[] {
  return [...counts].flatMap(([kind, count]) => {
    const behind = lag?.get(kind) ?? 0
    return examine(count, asOf, behind, kind, labels?.get(kind) ?? text(kind, kind)) ?? []
  })
}

/** The kinds about which silence says nothing now. */
export function unhealthyKinds(findings: readonly FeedFinding[]): ReadonlySet<string> {
  return new Set(findings.map(({ kind }) => kind))
}

function examine(count: FeedCount, asOf: number, lag: number, kind: string, label: Text): FeedFinding | null {
  const { newest } = count
  const quiet = Math.floor((asOf - newest) / DAY)
  const seen = { kind, newest }
  const expectedBy = quiet - lag < LEAST_QUIET ? null : staleAgainst(count, asOf, lag, quiet)
  if (expectedBy !== null) {
    const reason = quietReason(label, quiet, expectedBy.daily)
    return { ...seen, state: 'stale', days: quiet, expected: expectedBy.total, came: 0, reason }
  }
  const usual = baselineOf(count, asOf, lag + 7)
  if (usual === null) return null
  for (const { days, share } of WINDOWS) {
    const came = sum(count.days, lag, lag + days)
    const expected = expectedIn(usual, lag, lag + days)
    if (came === 0 && days <= LONGER * longestSilence(count, lag + 7)) continue
    if (came >= share * expected || !isFarBelow(came, expected, usual.dispersion)) continue
    return {
      ...seen,
      state: 'collapsed',
      days,
      expected,
      came,
      reason: lowReason(label, days, came, expected),
    }
  }
  return null
}

/** What should have come in a silence that is longer than usual; null where it is nothing unusual. */
function staleAgainst(
  count: FeedCount,
  asOf: number,
  lag: number,
  quiet: number,
): { total: number; daily: number } | null {
  const baseline = quiet < FEED_DAYS ? baselineOf(count, asOf, quiet) : null
  if (baseline === null) return longStale(count, quiet)
  if (expectedIn(baseline, lag, quiet) / baseline.dispersion < EXPECTED) return null
  if (quiet - lag <= LONGER * longestSilence(count, quiet)) return null
  return { total: expectedIn(baseline, 0, quiet), daily: expectedIn(baseline, 0, 7) / 7 }
}

/** A silence of months has pushed the baseline out of sight: then the rate of all time before it must do, with more margin. */
function longStale(
  { newest, since, total }: FeedCount,
  quiet: number,
): { total: number; daily: number } | null {
  if (quiet < LEAST_WEEKS * 7) return null
  const daily = total / Math.max(LEAST_WEEKS * 7, (newest - since) / DAY)
  return daily * quiet < 3 * EXPECTED ? null : { total: daily * quiet, daily }
}

interface Baseline {
  /** Events expected on a day k before asOf, by k mod 7. */
  readonly weekday: Float64Array
  /** Variance over mean: 1 is pure chance, more is bursts. */
  readonly dispersion: number
}

/** What is usual, from the weeks that lie `from` days and more before asOf. Null: too little history. */
function baselineOf({ days, since }: FeedCount, asOf: number, from: number): Baseline | null {
  const until = Math.min(FEED_DAYS, from + WEEKS * 7, Math.floor((asOf - since) / DAY))
  const weeks = Math.floor((until - from) / 7)
  if (weeks < LEAST_WEEKS) return null
  const weekday = new Float64Array(7)
  for (let day = from; day < from + 7; day += 1) {
    weekday[day % 7] = centre(Array.from({ length: weeks }, (_, week) => days[day + week * 7]!))
  }
  return { weekday, dispersion: dispersionOf(days, weekday, from, from + weeks * 7) }
}

/** The middle of some counts, little moved by one import day or one earlier outage: means where counts are too low for a median. */
function centre(counts: number[]): number {
  counts.sort((a, b) => a - b)
  const middle = counts.length >> 1
  const median = counts.length % 2 === 1 ? counts[middle]! : (counts[middle - 1]! + counts[middle]!) / 2
  if (median >= 5) return median
  const inner = counts.slice(1, -1)
  return inner.reduce((total, count) => total + count, 0) / inner.length
}

/** A single wild day counts as four standard deviations: it is no proof of bursts. */
const WILD = 16

function dispersionOf(days: Float64Array, weekday: Float64Array, from: number, until: number): number {
  let total = 0
  for (let day = from; day < until; day += 1) {
    const expected = weekday[day % 7]!
    total += Math.min(WILD, (days[day]! - expected) ** 2 / Math.max(expected, 0.5))
  }
  return Math.max(1, total / (until - from - 7))
}

function expectedIn({ weekday }: Baseline, from: number, until: number): number {
  let total = 0
  for (let day = from; day < until; day += 1) total += weekday[day % 7]!
  return total
}

/** Variance-stabilised, so that it holds for ten events as for ten thousand. */
function isFarBelow(came: number, expected: number, dispersion: number): boolean {
  const deviations = 2 * (Math.sqrt(came + 3 / 8) - Math.sqrt(expected + 3 / 8))
  return deviations < -SIGMAS * Math.sqrt(dispersion * (1 + 1 / LEAST_WEEKS))
}

/** The second longest run of empty days before `from`: one earlier outage does not make outages usual. */
function longestSilence({ days }: FeedCount, from: number): number {
  let [longest, second, run] = [0, 0, 0]
  for (let day = from; day < days.length; day += 1) {
    run = days[day] === 0 ? run + 1 : 0
    // The run before the first event of all is no silence: nothing was measured yet.
    if (day + 1 < days.length && days[day + 1] === 0) continue
    if (run > longest) [longest, second] = [run, longest]
    else if (run > second) second = run
  }
  return second
}

function sum(days: Float64Array, from: number, until: number): number {
  return days.subarray(from, until).reduce((total, count) => total + count, 0)
}

function quietReason(label: Text, days: number, daily: number): Text {
  const usual = rate(daily)
  return text(
    `“${label.zh}”已有 ${days} 天没有新记录${usual === null ? '' : `，平时${usual.zh}`}。`,
    `No "${label.en}" records for ${days} days${usual === null ? '' : `; usually ${usual.en}`}.`,
  )
}

function rate(daily: number): Text | null {
  if (daily >= 1) return text(`每天约 ${Math.round(daily)} 条`, `about ${Math.round(daily)} a day`)
  const weekly = Math.round(daily * 7)
  return weekly >= 1 ? text(`每周约 ${weekly} 条`, `about ${weekly} a week`) : null
}

function lowReason(label: Text, days: number, came: number, expected: number): Text {
  const usual = Math.round(expected)
  const few = came === 1 ? `Only 1 "${label.en}" record` : `Only ${came} "${label.en}" records`
  return text(
    `“${label.zh}”近 ${days} 天${came === 0 ? '一条也没有' : `只有 ${came} 条`}，平时同期约 ${usual} 条。`,
    `${came === 0 ? `No "${label.en}" records` : few} in the last ${days} days; usually about ${usual}.`,
  )
}
