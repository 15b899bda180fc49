import { expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { type Columns, firstFrom } from '../../src/features/columns.ts'
import { featureList } from '../../src/features/feature-list.ts'
import { chanceOf } from '../../src/learning/chance.ts'
import { datasetOf } from '../../src/learning/dataset.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { AttributeSpell, CustomerFacts } from '../../src/timeline/history.ts'
import { smallProfile } from '../features/small-profile.ts'
import { factsOf } from '../timeline/random-rows.ts'

const words = { zh: '属性', en: 'attribute' }
const list = featureList(
  smallProfile({
    churn: { inactiveDays: 90, kinds: ['visit'] },
    attributes: { plan: { ...words, categories: ['basic', 'pro'] }, seats: words, never: words },
    aggregates: [
      { name: 'visits_30', fn: 'count', kind: 'visit', from: 30 },
      { name: 'quiet', fn: 'recency', kind: 'visit' },
    ],
    finalisers: [
      { name: 'visits_a_seat', expr: 'visits_30 / coalesce(attr_seats, 1)' },
      { name: 'quiet_weeks', expr: 'coalesce(attr_never, quiet) / 7' },
    ],
  }),
)
const END = 900 * DAY

/** Customers who come every 20 days or so, half of whom stop; what is known of them since when, `spellsOf` tells. */
function company(spellsOf: (no: number) => readonly AttributeSpell[]): Columns {
  const chance = chanceOf(21)
  const facts = Array.from({ length: 150 }, (_, no): CustomerFacts => {
    const spells = spellsOf(no)
    const attributes = Object.fromEntries(spells.map(({ name, value }) => [name, value]))
    return factsOf(`c${no}`, no + 1, { attributes, spells })
  })
  const rows = facts.flatMap(({ id, no }) => {
    const stops = no % 2 === 0 ? END / DAY : 150 + 700 * chance()
    const days: number[] = []
    for (let day = 40 * chance(); day < stops; day += 10 + 20 * chance()) days.push(day)
    return days.map((day) => ({ customer: id, kind: 'visit', at: day * DAY, id: String(day) }))
  })
  return buildTimeline(facts, rows)
}

function learned(columns: Columns) {
  const data = datasetOf(list, columns, END)
  if ('reason' in data) throw new Error(data.says.en)
  return data
}

const always = (no: number): AttributeSpell[] => [
  { name: 'plan', value: no % 3 === 0 ? 'basic' : 'pro', from: 0 },
  { name: 'seats', value: 2 + (no % 5), from: 0 },
]

test('attributes known of everyone at every date are learned from, as they were at each', () => {
  const changes = (no: number): AttributeSpell[] => [
    ...always(no),
    { name: 'plan', value: 'basic', from: 400 * DAY },
  ]
  const { table, asOf, customers } = learned(company(changes))
  expect(table.names).toEqual([
    'attr_plan',
    'attr_seats',
    'visits_30',
    'quiet',
    'visits_a_seat',
    'quiet_weeks',
  ])
  for (let row = 0; row < table.rows; row += 1) {
    const wasPro = asOf[row]! < 400 * DAY && customers[row]! % 3 !== 0
    expect(table.values[row * table.names.length]).toBe(wasPro ? 1 : 0)
  }
})

test('one first read at the end of the history is left out, with all that rests on it: it would tell old dates from new', () => {
  const imported = (no: number) => always(no).map((spell) => ({ ...spell, from: END - DAY }))
  expect(learned(company(imported)).table.names).toEqual(['visits_30', 'quiet', 'quiet_weeks'])
  const halfWay = (no: number) =>
    always(no).map((spell) => (spell.name === 'seats' ? { ...spell, from: 450 * DAY } : spell))
  expect(learned(company(halfWay)).table.names).toEqual(['attr_plan', 'visits_30', 'quiet', 'quiet_weeks'])
})

test('what is known of a few, but of as many at every date, is learned from', () => {
  const some = (no: number) => (no % 4 < 2 ? always(no) : [])
  expect(learned(company(some)).table.names).toContain('attr_seats')
})

test('a value set when someone leaves is not there before they leave', () => {
  const columns = company(() => [])
  const { at, offsets } = columns.blocks.get('visit')!
  const facts = columns.facts.map((one, customer): CustomerFacts => {
    const last = at[offsets[customer + 1]! - 1]!
    const spells: AttributeSpell[] = [
      { name: 'seats', value: 5, from: 0 },
      ...(last < END - 60 * DAY ? [{ name: 'seats', value: 0, from: last + DAY }] : []),
    ]
    return { ...one, spells, attributes: { seats: spells.at(-1)!.value } }
  })
  const { table, leaks, customers, asOf } = learned({ ...columns, facts })
  expect(leaks).toEqual([])
  const place = table.names.indexOf('attr_seats')
  for (let row = 0; row < table.rows; row += 1) {
    const customer = customers[row]!
    const next = firstFrom(at, offsets[customer]!, offsets[customer + 1]!, asOf[row]!)
    if (next < offsets[customer + 1]!) expect(table.values[row * table.names.length + place]).toBe(5)
  }
})
