import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addFeedCounts, FEED_DAYS, type FeedCount, feedCounts } from '../../src/features/feed-counts.ts'
import { feedHealth, unhealthyKinds } from '../../src/features/feed-health.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import { AS_OF, DAY, factsOf, randomFacts, randomRows } from '../timeline/random-rows.ts'

/** Deterministic noise in [0, 1). */
function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function poisson(mean: number, next: () => number): number {
  if (mean > 40) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  let [count, left] = [0, next()]
  while (left > Math.exp(-mean)) {
    count += 1
    left *= next()
  }
  return count
}

/** A feed of so many events a day on average, with its own week; oldest day first. */
function feed(rate: number, seed: number, days: number): number[] {
  const next = noise(seed)
  const week = Array.from({ length: 7 }, (_, day) => (seed % 3 === 0 && day === 0 ? 0 : 0.3 + 1.4 * next()))
  return Array.from({ length: days }, (_, day) => poisson(rate * week[day % 7]!, next))
}

/** What is known of it at the end of a day. */
function seenAt(series: readonly number[], end: number): FeedCount {
  const until = series.slice(0, end)
  const quiet = until.length - 1 - until.findLastIndex((count) => count > 0)
  return {
    days: Float64Array.from({ length: FEED_DAYS }, (_, day) => until[end - 1 - day] ?? 0),
    newest: AS_OF - (quiet + 0.5) * DAY,
    since: AS_OF - end * DAY,
    total: until.reduce((sum, count) => sum + count, 0),
  }
}

const health = (series: readonly number[], end = series.length) =>
  feedHealth(new Map([['login', seenAt(series, end)]]), AS_OF)

const rates = [0.05, 0.3, 1, 3, 10, 40, 300, 5_000]
const HEALTHY = 200

describe('noise is not an outage', () => {
  test('on Poisson noise with a weekly rhythm, fewer than 1 day in 2,000 is called unhealthy', () => {
    let [days, alarms] = [0, 0]
    for (const rate of rates) {
      for (let seed = 1; seed <= 12; seed += 1) {
        const series = feed(rate, seed, HEALTHY + 60)
        for (let end = HEALTHY; end <= series.length; end += 1) {
          days += 1
          alarms += health(series, end).length
        }
      }
    }
    expect(days).toBeGreaterThan(5_000)
    expect(alarms / days).toBeLessThan(1 / 2_000)
  })

  test.each<[string, number[]]>([
    ['a batch once a month', Array.from({ length: 240 }, (_, day) => (day % 30 === 3 ? 500 : 0))],
    ['a batch once a week', Array.from({ length: 240 }, (_, day) => (day % 7 === 2 ? 900 : 0))],
    ['closed at weekends', Array.from({ length: 240 }, (_, day) => (day % 7 >= 5 ? 0 : 80))],
    [
      'something that happens three times a year',
      Array.from({ length: 240 }, (_, day) => (day % 110 === 7 ? 1 : 0)),
    ],
    [
      'one import of a million rows long ago',
      Array.from({ length: 240 }, (_, day) => (day === 180 ? 1e6 : 5 + (day % 3))),
    ],
    [
      'half a year empty, and hardly anything before',
      [
        ...Array.from({ length: 300 }, (_, day) => (day % 60 === 0 ? 1 : 0)),
        ...Array.from({ length: 200 }, () => 0),
      ],
    ],
    ['three weeks old', Array.from({ length: 21 }, () => 100)],
  ])('%s', (_, series) => {
    for (let end = Math.max(20, series.length - 35); end <= series.length; end += 1)
      expect(health(series, end)).toEqual([])
  })
})

describe('a feed that breaks is named', () => {
  test('dead: within 8 days and the time of 24 events, and never before two days', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(3, 10, 40, 300, 5_000),
        fc.integer({ min: 1, max: 10 ** 6 }),
        (rate, seed) => {
          const alive = feed(rate, seed, HEALTHY)
          const within = Math.max(2, Math.ceil((2 * 12) / rate) + 6)
          const dead = [...alive, ...Array.from({ length: within }, () => 0)]
          // A thin feed may have been silent on its last day, too: that day counts.
          const last = alive.findLastIndex((count) => count > 0)
          expect(health(dead, last + 2).filter(({ state }) => state === 'stale')).toEqual([])
          expect(health(dead)[0]).toMatchObject({ kind: 'login', state: 'stale', came: 0 })
        },
      ),
    )
  })

  test('dead, and it stays named for as long as it is dead', () => {
    const dead = [...feed(50, 5, HEALTHY), ...Array.from({ length: 400 }, () => 0)]
    for (let end = HEALTHY + 2; end <= dead.length; end += 1) {
      expect(health(dead, end)[0]?.state).toBe('stale')
    }
  })

  test('down to a fifth: within ten days', () => {
    fc.assert(
      fc.property(fc.constantFrom(30, 300, 5_000), fc.integer({ min: 1, max: 10 ** 6 }), (rate, seed) => {
        const alive = feed(rate, seed, HEALTHY + 10)
        const low = alive.map((count, day) => (day < HEALTHY ? count : Math.floor(count / 5)))
        expect(health(low)[0]).toMatchObject({ state: 'collapsed' })
      }),
    )
  })

  test('a second outage is named although there was one before', () => {
    const gap = Array.from({ length: 20 }, () => 0)
    expect(health([...feed(50, 7, 160), ...gap, ...feed(50, 8, 60), 0, 0, 0])[0]?.state).toBe('stale')
  })

  test('a source that is always three days late is not', () => {
    const late = [...feed(50, 9, HEALTHY), 0, 0, 0]
    const counts = new Map([['login', seenAt(late, late.length)]])
    expect(feedHealth(counts, AS_OF)).toHaveLength(1)
    expect(feedHealth(counts, AS_OF, { lag: new Map([['login', 3]]) })).toEqual([])
  })

  test('with a reason in words', () => {
    const labels = new Map([['login', { zh: '登录 App', en: 'app login' }]])
    const of = (series: number[]) =>
      feedHealth(new Map([['login', seenAt(series, series.length)]]), AS_OF, { labels })[0]?.reason
    const steady = Array.from({ length: HEALTHY }, () => 420)
    expect(of([...steady, 0, 0, 0])).toEqual({
      zh: '“登录 App”已有 3 天没有新记录，平时每天约 420 条。',
      en: 'No "app login" records for 3 days; usually about 420 a day.',
    })
    expect(of([...steady, 20, 20, 20])).toEqual({
      zh: '“登录 App”近 3 天只有 60 条，平时同期约 1260 条。',
      en: 'Only 60 "app login" records in the last 3 days; usually about 1260.',
    })
    const few = Array.from({ length: HEALTHY }, () => 3)
    expect(of([...few, 0, 0, 0])).toEqual({
      zh: '“登录 App”近 3 天一条也没有，平时同期约 9 条。',
      en: 'No "app login" records in the last 3 days; usually about 9.',
    })
    expect(of([...few, 0, 0, 0, 0, 0, 0, 1])?.en).toBe(
      'Only 1 "app login" record in the last 7 days; usually about 21.',
    )
    const rare = Array.from({ length: HEALTHY }, (_, day) => (day % 3 === 0 ? 1 : 0))
    expect(of([...rare, ...Array.from({ length: 60 }, () => 0)])?.en).toContain('usually about 2 a week')
  })
})

test('daily counts are those of the columns, whatever lies after asOf', () => {
  fc.assert(
    fc.property(randomFacts, randomRows, (facts, rows) => {
      const columns = buildTimeline(facts, rows)
      const counts = feedCounts(columns, AS_OF)
      const known = rows.filter(({ customer, at }) => at < AS_OF && facts.some(({ id }) => id === customer))
      expect([...counts.keys()].sort()).toEqual([...new Set(known.map(({ kind }) => kind))].sort())
      for (const [kind, { days, newest, total }] of counts) {
        const own = known.filter((row) => row.kind === kind).map(({ at }) => at)
        expect([newest, total]).toEqual([Math.max(...own), own.length])
        const inDay = (day: number) =>
          own.filter((at) => at >= AS_OF - (day + 1) * DAY && at < AS_OF - day * DAY).length
        expect([...days]).toEqual(Array.from({ length: FEED_DAYS }, (_, day) => inDay(day)))
      }
    }),
    { numRuns: 50 },
  )
})

test('the unhealthy kinds are a set for those who judge silence', () => {
  const visits = Array.from({ length: 40 }, (_, day) =>
    Array.from({ length: 10 }, (_, hour) => ({
      customer: 'ada',
      kind: 'visit',
      at: AS_OF - (day + 5) * DAY - hour * 3_600_000,
      id: `${day}-${hour}`,
    })),
  ).flat()
  const logins = visits.map((row) => ({ ...row, kind: 'login', at: row.at + 5 * DAY - 1, id: `l${row.id}` }))
  const columns = buildTimeline([factsOf('ada', 1)], [...visits, ...logins])
  expect([...unhealthyKinds(feedHealth(feedCounts(columns, AS_OF), AS_OF))]).toEqual(['visit'])
})

test('counts of parts of the customers add up to the counts of all', () => {
  fc.assert(
    fc.property(randomFacts, randomRows, fc.nat(6), (facts, rows, cut) => {
      const part = (some: typeof facts) => feedCounts(buildTimeline(some, rows), AS_OF)
      const sums = addFeedCounts([part(facts.slice(0, cut)), part(facts.slice(cut))])
      expect(new Map([...sums].sort())).toEqual(new Map([...part(facts)].sort()))
    }),
  )
})
