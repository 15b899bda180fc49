import { type Look, look, type Terms } from '../../src/sentinel/detect.ts'
import { DAYS, type Series, sumOf } from '../../src/sentinel/series.ts'
import { risingWords } from '../../src/sentinel/words.ts'
import { type Figure, figure, type Options } from '../figures.ts'
import { LOOKS_A_DAY, openWeather, type Planted, type Weather, WORDS } from '../sentinel/weather.ts'

const MONTH = 30
const WEEK = 7
/** Series beside the words, from which the common day is told. */
const OTHERS = 60
/** People who say a planted word on each of its days, and how rare it was before. */
const PEOPLE = 30
const RARE = 0.5

/** How often a word is said a day that can be told to have turned bitter, and how much. */
const BITTER = { level: 12, bitter: 0.4, days: 4 }

/**
 * A year of words in which nothing happens, one in which words that hardly anybody used are on many lips, and one in which words
 * are said as ever and more bitterly.
 */
export function wordFigures({ quick, seed }: Options, terms: Terms): Figure[] {
  const [words, months] = quick ? [200, 1] : [1_000, 12]
  const days = DAYS + months * MONTH
  const others = openWeather(`${seed} beside words`, OTHERS, days)
  const quiet = openWeather(`${seed} words`, words, days, [], WORDS)
  const rare = quiet.levels.flatMap((level, index) => (level < RARE ? [index] : []))
  const planted = rare.slice(0, months * 4).map((series, index): Planted => {
    const from = DAYS + Math.floor((index * months * MONTH) / (months * 4))
    return { series, from, days: 3, times: PEOPLE / quiet.levels[series]!, slow: false, bitter: 0 }
  })
  const loud = openWeather(`${seed} words`, words, days, planted, WORDS)
  const waits = planted.map((each) => waitFor(others, loud, each, terms))
  const usual = quiet.levels.flatMap((level, index) => (level >= BITTER.level ? [index] : []))
  const turned = usual.slice(0, months * 4).map((series, index): Planted => {
    const from = DAYS + Math.floor((index * months * MONTH) / (months * 4))
    return { series, from, days: BITTER.days, times: 1, slow: false, bitter: BITTER.bitter }
  })
  const bitter = openWeather(`${seed} words`, words, days, turned, WORDS)
  const bitterWaits = turned.map((each) => waitFor(others, bitter, each, terms))
  return [
    figure(
      'sentinel.words.false_per_month_1000',
      (falseOnes(others, quiet, days, terms) / months / words) * 1_000,
      'storms',
      '<1',
    ),
    figure('sentinel.words.planted', waits.length, 'storms'),
    figure(
      'sentinel.words.within_day',
      waits.filter((wait) => wait <= 1).length / waits.length,
      'share',
      quick ? null : '>=0.85',
    ),
    figure('sentinel.words.bitter.planted', bitterWaits.length, 'storms'),
    figure(
      'sentinel.words.bitter.found',
      bitterWaits.filter((wait) => wait <= BITTER.days).length / bitterWaits.length,
      'share',
    ),
  ]
}

function falseOnes(others: Weather, words: Weather, days: number, terms: Terms): number {
  const latest = new Map<string, number>()
  let storms = 0
  for (let at = DAYS * LOOKS_A_DAY; at <= days * LOOKS_A_DAY; at += 1) {
    for (const { series, what } of wordRises(others, words, at, terms)) {
      const name = `${series.key} ${what}`
      if (at - (latest.get(name) ?? -1_000) > 3 * LOOKS_A_DAY) storms += 1
      latest.set(name, at)
    }
  }
  return storms
}

/** Days until the word is seen. */
function waitFor(others: Weather, words: Weather, { series, from, days }: Planted, terms: Terms): number {
  const { key } = words.names[series]!
  for (let piece = 1; piece <= days * LOOKS_A_DAY; piece += 1) {
    const rises = wordRises(others, words, from * LOOKS_A_DAY + piece, terms)
    if (rises.some((rise) => rise.series.key === key)) return piece / LOOKS_A_DAY
  }
  return Number.POSITIVE_INFINITY
}

/** As the store chooses them: said by enough people, and by more than before or more bitterly. */
function wordRises(others: Weather, words: Weather, at: number, terms: Terms): Look['rises'] {
  const { all, series } = others.at(at)
  const { series: said } = words.at(at)
  const counts = said.flatMap((each) => {
    const [now, bad] = [sumOf(each.counts, WEEK), sumOf(each.bad, WEEK)]
    const [before, badBefore] = [sumOf(each.counts, DAYS) - now, sumOf(each.bad, DAYS) - bad]
    return now < terms.least ? [] : [{ term: each.key, now, bad, before, badBefore }]
  })
  const chosen = new Set(risingWords(counts, { now: WEEK, before: DAYS - WEEK }))
  const rising: readonly Series[] = said.filter(({ key }) => chosen.has(key))
  if (rising.length === 0) return []
  return look(all, series, terms, { series: rising, of: said.length }).rises.filter(
    ({ series: { kind } }) => kind === 'word',
  )
}
