import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileExpression } from '../../src/features/expression.ts'
import { type FeatureList, featureList } from '../../src/features/feature-list.ts'
import { featuresOf } from '../../src/features/kernel.ts'
import { loadProfile } from '../../src/features/load-profile.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { DAY, factsOf } from '../timeline/random-rows.ts'

const AS_OF = Date.UTC(2026, 4, 1)

function listOf(name: string): FeatureList {
  const file = `models/profiles/${name}.yaml`
  return featureList(loadProfile(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), file))
}

/** Events of a kind, so many days before asOf. */
function on(kind: string, days: readonly number[], more: Partial<TimelineRow> = {}): TimelineRow[] {
  return days.map((day) => ({ customer: 'ada', kind, at: AS_OF - day * DAY, id: `${kind}-${day}`, ...more }))
}

const every = (step: number, from: number, to: number) =>
  Array.from({ length: Math.floor((from - to) / step) }, (_, index) => from - index * step)

/** Somebody else who does everything, so that every kind is measured. */
function others(list: FeatureList): TimelineRow[] {
  return list.kinds.map(({ kind }) => ({ customer: 'bo', kind, at: AS_OF - 700 * DAY, id: `bo-${kind}` }))
}

function hits(list: FeatureList, rows: TimelineRow[], facts: Partial<CustomerFacts> = {}): string[] {
  const columns = buildTimeline([factsOf('ada', 1, facts), factsOf('bo', 2)], [...rows, ...others(list)])
  const row = featuresOf(list, columns, 0, AS_OF)
  const get = (name: string) => row[list.index.get(name)!]!
  const rules = list.profile.rules.filter(
    ({ when }) => compileExpression(when, list.names).evaluate(get) === 1,
  )
  return rules.map(({ name }) => name)
}

const auto = listOf('auto')
const retail = listOf('retail')
const WARRANTY = { attributes: { warranty_end: '2026-05-20' }, firstPurchase: AS_OF - 1_000 * DAY }

describe('the cold-start rules of the auto profile', () => {
  test.each<[string, TimelineRow[], Partial<CustomerFacts>, string[]]>([
    [
      'four visits in the year before, none for 90 days',
      on('visit', [400, 300, 200, 91]),
      {},
      ['visits-stopped'],
    ],
    ['three visits are not enough', on('visit', [300, 200, 91]), {}, []],
    ['a visit 89 days ago', on('visit', [400, 300, 200, 100, 89]), {}, []],
    ['a visit longer ago than the year before', on('visit', [456, 300, 200, 91]), {}, []],
    [
      'two logins a week for half a year, none for 60 days',
      on('login', every(3.5, 242, 60)),
      {},
      ['logins-stopped'],
    ],
    ['one login a week', on('login', every(7, 242, 60)), {}, []],
    ['still logging in', on('login', [...every(3.5, 242, 60), 20]), {}, []],
    [
      'a 6 after an average of 8',
      [...on('voice', [200, 150], { rating: 8 }), ...on('voice', [5], { rating: 6 })],
      {},
      ['rating-fell'],
    ],
    [
      'a 7 after an average of 8',
      [...on('voice', [200], { rating: 8 }), ...on('voice', [5], { rating: 7 })],
      {},
      [],
    ],
    [
      'a 2 after an average of 7',
      [...on('voice', [200], { rating: 7 }), ...on('voice', [5], { rating: 2 })],
      {},
      [],
    ],
    ['a first rating has nothing before it', on('voice', [5], { rating: 2 }), {}, []],
    ['the warranty ends in 19 days, the car is under three years', [], WARRANTY, ['warranty-ending']],
    ['renewed by an event', on('contract_renewed', [10]), WARRANTY, []],
    [
      'renewed by the CRM',
      [],
      { ...WARRANTY, attributes: { ...WARRANTY.attributes, warranty_renewed: true } },
      [],
    ],
    [
      'a newer car of an old customer',
      [],
      {
        attributes: { ...WARRANTY.attributes, registered_on: '2023-06-20' },
        firstPurchase: AS_OF - 2_200 * DAY,
      },
      ['warranty-ending'],
    ],
    [
      'an older car of a new customer',
      [],
      { ...WARRANTY, attributes: { ...WARRANTY.attributes, registered_on: '2018-05-20' } },
      [],
    ],
    ['an older car', [], { ...WARRANTY, firstPurchase: AS_OF - 1_200 * DAY }, []],
    [
      'the warranty has ended',
      [],
      { ...WARRANTY, attributes: { warranty_end: '2026-04-30' } },
      ['warranty-lapsed'],
    ],
    ['it ended long ago', [], { ...WARRANTY, attributes: { warranty_end: '2026-02-01' } }, []],
    ['nothing known of the warranty', [], { firstPurchase: AS_OF - 1_000 * DAY }, []],
    ['a competitor in the last 30 days', on('competitor_seen', [29]), {}, ['competitor-seen']],
    ['a competitor before that', on('competitor_seen', [31]), {}, []],
    ['a competitor twice', on('competitor_seen', [29, 3]), {}, ['competitor-seen', 'competitor-again']],
    [
      'a complaint still open after five days',
      [...on('complaint', [9]), ...on('ticket_opened', [10])],
      {},
      ['complaint-unsettled'],
    ],
  ])('%s', (_, rows, facts, wanted) => {
    expect(hits(auto, rows, facts)).toEqual(wanted)
  })
})

describe('the retail profile', () => {
  test.each<[string, TimelineRow[], Partial<CustomerFacts>, string[]]>([
    ['orders stopped', on('order', [400, 300, 200, 91]), {}, ['orders-stopped']],
    ['the membership ends', [], { attributes: { membership_end: '2026-05-31' } }, ['membership-ending']],
    [
      'it renews by itself',
      [],
      { attributes: { membership_end: '2026-05-31', membership_auto_renew: true } },
      [],
    ],
    ['it was renewed', on('membership_renewed', [3]), { attributes: { membership_end: '2026-05-31' } }, []],
  ])('%s', (_, rows, facts, wanted) => {
    expect(hits(retail, rows, facts)).toEqual(wanted)
  })
})

describe('own rhythm', () => {
  const read = (rows: TimelineRow[], name: string) => {
    const columns = buildTimeline([factsOf('ada', 1)], rows)
    return featuresOf(retail, columns, 0, AS_OF)[retail.index.get(name)!]!
  }
  const monthly = on('order', every(30, 390, 30))

  test('a steady customer keeps nearly the own interval', () => {
    expect(read(monthly, 'gap_days')).toBe(30)
    expect(read(monthly, 'usual_gap_days')).toBeCloseTo((11 * 30 + 2 * 60) / 13)
  })

  test('a single order takes the usual interval', () => {
    expect(read(on('order', [120]), 'gap_days')).toBeNaN()
    expect(read(on('order', [120]), 'usual_gap_days')).toBe(60)
    expect(read(on('order', [120]), 'missed_beats')).toBe(2)
  })

  test('two orders in one evening are one beat', () => {
    expect(read([...monthly, ...on('order', [89.9])], 'gap_days')).toBe(30)
  })

  test('quiet strength grows with silence and falls with loyalty', () => {
    const once = read(on('order', [30]), 'quiet_strength')
    const longAgo = read(on('order', [300]), 'quiet_strength')
    const loyal = read(monthly, 'quiet_strength')
    expect(loyal).toBeLessThan(once)
    expect(once).toBeLessThan(longAgo)
    expect(loyal).toBeGreaterThan(0)
    expect(longAgo).toBeLessThan(1)
  })
})
