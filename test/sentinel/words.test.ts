import { describe, expect, it, test } from 'vitest'
import { openSegmenter } from '../../src/main/segmenter.ts'
import { look } from '../../src/sentinel/detect.ts'
import { withWords } from '../../src/sentinel/merge.ts'
import { DAYS, type Series } from '../../src/sentinel/series.ts'
import { isOwnWord, risingWords } from '../../src/sentinel/words.ts'

const TERMS = { least: 8, falsePerMonth: 0.5 }
const segmenter = openSegmenter()
const series = (kind: Series['kind'], key: string, of: (day: number) => number): Series => ({
  ...{ kind, key, site: '' },
  counts: Array.from({ length: DAYS }, (_, day) => of(day)),
  bad: new Float64Array(DAYS),
})
const all = series('all', '', () => 200)
const topics = Array.from({ length: 15 }, (_, index) =>
  series('topic', `t${index}`, (day) => 10 + ((day * 7 + index) % 5)),
)
const found = (...words: Series[]) =>
  look(all, topics, TERMS, { series: words, of: 20_000 }).rises.map(
    ({ series: { key }, days }) => `${key} ${days}`,
  )

describe('words that stand in no list', () => {
  it('storms when thirty people say what hardly anybody said', () => {
    expect(found(series('word', '异响', (day) => (day === 0 ? 30 : Number(day % 20 === 3))))).toEqual([
      '异响 1',
    ])
    expect(found(series('word', 'seatbelt', (day) => (day === 0 ? 30 : 0)))).toEqual(['seatbelt 1'])
  })

  it('storms on its first day where only half as many of the thirty have come by then', () => {
    expect(found(series('word', '漏油', (day) => (day === 0 ? 13 : Number(day === 40))))).toEqual(['漏油 1'])
  })

  it('needs more people than a topic, and more than a usual word has on a loud day', () => {
    expect(found(series('word', '香薰', (day) => (day === 0 ? 11 : 0)))).toEqual([])
    expect(found(series('word', '保养', (day) => (day === 0 ? 26 : 10 + ((day * 5) % 7))))).toEqual([])
  })

  it('is counted where more say it now than before, the clearest first', () => {
    const counts = [
      { term: '的', now: 900, bad: 270, before: 4_600, badBefore: 1_380 },
      { term: '异响', now: 30, bad: 9, before: 2, badBefore: 1 },
      { term: '漏水', now: 12, bad: 4, before: 0, badBefore: 0 },
      { term: '刹车', now: 40, bad: 12, before: 200, badBefore: 60 },
    ]
    expect(risingWords(counts, { now: 1_000, before: 5_000 })).toEqual(['异响', '漏水'])
  })

  it('is counted, and storms, where it is said as often as before and far more bitterly', () => {
    const counts = [
      { term: '的', now: 900, bad: 270, before: 4_600, badBefore: 1_380 },
      { term: '保养', now: 70, bad: 38, before: 350, badBefore: 70 },
      { term: '等待', now: 70, bad: 49, before: 350, badBefore: 245 },
    ]
    expect(risingWords(counts, { now: 1_000, before: 5_000 })).toEqual(['保养'])
    const ofThem = (each: Series, part: (day: number) => number): Series => ({
      ...each,
      bad: Array.from(each.counts, (count, day) => Math.round(count * part(day))),
    })
    const word = ofThem(
      series('word', '保养', () => 15),
      (day) => (day < 3 ? 0.8 : 0.2),
    )
    const [everything, ...others] = [all, ...topics].map((each) => ofThem(each, () => 0.2))
    const { rises } = look(everything!, others, TERMS, { series: [word], of: 20_000 })
    expect(rises.map(({ series: { key }, what }) => [key, what])).toEqual([['保养', 'negative']])
  })
})

test('a word is of a storm that explains it, and joins no two of them', () => {
  const told = (kind: Series['kind'], key: string, from: number, to: number) => ({
    rise: {
      series: series(kind, key, () => 0),
      what: 'volume' as const,
      days: 1,
      excess: to - from,
      chance: 1e-9,
    },
    voices: new Set(Array.from({ length: to - from }, (_, index) => String(from + index))),
  })
  const storm = (topic: string, from: number, to: number) => ({
    storm: told('topic', topic, from, to),
    also: [],
  })
  const words = [told('word', '等', 5, 35), told('word', '安全带', 100, 120), told('word', '安全', 100, 121)]
  const storms = withWords([storm('service', 0, 40), storm('price', 38, 60)], words)
  expect(
    storms.map(({ storm: { rise }, also }) => [rise.series.key, also.map((each) => each.rise.series.key)]),
  ).toEqual([
    ['service', ['等']],
    ['price', []],
    ['安全带', ['安全']],
  ])
})

describe('whose word it is', () => {
  const heard = (texts: readonly string[], name: string | null = null) =>
    texts.map((text) => ({ text, name }))
  const own = ['刹车有异响', '过坎异响很大', 'there is 异响', '异响修了没好']

  it('is people’s where each says it in their own way', () => {
    expect(isOwnWord('异响', heard(own), [], segmenter)).toBe(true)
    expect(isOwnWord('seatbelt', heard(['My seatbelts stick.', 'Seatbelt again!']), [], segmenter)).toBe(true)
  })

  it('is not where a mail or a text that is passed on says it', () => {
    const mails = Array.from(
      { length: 9 },
      (_, no) => `挺好。您的工单${no}已由异响小组处理！${own[no % 4]!.slice(0, 1)}`,
    )
    expect(isOwnWord('异响', heard(mails), [], segmenter)).toBe(false)
  })

  it('is not where it is a name: of who speaks, of the team, of a store', () => {
    expect(isOwnWord('小明', heard(['问小明', '小明好', '谢谢小明'], '王小明'), [], segmenter)).toBe(false)
    expect(isOwnWord('summer', heard(['hi, summer here', 'summer again'], 'Summer Lee'), [], segmenter)).toBe(
      false,
    )
    expect(
      isOwnWord('hongqiao', heard(['at Hongqiao', 'Hongqiao was fine']), ['Hongqiao Center'], segmenter),
    ).toBe(false)
  })
})
