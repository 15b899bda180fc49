import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Aggregate } from '../../src/features/feature.ts'
import { featureList } from '../../src/features/feature-list.ts'
import { computeFeatures, computeFeaturesAt, featuresOf } from '../../src/features/kernel.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { AS_OF, CUSTOMERS, DAY, factsOf, randomFacts, randomRows } from '../timeline/random-rows.ts'
import { naiveAggregate } from './naive.ts'
import { isClose, randomAggregates } from './random-aggregates.ts'
import { smallProfile } from './small-profile.ts'

const listOf = (aggregates: Aggregate[]) => featureList(smallProfile({ aggregates }))

describe('the kernel', () => {
  test('equals the definition of every aggregate, customer by customer', () => {
    fc.assert(
      fc.property(randomFacts, randomRows, randomAggregates, (facts, rows, aggregates) => {
        const columns = buildTimeline(facts, rows)
        const known = rows.filter(({ customer }) => facts.some(({ id }) => id === customer))
        const matrix = computeFeatures(listOf(aggregates), columns, AS_OF)
        columns.facts.forEach(({ id }, customer) => {
          for (const aggregate of aggregates) {
            const got = matrix.row(customer)[matrix.index.get(aggregate.name)!]!
            const wanted = naiveAggregate(aggregate, known, id, AS_OF)
            if (!isClose(got, wanted))
              throw new Error(`${id} ${JSON.stringify(aggregate)}: ${got}, not ${wanted}`)
          }
        })
      }),
      { numRuns: 300 },
    )
  })

  test('sees nothing at or after asOf', () => {
    fc.assert(
      fc.property(randomFacts, randomRows, randomAggregates, (facts, rows, aggregates) => {
        const before = rows.filter(({ at }) => at < AS_OF)
        const list = listOf(aggregates)
        const blind = computeFeatures(list, buildTimeline(facts, before), AS_OF)
        const seeing = computeFeatures(list, buildTimeline(facts, rows), AS_OF)
        expect(seeing.values).toEqual(blind.values)
      }),
    )
  })

  test('says the same as of several dates at once, also over memory it filled before', () => {
    const dates = fc.uniqueArray(fc.integer({ min: -20, max: 400 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(randomFacts, randomRows, randomAggregates, dates, (facts, rows, aggregates, days) => {
        const columns = buildTimeline(facts, rows)
        const list = listOf(aggregates)
        const asOfs = days.map((day) => AS_OF - day * DAY)
        const memory = new Float64Array(columns.size * list.names.length * asOfs.length).fill(7)
        const apart = asOfs.map((asOf) => computeFeatures(list, columns, asOf).values)
        expect(computeFeaturesAt(list, columns, asOfs).map(({ values }) => values)).toEqual(apart)
        expect(computeFeaturesAt(list, columns, asOfs, memory).map(({ values }) => values)).toEqual(apart)
      }),
    )
  })

  test('does not care in which order rows of the same instant arrive', () => {
    const shuffled = randomRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(
      fc.property(randomFacts, shuffled, randomAggregates, (facts, [rows, other], aggregates) => {
        const list = listOf(aggregates)
        const one = computeFeatures(list, buildTimeline(facts, rows), AS_OF)
        const two = computeFeatures(list, buildTimeline(facts, other), AS_OF)
        expect(two.values).toEqual(one.values)
      }),
    )
  })

  test('computes one customer by the same code as everyone', () => {
    const list = listOf([
      { name: 'visits', fn: 'count', kind: 'visit' },
      { name: 'spend', fn: 'sum', kind: 'visit', measure: 'amount', from: 90 },
    ])
    const facts = Array.from({ length: 4_500 }, (_, index) => factsOf(`c${index}`, index + 1))
    const rows = facts.flatMap(({ id }, index) =>
      Array.from({ length: index % 5 }, (_, row) => visit(id, row * 40, index + row)),
    )
    const columns = buildTimeline(facts, rows)
    const matrix = computeFeatures(list, columns, AS_OF)
    for (const customer of [0, 1, 1_999, 2_000, 4_499]) {
      expect(featuresOf(list, columns, customer, AS_OF)).toEqual(matrix.row(customer))
    }
  })
})

describe('windows', () => {
  const visits = (from: number | undefined, to: number | undefined) =>
    listOf([
      {
        name: 'visits',
        fn: 'count',
        kind: 'visit',
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    ])
  const count = (daysBefore: number, from?: number, to?: number) => {
    const other = visit('bo', 1_000)
    const columns = buildTimeline([factsOf('ada', 1), factsOf('bo', 2)], [visit('ada', daysBefore), other])
    return featuresOf(visits(from, to), columns, 0, AS_OF).at(-1)
  }

  test.each([
    ['opens at exactly `from` days before', 90, 90, undefined, 1],
    ['not a moment earlier', 90.001, 90, undefined, 0],
    ['closes just before `to` days', 30, 90, 30, 0],
    ['the moment before is inside', 30.001, 90, 30, 1],
    ['asOf itself is outside', 0, undefined, undefined, 0],
    ['without `from` it reaches back to the beginning', 9_999, undefined, undefined, 1],
  ])('%s', (_, daysBefore, from, to, wanted) => {
    expect(count(daysBefore, from, to)).toBe(wanted)
  })
})

test('a value far away and before the window takes no digit from the spread inside it', () => {
  const list = listOf([
    { name: 'visits', fn: 'count', kind: 'visit' },
    { name: 'spread', fn: 'spread', kind: 'visit', measure: 'amount', from: 90 },
  ])
  const rows = [visit('ada', 100, 1e12), visit('ada', 2, 0), visit('ada', 1, 0.6)]
  const columns = buildTimeline([factsOf('ada', 1)], rows)
  expect(featuresOf(list, columns, 0, AS_OF).at(-1)).toBeCloseTo(0.6 / Math.SQRT2, 12)
})

describe('unknown and zero', () => {
  const list = listOf([
    { name: 'logins', fn: 'count', kind: 'login' },
    { name: 'spend', fn: 'sum', kind: 'visit', measure: 'amount' },
    { name: 'spread', fn: 'spread', kind: 'visit', measure: 'amount' },
  ])
  const features = (rows: TimelineRow[]) => {
    const row = featuresOf(
      list,
      buildTimeline(
        CUSTOMERS.map((id, index) => factsOf(id, index + 1)),
        rows,
      ),
      0,
      AS_OF,
    )
    return Object.fromEntries(list.names.map((name, index) => [name, row[index]]))
  }

  test('a kind nobody ever had is not measured; one that others had is zero', () => {
    expect(features([visit('bo', 3)])).toMatchObject({ logins: Number.NaN, spend: 0 })
    expect(features([{ ...visit('bo', 3), kind: 'login' }])).toMatchObject({ logins: 0, spend: Number.NaN })
    expect(features([{ ...visit('bo', -3), kind: 'login' }])).toMatchObject({ logins: Number.NaN })
  })

  test('visits without an amount make the spend unknown, not zero', () => {
    expect(features([{ ...visit('ada', 3), amount: null }, visit('bo', 1)])).toMatchObject({
      spend: Number.NaN,
    })
  })

  test('the spread of large, close amounts keeps its digits', () => {
    const large = 9_000_000_000_000
    const rows = [large, large + 2, large + 4].map((amount, index) => visit('ada', 10 - index, amount))
    expect(features(rows)).toMatchObject({ spread: 2 })
  })
})

function visit(customer: string, daysBefore: number, amount = 100): TimelineRow {
  return {
    customer,
    kind: 'visit',
    at: AS_OF - daysBefore * DAY,
    id: `${customer}-${daysBefore}-${amount}`,
    amount,
  }
}
