import { between, chance, type Draw, openStream, pick } from '../../src/demo/random.ts'
import { DAYS, type Series, type SeriesKind, type SeriesName } from '../../src/sentinel/series.ts'

/** Looks a day: voices are counted by six hours here. */
export const LOOKS_A_DAY = 4

/** A stretch in which one series is louder, or more bitter. */
export interface Planted {
  readonly series: number
  /** First day. */
  readonly from: number
  readonly days: number
  /** The rate is multiplied by this; a slow storm gets there by as many steps as it has days. */
  readonly times: number
  readonly slow: boolean
  /** Added to the part that is negative. */
  readonly bitter: number
}

export interface Weather {
  readonly names: readonly SeriesName[]
  /** Voices a day of each series. */
  readonly levels: readonly number[]
  /** As counted at the end of a six-hour piece: everything, and each series. */
  at(look: number): { readonly all: Series; readonly series: readonly Series[] }
}

/** What kinds of series there are, how many voices a day they have, and how far days stray beyond chance. */
interface Climate {
  readonly kinds: readonly SeriesKind[]
  readonly levels: readonly [number, number]
  readonly strays: readonly [number, number]
}

const TOPICS: Climate = {
  kinds: ['topic', 'site', 'product', 'tag', 'topic-site', 'topic-site'],
  levels: [0.15, 60],
  strays: [0.005, 0.12],
}
/** Words of a language: most are rare, and all come in bursts. */
export const WORDS: Climate = { kinds: ['word'], levels: [0.01, 20], strays: [0.05, 0.5] }

/**
 * Series as companies have them: levels from a voice a week to sixty a day, weekly rhythms of everyone's and of their own, trend, days that
 * stray beyond chance and hang together, outages of the feed, days on which everything doubles, and storms where planted.
 */
export function openWeather(
  seed: string,
  count: number,
  days: number,
  planted: readonly Planted[] = [],
  climate: Climate = TOPICS,
): Weather {
  const common = commonDays(openStream(seed, 'common'), days)
  const made = Array.from({ length: count }, (_, index) => {
    const storms = planted.filter(({ series }) => series === index)
    return oneSeries(openStream(seed, 'series', index), index, common, storms, climate)
  })
  const names = made.map(({ name }) => name)
  const all = { said: totals(made.map(({ said }) => said)), bad: totals(made.map(({ bad }) => bad)) }
  const window = (name: SeriesName, from: { said: Uint16Array; bad: Uint16Array }, look: number): Series => ({
    ...name,
    counts: byDay(from.said, look),
    bad: byDay(from.bad, look),
  })
  return {
    names,
    levels: made.map(({ level }) => level),
    at: (look) => ({
      all: window({ kind: 'all', key: '', site: '' }, all, look),
      series: made.map((each, index) => window(names[index]!, each, look)),
    }),
  }
}

const WEEK = [1, 0.95, 0.95, 1, 1.1, 1.25, 0.8]
const HOURS = [0.1, 0.35, 0.35, 0.2]

function commonDays(draw: Draw, days: number): Float64Array {
  const weekend = between(draw, 0.5, 1.2)
  const yearly = between(draw, 0, 0.15)
  const factors = Float64Array.from({ length: days }, (_, day) => {
    const week = WEEK[day % 7]! * (day % 7 > 4 ? weekend : 1)
    return week * (1 + yearly * Math.sin((day / 365) * 2 * Math.PI)) * (1 + 0.08 * normal(draw))
  })
  for (let day = 0; day < days; day += 1) {
    if (chance(draw, 1 / 60)) factors[day] = 0
    else if (chance(draw, 1 / 90)) factors[day]! *= 2
  }
  return factors.map((factor) => Math.max(0, factor))
}

function oneSeries(
  draw: Draw,
  index: number,
  common: Float64Array,
  storms: readonly Planted[],
  { kinds, levels, strays }: Climate,
) {
  const kind = pick(draw, kinds)
  const name = { kind, key: `k${index}`, site: kind === 'topic-site' ? `s${index % 40}` : '' }
  const level = Math.exp(between(draw, Math.log(levels[0]), Math.log(levels[1])))
  const trend = between(draw, -0.4, 0.6) / 365
  const stray = Math.exp(between(draw, Math.log(strays[0]), Math.log(strays[1])))
  const own = Array.from({ length: 7 }, () => between(draw, 0.8, 1.25))
  const share = between(draw, 0.08, 0.5)
  const said = new Uint16Array(common.length * LOOKS_A_DAY)
  const bad = new Uint16Array(said.length)
  let mood = 0
  for (let day = 0; day < common.length; day += 1) {
    // A third of what makes a day busy is still there the next day.
    mood = 0.33 * mood + Math.sqrt(1 - 0.33 ** 2) * normal(draw)
    const busy = Math.exp(Math.sqrt(Math.log(1 + stray)) * mood - Math.log(1 + stray) / 2)
    const storm = storms.find(({ from, days }) => day >= from && day < from + days)
    const times = storm === undefined ? 1 : timesOn(storm, day)
    const rate = level * common[day]! * (1 + trend * day) * own[day % 7]! * busy * times
    const bitter = Math.min(0.95, Math.max(0.02, share + 0.03 * normal(draw) + (storm?.bitter ?? 0)))
    for (let piece = 0; piece < LOOKS_A_DAY; piece += 1) {
      const voices = poisson(draw, rate * HOURS[piece]!)
      said[day * LOOKS_A_DAY + piece] = voices
      for (let voice = 0; voice < voices; voice += 1)
        if (chance(draw, bitter)) bad[day * LOOKS_A_DAY + piece]! += 1
    }
  }
  return { name, level, said, bad }
}

function timesOn({ from, days, times, slow }: Planted, day: number): number {
  return slow ? 1 + ((times - 1) * (day - from + 1)) / days : times
}

function byDay(pieces: Uint16Array, look: number): Float64Array {
  return Float64Array.from({ length: DAYS }, (_, day) => {
    let total = 0
    for (let piece = 1; piece <= LOOKS_A_DAY; piece += 1)
      total += pieces[look - day * LOOKS_A_DAY - piece] ?? 0
    return total
  })
}

function totals(all: readonly Uint16Array[]): Uint16Array {
  return Uint16Array.from(all[0] ?? [], (_, piece) => all.reduce((sum, each) => sum + each[piece]!, 0))
}

function normal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
}

function poisson(draw: Draw, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(draw)))
  const edge = Math.exp(-mean)
  let [product, count] = [draw(), 0]
  while (product > edge) {
    product *= draw()
    count += 1
  }
  return count
}
