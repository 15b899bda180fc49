import { type Look, look, type Terms } from '../../src/sentinel/detect.ts'
import { DAYS, nameOf, type Series } from '../../src/sentinel/series.ts'
import { type Figure, figure, type Measurement, type Options } from '../figures.ts'
import { LOOKS_A_DAY, openWeather, type Planted, type Weather } from '../sentinel/weather.ts'
import { wordFigures } from './signals-sentinel-words.ts'

const TERMS: Terms = { least: 8, falsePerMonth: 0.5 }
/** Days the series have before the first look that counts. */
const BEFORE = DAYS
const MONTH = 30

/** The storms that are planted, and how loud a series usually is where such a one can be told from chance. */
const STORMS: readonly {
  readonly name: string
  readonly planted: Omit<Planted, 'series' | 'from'>
  readonly level: number
  readonly target: string | null
}[] = [
  { name: 'times4', planted: { days: 4, times: 4, slow: false, bitter: 0 }, level: 10, target: '>=0.85' },
  { name: 'times2_5', planted: { days: 4, times: 2.5, slow: false, bitter: 0 }, level: 30, target: '>=0.55' },
  { name: 'small_times6', planted: { days: 4, times: 6, slow: false, bitter: 0 }, level: 3, target: null },
  { name: 'slow_times4', planted: { days: 12, times: 4, slow: true, bitter: 0 }, level: 10, target: null },
  { name: 'bitter', planted: { days: 4, times: 1, slow: false, bitter: 0.4 }, level: 45, target: '>=0.7' },
  { name: 'bitter_quiet', planted: { days: 4, times: 1, slow: false, bitter: 0.4 }, level: 25, target: null },
]

/** What `--only` runs alone. */
const PARTS: Readonly<Record<string, (options: Options) => Figure[]>> = {
  calm: falseStorms,
  planted: (options) => STORMS.flatMap((storm) => found(options, storm)),
  words: (options) => wordFigures(options, TERMS),
}

/** Storms planted into generated weather: how many are found within a day, and how many there are that nobody planted. */
export const sentinelFigures: Measurement = async (options) => ({
  figures: Object.entries(PARTS).flatMap(([name, figuresOf]) =>
    options.only === undefined || options.only === name ? figuresOf(options) : [],
  ),
})

function falseStorms({ quick, seed }: Options): Figure[] {
  const [series, months] = quick ? [60, 1] : [1_000, 12]
  const days = months * MONTH
  const weather = openWeather(`${seed} calm`, series, BEFORE + days)
  const latest = new Map<string, number>()
  let storms = 0
  let common = 0
  for (let at = BEFORE * LOOKS_A_DAY; at <= (BEFORE + days) * LOOKS_A_DAY; at += 1) {
    for (const rise of lookAt(weather, at).rises) {
      const name = `${nameOf(rise.series)} ${rise.what}`
      // The same storm until it was calm for three days.
      if (at - (latest.get(name) ?? -1_000) > 3 * LOOKS_A_DAY) {
        if (rise.series.kind === 'all') common += 1
        else storms += 1
      }
      latest.set(name, at)
    }
  }
  return [
    figure('sentinel.series', series, 'series'),
    figure('sentinel.months', months, 'months'),
    figure('sentinel.false_per_month_1000', (storms / months / series) * 1_000, 'storms', '<1'),
    // Days on which everything doubles are planted, and one storm each.
    figure('sentinel.common_per_month', common / months, 'storms'),
  ]
}

function found({ quick, seed }: Options, storm: (typeof STORMS)[number]): Figure[] {
  const rounds = quick ? 1 : 20
  const [series, atOnce] = quick ? [60, 2] : [200, 4]
  const waits: number[] = []
  const longest = storm.planted.days
  for (let round = 0; round < rounds; round += 1) {
    const name = `${seed} ${storm.name} ${round}`
    const from = BEFORE + (round % 7)
    const days = from + longest + 1
    // Levels do not depend on what is planted.
    const { levels } = openWeather(name, series, 1)
    const chosen = levels.flatMap((level, index) => (level >= storm.level ? [index] : [])).slice(0, atOnce)
    const planted = chosen.map((index): Planted => ({ ...storm.planted, series: index, from }))
    const weather = openWeather(name, series, days, planted)
    waits.push(...waitsFor(weather, chosen, from, longest))
  }
  const within = (limit: number) => waits.filter((wait) => wait <= limit).length / waits.length
  const id = `sentinel.${storm.name}`
  return [
    figure(`${id}.planted`, waits.length, 'storms'),
    figure(`${id}.within_day`, within(1), 'share', quick ? null : storm.target),
    figure(`${id}.found`, within(longest), 'share'),
  ]
}

/** Days from the storms' beginning to the first look that sees each. */
function waitsFor(weather: Weather, chosen: readonly number[], from: number, days: number): number[] {
  const seen = new Map<string, number>()
  for (let piece = 1; piece <= days * LOOKS_A_DAY; piece += 1) {
    for (const { series } of lookAt(weather, from * LOOKS_A_DAY + piece).rises)
      if (!seen.has(nameOf(series))) seen.set(nameOf(series), piece / LOOKS_A_DAY)
  }
  return chosen.map((index) => seen.get(nameOf(weather.names[index]!)) ?? Number.POSITIVE_INFINITY)
}

function lookAt(weather: Weather, at: number): Look {
  const { all, series } = weather.at(at)
  const heard: readonly Series[] = series.filter(({ counts }) =>
    Array.from(counts).some((count) => count > 0),
  )
  return look(all, heard, TERMS)
}
