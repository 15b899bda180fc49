import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { computeFeatures } from '../../src/features/kernel.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { CustomerFacts, History } from '../../src/timeline/history.ts'
import { historyFromRows, measuredSince } from '../../src/timeline/one-customer.ts'
import { historyOf } from '../../src/timeline/view.ts'
import { smallProfile } from '../features/small-profile.ts'
import { AS_OF, changedFacts, DAY, factsOf, KINDS, randomFacts, randomRows } from './random-rows.ts'

const words = { zh: '属性', en: 'attribute' }
const list = featureList(
  smallProfile({
    attributes: { warranty_end: words, seats: words },
    aggregates: [
      { name: 'visits_90', fn: 'count', kind: 'visit', from: 90 },
      { name: 'logins', fn: 'count', kind: 'login' },
      { name: 'spend', fn: 'sum', kind: 'order', measure: 'amount' },
      { name: 'rating_last', fn: 'last', kind: 'voice', measure: 'rating' },
    ],
    finalisers: [
      { name: 'visits_and_logins', expr: 'visits_90 + logins' },
      { name: 'visits_a_seat', expr: 'visits_90 / attr_seats' },
    ],
  }),
)

/** A customer of whom nothing has come to be known after AS_OF. */
function before({ spells, ...facts }: CustomerFacts): CustomerFacts {
  const { id, no } = facts
  return spells === undefined
    ? facts
    : changedFacts(
        id,
        no,
        spells.filter(({ from }) => from <= AS_OF),
      )
}

/** Everything a history shows, as plain data. */
function shown(history: History) {
  return {
    customer: history.customer,
    voices: history.voices,
    features: list.names.map((name) => history.feature(name)),
    events: KINDS.map((kind) => {
      const column = history.events(kind)
      return { at: [...column.at], amount: column.measure('amount'), rating: column.measure('rating') }
    }),
  }
}

const voice = (id: string, daysBefore: number) => ({
  id,
  at: AS_OF - daysBefore * DAY,
  channel: 'chat',
  text: id,
  rating: null,
})

describe('a history', () => {
  test('shows only what lies strictly before asOf', () => {
    const rows = [-1, 0, 1, 2].map((days) => ({
      customer: 'ada',
      kind: 'visit',
      at: AS_OF - days * DAY,
      id: `${days}`,
      amount: days,
    }))
    const history = historyOf(buildTimeline([factsOf('ada', 1)], rows), 0, AS_OF, list)
    expect([...history.events('visit').at]).toEqual([AS_OF - 2 * DAY, AS_OF - DAY])
    expect([...history.events('visit').measure('amount')!]).toEqual([2, 1])
    expect(history.events('visit').measure('rating')).toBeNull()
    expect(history.events('never').at.length).toBe(0)
    expect(history.events('never').measure('amount')).toBeNull()
  })

  test('views the columns without copying them', () => {
    const columns = buildTimeline(
      [factsOf('ada', 1)],
      [{ customer: 'ada', kind: 'visit', at: AS_OF - DAY, id: 'x' }],
    )
    const { at } = historyOf(columns, 0, AS_OF, list).events('visit')
    expect(at.buffer).toBe(columns.blocks.get('visit')!.at.buffer)
  })

  test('voices of the last 180 days, oldest first', () => {
    const voices = [voice('now', 0), voice('b', 1), voice('a', 1), voice('edge', 180), voice('old', 180.1)]
    const history = historyOf(buildTimeline([factsOf('ada', 1)], []), 0, AS_OF, list, voices)
    expect(history.voices.map(({ id }) => id)).toEqual(['edge', 'a', 'b'])
  })

  test('a wrong feature name is a bug and says so', () => {
    const history = historyOf(buildTimeline([factsOf('ada', 1)], []), 0, AS_OF, list)
    expect(() => history.feature('visits_9')).toThrow('The small profile has no feature "visits_9".')
    expect(() => history.events('visit').measure('amount')).not.toThrow()
  })

  test('rows at or after asOf, and attributes that changed after it, change nothing it shows', () => {
    fc.assert(
      fc.property(randomFacts, randomRows, (facts, rows) => {
        const seeing = buildTimeline(facts, rows)
        const blind = buildTimeline(
          facts.map(before),
          rows.filter(({ at }) => at < AS_OF),
        )
        facts.forEach((_, index) => {
          expect(shown(historyOf(seeing, index, AS_OF, list))).toEqual(
            shown(historyOf(blind, index, AS_OF, list)),
          )
        })
      }),
    )
  })
})

test('how many events there are, and the first and the last, are told as the events tell', () => {
  const kinds = ['visit', 'order', 'login', 'voice', 'never']
  fc.assert(
    fc.property(randomFacts, randomRows, fc.integer({ min: -400, max: 5 }), (facts, rows, days) => {
      const columns = buildTimeline(facts, rows)
      columns.facts.forEach((_, index) => {
        const history = historyOf(columns, index, AS_OF + days * DAY, list)
        for (const kind of kinds) {
          const { at } = history.events(kind)
          expect(history.count(kind)).toBe(at.length)
          expect(history.first(kind)).toBe(at[0] ?? Number.NaN)
          expect(history.last(kind)).toBe(at.at(-1) ?? Number.NaN)
        }
      })
    }),
  )
})

describe('the real-time path', () => {
  test("one customer's rows give the same history as the timeline", () => {
    const said = fc.array(fc.integer({ min: -3, max: 40 }), { maxLength: 5 })
    fc.assert(
      fc.property(randomFacts, randomRows, said, (facts, rows, days) => {
        const columns = buildTimeline(facts, rows)
        const matrix = computeFeatures(list, columns, AS_OF)
        const voices = days.map((daysBefore, index) => voice(`v${index}`, daysBefore))
        const since = measuredSince(columns)
        columns.facts.forEach((one, index) => {
          const own = rows.filter(({ customer }) => customer === one.id)
          const live = historyFromRows(one, own, voices, AS_OF, list, since)
          expect(shown(live)).toEqual(shown(historyOf(columns, index, AS_OF, list, voices, matrix)))
        })
      }),
    )
  })
})
