import { inOneGo, type Pieces, pieceByPiece } from '../features/pieces.ts'
import { type Baseline, expected } from './baseline.ts'
import { type Common, commonInPieces } from './day-factors.ts'
import { fitAll } from './fits.ts'
import { DAYS, nameOf, type Series, sumOf } from './series.ts'
import { commonMood, moved, type UsualShare, usualShares } from './share.ts'
import { countTail, shareTail, usualRange } from './tail.ts'

/** More voices than usual, or more negative ones among them. */
export type StormKind = 'volume' | 'negative'

/** A series that does what it does not usually do. */
export interface Rise {
  readonly series: Series
  readonly what: StormKind
  /** The newest days that show it best: 1, 3 or 7. */
  readonly days: number
  /** Voices of those days beyond what was to be expected; of 'negative': negative ones. */
  readonly excess: number
  /** How likely chance alone brings it. */
  readonly chance: number
}

/** How a series stands now. */
export interface Stand {
  /** In the last 24 hours. */
  readonly count: number
  readonly usual: { readonly low: number; readonly high: number }
  readonly bad: number
  /** Usual part that is negative, 0..1. */
  readonly usualShare: number
  /** The last 24 hours are above the usual, though not so far that a storm would begin. */
  readonly hot: Readonly<Record<StormKind, boolean>>
}

export interface Look {
  readonly rises: readonly Rise[]
  standOf(series: Series): Stand
}

export interface Terms {
  /** Fewer voices are never a storm. */
  readonly least: number
  /** False storms that are put up with, a month and 1,000 series. */
  readonly falsePerMonth: number
}

/** Words that are said more than before, counted by people. */
export interface Words {
  readonly series: readonly Series[]
  /** How many there were to choose them from: each of those could have risen by chance. */
  readonly of: number
}

/** With less behind it nobody knows what is usual. Days. */
const LEAST_HISTORY = 14
/** Days below which a series is young. */
const YOUNG = 14
/** How many times the least count each needs. A word is less than a topic; more than this would forbid words whose chance has long said enough. */
const NEEDS = { young: 2, word: 1.5, other: 1 }
const NO_WORDS: Words = { series: [], of: 0 }
const WINDOWS = [1, 3, 7] as const
const SHARE_WINDOWS = [1, 3] as const
/** Volume over three windows and share over two. */
const TESTS = WINDOWS.length + SHARE_WINDOWS.length
/** A day's looks overlap by most of their hours: the many of a day are as good as so many that do not. */
const LOOKS = 3
/** A thousand series, or the company's own number if that is larger. */
const FEWEST_SERIES = 1_000
/** Unlikely is not enough: it must also be much more. */
const LARGER = 1.5
const SHARE_LARGER = { by: 0.15, times: 1.3 }
/** A running storm goes on while a day is less likely than this: easier to stay in than to get in. */
const STILL = 0.01
const STILL_LARGER = 1.2

/** The chance below which a series counts as a storm, so that `falsePerMonth` false ones are expected of 1,000 series in a month. */
export function threshold(series: number, { falsePerMonth }: Pick<Terms, 'falsePerMonth'>): number {
  return falsePerMonth / (30 * TESTS * LOOKS * Math.max(FEWEST_SERIES, series))
}

/** Looks at every series at once; series are as counted at one instant. */
export function look(all: Series, series: readonly Series[], terms: Terms, words = NO_WORDS): Look {
  return inOneGo(looking(all, series, terms, words))
}

/** The same on a thread that also answers people: it is never busy for long. */
export function lookInSteps(
  all: Series,
  series: readonly Series[],
  terms: Terms,
  words = NO_WORDS,
): Promise<Look> {
  return pieceByPiece(looking(all, series, terms, words))
}

/** Words are judged by what the others tell of the day and the mood, and tell nothing of it themselves. */
function* looking(all: Series, series: readonly Series[], terms: Terms, words: Words): Pieces<Look> {
  const days = historyOf(all)
  const common = yield* commonInPieces(all.counts, series, days)
  const own = { ...common, factors: common.weekdays }
  const fits = yield* fitAll(all, series, words.series, common, own, days)
  const company = companyShare(all, days)
  const sharesOf = (some: readonly Series[]): [string, UsualShare][] => {
    const fitted = some.map((each) => ({ series: each, fit: fits.of(each) }))
    return usualShares(fitted, company).map((share, index) => [nameOf(some[index]!), share])
  }
  const shares = new Map([...sharesOf([all, ...series]), ...sharesOf(words.series)])
  yield
  const mood = commonMood(
    series.map((each) => ({ series: each, usual: shares.get(nameOf(each))! })),
    1,
  )
  const limits = { series: threshold(series.length, terms), word: threshold(words.of, terms) }
  const partsOf = (each: Series): Parts => {
    const isAll = each.kind === 'all'
    const share = moved(shares.get(nameOf(each))!, isAll ? 0 : mood)
    return { fit: fits.of(each), common: isAll ? own : common, usual: share }
  }
  const rises: Rise[] = []
  for (const each of days < LEAST_HISTORY ? [] : [all, ...series, ...words.series]) {
    const isWord = each.kind === 'word'
    const least = terms.least * NEEDS[fits.of(each).age < YOUNG ? 'young' : isWord ? 'word' : 'other']
    if (sumOf(each.counts, 7) < least) continue
    rises.push(...risesOf(each, partsOf(each), least, isWord ? limits.word : limits.series))
    yield
  }
  return { rises, standOf: (each) => standOf(each, partsOf(each)) }
}

interface Parts {
  readonly fit: Baseline
  readonly common: Common
  readonly usual: UsualShare
}

function historyOf({ counts }: Series): number {
  let days = Math.min(DAYS, counts.length)
  while (days > 0 && counts[days - 1] === 0) days -= 1
  return days
}

function companyShare({ counts, bad }: Series, days: number): number {
  return (sumOf(bad, days) + 1) / (sumOf(counts, days) + 4)
}

function risesOf(series: Series, parts: Parts, least: number, limit: number): Rise[] {
  const volume = WINDOWS.map((days) => volumeRise(series, parts, days, least))
  const negative = SHARE_WINDOWS.map((days) => negativeRise(series, parts, days, least))
  return [volume, negative].flatMap((found) => {
    const best = found
      .filter((rise) => rise !== null)
      .reduce<Rise | null>((one, rise) => (one === null || rise.chance < one.chance ? rise : one), null)
    return best !== null && best.chance < limit ? [best] : []
  })
}

function volumeRise(series: Series, parts: Parts, days: number, least: number): Rise | null {
  const count = sumOf(series.counts, days)
  const due = dueIn(parts, days)
  if (count < least || count < LARGER * due.mean) return null
  const chance = countTail(count, due.mean, due.dispersion)
  return { series, what: 'volume', days, excess: count - due.mean, chance }
}

function negativeRise(series: Series, { usual }: Parts, days: number, least: number): Rise | null {
  const [bad, count] = [sumOf(series.bad, days), sumOf(series.counts, days)]
  const { a, b, share } = usual
  const now = bad / Math.max(1, count)
  if (bad < least || now < share + SHARE_LARGER.by || now < share * SHARE_LARGER.times) return null
  return { series, what: 'negative', days, excess: bad - share * count, chance: shareTail(bad, count, a, b) }
}

/** What was to be expected of the newest days, and how far it may stray: by the series' own habit, and by how little is known of it. */
function dueIn({ fit, common }: Parts, days: number): { readonly mean: number; readonly dispersion: number } {
  let mean = 0
  for (let day = 0; day < days; day += 1) mean += dueOn(fit, common, day)
  // What makes one day busy makes the next one busy: days do not average out as independent ones would.
  return { mean, dispersion: fit.dispersion / Math.sqrt(days) + 1 / fit.seen }
}

/** A day on which a feed stands still must not make the others look loud. */
function dueOn(fit: Baseline, { factors, weekdays }: Common, day: number): number {
  return expected(fit, Math.max(factors[day] ?? 1, weekdays[day] ?? 1), day)
}

function standOf(series: Series, parts: Parts): Stand {
  const { usual } = parts
  const { mean, dispersion } = dueIn(parts, 1)
  const [count, bad] = [series.counts[0]!, series.bad[0]!]
  return {
    count,
    bad,
    usual: usualRange(mean, dispersion),
    usualShare: usual.share,
    hot: {
      volume: count > STILL_LARGER * mean && countTail(count, mean, dispersion) < STILL,
      negative: shareTail(bad, count, usual.a, usual.b) < STILL,
    },
  }
}
