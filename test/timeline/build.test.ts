import { describe, expect, test } from 'vitest'
import { VOICE_PARENTS } from '../../src/features/kind-tree.ts'
import { buildTimeline, columnsBuilder } from '../../src/timeline/build.ts'
import { pageOf } from '../../src/timeline/page.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { AS_OF, factsOf } from './random-rows.ts'

const row = (customer: string, kind: string, at: number, more: Partial<TimelineRow> = {}): TimelineRow => ({
  customer,
  kind,
  at: AS_OF + at,
  id: `${customer}${kind}${at}`,
  ...more,
})

describe('columns', () => {
  test('customers by number, each one oldest first, one block per kind', () => {
    const columns = buildTimeline(
      [factsOf('bo', 7), factsOf('ada', 3)],
      [
        row('bo', 'visit', 5, { amount: 50 }),
        row('ada', 'visit', 9, { amount: 90 }),
        row('ada', 'login', 2),
        row('ada', 'visit', 1),
      ],
    )
    expect(columns.facts.map(({ id }) => id)).toEqual(['ada', 'bo'])
    const visits = columns.blocks.get('visit')!
    expect([...visits.offsets]).toEqual([0, 2, 3])
    expect([...visits.at]).toEqual([AS_OF + 1, AS_OF + 9, AS_OF + 5])
    expect([...visits.measures.get('amount')!]).toEqual([Number.NaN, 90, 50])
    expect(visits.since).toBe(AS_OF + 1)
    expect([...columns.blocks.get('login')!.offsets]).toEqual([0, 1, 1])
    expect(columns.blocks.get('login')!.measures.size).toBe(0)
  })

  test('a special case lies in its own block and in that of the kind it counts as', () => {
    const rows = [
      row('ada', 'visit', 1, { amount: 1 }),
      row('ada', 'maintenance', 2, { amount: 2 }),
      row('ada', 'voice_review', 3, { rating: 7 }),
    ]
    const parents = new Map([...VOICE_PARENTS, ['maintenance', 'visit']])
    const { blocks } = buildTimeline([factsOf('ada', 1)], rows, parents)
    const of = (kind: string) => [...(blocks.get(kind)?.at ?? [])].map((at) => at - AS_OF)
    expect([of('visit'), of('maintenance')]).toEqual([[1, 2], [2]])
    expect([of('voice'), of('voice_review')]).toEqual([[3], [3]])
    expect([...blocks.get('visit')!.measures.get('amount')!]).toEqual([1, 2])
  })

  test('the id decides between rows of one instant', () => {
    const twins = [
      row('ada', 'visit', 1, { id: 'b', amount: 2 }),
      row('ada', 'visit', 1, { id: 'a', amount: 1 }),
    ]
    expect([
      ...buildTimeline([factsOf('ada', 1)], twins)
        .blocks.get('visit')!
        .measures.get('amount')!,
    ]).toEqual([1, 2])
  })

  test('rows of nobody we know are left out', () => {
    expect(buildTimeline([factsOf('ada', 1)], [row('ghost', 'visit', 1)]).blocks.size).toBe(0)
  })

  test('columns grow as far as the rows go', () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => row('ada', 'visit', at, { quantity: at }))
    const visits = buildTimeline([factsOf('ada', 1)], rows).blocks.get('visit')!
    expect(visits.at.length).toBe(5_000)
    expect(visits.measures.get('quantity')!.every((value, index) => value === index)).toBe(true)
  })

  test('a measure first seen late is unknown before', () => {
    const rows = Array.from({ length: 2_000 }, (_, at) =>
      row('ada', 'visit', at, at === 1_999 ? { rating: 9 } : {}),
    )
    const ratings = buildTimeline([factsOf('ada', 1)], rows)
      .blocks.get('visit')!
      .measures.get('rating')!
    expect(ratings.filter((value) => !Number.isNaN(value))).toEqual(Float64Array.of(9))
    expect(ratings[1_999]).toBe(9)
  })

  test('and unknown after, where rows no longer carry it', () => {
    const rows = Array.from({ length: 2_000 }, (_, at) =>
      row('ada', 'visit', at, at === 0 ? { rating: 9 } : {}),
    )
    const ratings = buildTimeline([factsOf('ada', 1)], rows)
      .blocks.get('visit')!
      .measures.get('rating')!
    expect(ratings.filter((value) => !Number.isNaN(value))).toEqual(Float64Array.of(9))
  })

  test.each([
    ['an older instant', [row('ada', 'visit', 2), row('ada', 'login', 1)]],
    ['an earlier customer', [row('bo', 'visit', 1), row('ada', 'visit', 2)]],
    ['an earlier id', [row('ada', 'visit', 1), row('ada', 'login', 1)]],
  ])('pages that step back to %s break the promise', (_, rows) => {
    const building = columnsBuilder([factsOf('ada', 1), factsOf('bo', 2)])
    const inTwo = columnsBuilder([factsOf('ada', 1), factsOf('bo', 2)])
    inTwo.add(pageOf(rows.slice(0, 1)))
    expect(() => inTwo.add(pageOf(rows.slice(1)))).toThrow('must come by customer no, at, id')
    expect(() => building.add(pageOf(rows))).toThrow('must come by customer no, at, id')
  })
})
