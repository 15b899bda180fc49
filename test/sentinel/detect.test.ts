import { describe, expect, it } from 'vitest'
import { type Look, look, threshold } from '../../src/sentinel/detect.ts'
import { DAYS, type Series } from '../../src/sentinel/series.ts'

const TERMS = { least: 8, falsePerMonth: 0.5 }
const WEEK = [10, 9, 9, 10, 11, 14, 6]

/** Day 0 is today; `of` gives a day's voices and negative ones. */
function made(key: string, of: (day: number) => readonly [number, number]): Series {
  const days = Array.from({ length: DAYS }, (_, day) => of(day))
  return {
    ...{ kind: 'topic', key, site: '' },
    counts: days.map(([said]) => said),
    bad: days.map(([, bad]) => bad),
  }
}

/** A little unrest that is the same every time. */
const jitter = (day: number, index: number): number => ((day * 31 + index * 17) % 5) - 2
const calm = (index: number) =>
  made(`t${index}`, (day) => {
    const said = Math.max(0, WEEK[day % 7]! + jitter(day, index))
    return [said, Math.round(said / 4)]
  })

function seen(series: readonly Series[]): Look {
  const total = (pick: (each: Series) => ArrayLike<number>) =>
    Array.from({ length: DAYS }, (_, day) => series.reduce((sum, each) => sum + pick(each)[day]!, 0))
  const all = {
    kind: 'all',
    key: '',
    site: '',
    counts: total((s) => s.counts),
    bad: total((s) => s.bad),
  } as const
  return look(all, series, TERMS)
}

const others = Array.from({ length: 15 }, (_, index) => calm(index))
const found = (rises: Look['rises']) => rises.map(({ series, what, days }) => `${series.key} ${what} ${days}`)

describe('looking for storms', () => {
  it('finds none in an ordinary week', () => {
    expect(seen(others).rises).toEqual([])
  })

  it('finds a topic that is four times as loud, and says what is usual', () => {
    const loud = made('loud', (day) => [day === 0 ? 40 : WEEK[day % 7]! + jitter(day, 3), 2])
    const view = seen([...others, loud])
    expect(found(view.rises)).toEqual(['loud volume 1'])
    const stand = view.standOf(loud)
    expect(stand.count).toBe(40)
    expect(stand.usual.low).toBeGreaterThan(4)
    expect(stand.usual.high).toBeLessThan(17)
    expect(stand.hot).toEqual({ volume: true, negative: false })
  })

  it('finds one that grows slowly over days', () => {
    const slow = made('slow', (day) => [
      day < 7 ? WEEK[day % 7]! + 2 * (8 - day) : WEEK[day % 7]! + jitter(day, 3),
      2,
    ])
    expect(found(seen([...others, slow]).rises)[0]).toMatch(/^slow volume/)
  })

  it('finds a topic that is as loud as ever and turns bitter', () => {
    const bitter = made('bitter', (day) => [30 + jitter(day, 1), day === 0 ? 26 : 8])
    expect(found(seen([...others, bitter]).rises)).toEqual(['bitter negative 1'])
  })

  it('takes a day on which everything doubles for one storm', () => {
    const twice = others.map((each) => ({
      ...each,
      counts: Array.from(each.counts, (count, day) => (day === 0 ? 2 * count : count)),
    }))
    expect(found(seen(twice).rises)).toEqual([' volume 1'])
  })

  it('hears no storm in those that speak on while half of the feeds stand still', () => {
    const still = others.map((each, index) => {
      const cut = (counts: ArrayLike<number>) =>
        Array.from(counts, (count, day) => (day === 0 && index > 6 ? 0 : count))
      return { ...each, counts: cut(each.counts), bad: cut(each.bad) }
    })
    // Those that still speak are as loud as ever: no storm.
    expect(seen(still).rises).toEqual([])
  })

  it('is not made deaf by an earlier storm', () => {
    const again = made('again', (day) => {
      const storm = day === 0 || (day > 20 && day < 28)
      return [storm ? 45 : WEEK[day % 7]! + jitter(day, 3), 2]
    })
    expect(found(seen([...others, again]).rises)).toEqual(['again volume 1'])
  })

  it('takes what has been loud for a month for the new usual', () => {
    const risen = made('risen', (day) => [(day < 45 ? 4 : 1) * WEEK[day % 7]! + jitter(day, 3), 2])
    expect(seen([...others, risen]).rises).toEqual([])
  })

  it('needs more of a series that was never heard of', () => {
    const fresh = (count: number) => made('fresh', (day) => [day === 0 ? count : 0, 0])
    expect(seen([...others, fresh(12)]).rises).toEqual([])
    expect(found(seen([...others, fresh(200)]).rises)).toContain('fresh volume 1')
  })

  it('says nothing of few voices, or of a company that has only begun', () => {
    const rare = made('rare', (day) => [day === 0 ? 7 : 0, 0])
    expect(seen([...others, rare]).rises).toEqual([])
    const begun = others.map((each, index) => ({
      ...each,
      counts: Array.from(each.counts, (count, day) => (day > 10 ? 0 : day === 0 && index === 0 ? 90 : count)),
    }))
    expect(seen(begun).rises).toEqual([])
    expect(look({ kind: 'all', key: '', site: '', counts: [], bad: [] }, [], TERMS).rises).toEqual([])
  })

  it('asks more of each series where there are many', () => {
    expect(threshold(5_000, TERMS)).toBeCloseTo(threshold(1_000, TERMS) / 5, 12)
    expect(threshold(10, TERMS)).toBe(threshold(1_000, TERMS))
  })
})
