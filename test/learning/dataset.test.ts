import { expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { type Columns, firstFrom } from '../../src/features/columns.ts'
import { type FeatureList, featureList } from '../../src/features/feature-list.ts'
import { computeFeatures } from '../../src/features/kernel.ts'
import { chanceOf } from '../../src/learning/chance.ts'
import { type Dataset, type DatasetOptions, datasetOf } from '../../src/learning/dataset.ts'
import { leakageOf } from '../../src/learning/leakage.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import { smallProfile } from '../features/small-profile.ts'

const profile = smallProfile({
  churn: { inactiveDays: 90, kinds: ['visit'] },
  aggregates: [
    { name: 'visits_30', fn: 'count', kind: 'visit', from: 30 },
    { name: 'visits', fn: 'count', kind: 'visit' },
    { name: 'quiet', fn: 'recency', kind: 'visit' },
    { name: 'orders', fn: 'count', kind: 'order' },
  ],
})
const list = featureList(profile)
const END = 900 * DAY

/** Two hundred customers who come every 20 days or so; half of them stop on a day of their own. */
function timeline(): Columns {
  const chance = chanceOf(21)
  const unknown = { name: null, valueTier: null, ltvMinor: null, owner: null, region: null, site: null }
  const facts = Array.from({ length: 200 }, (_, index) => ({
    id: `c${index}`,
    no: index + 1,
    ...unknown,
    product: null,
    firstPurchase: null,
    attributes: {},
  }))
  const rows = facts.flatMap(({ id }, index) => {
    const stops = index % 2 === 0 ? 1_000 : 150 + 700 * chance()
    const days: number[] = []
    for (let day = 40 * chance(); day < Math.min(stops, 900); day += 10 + 20 * chance()) days.push(day)
    return days.map((day) => ({ customer: id, kind: 'visit', at: day * DAY, id: String(day) }))
  })
  return buildTimeline(facts, rows)
}

const columns = timeline()
function build(options: DatasetOptions = {}): Dataset {
  const data = datasetOf(list, columns, END, options)
  if ('reason' in data) throw new Error(data.says.en)
  return data
}

test('a row a customer a date; later dates test; who is gone is no case', () => {
  const { table, customers, asOf, training, test: tested, left } = build()
  expect(table.rows).toBe(customers.length)
  expect(training.length + tested.length).toBe(table.rows)
  expect(left.gone).toBeGreaterThan(0)
  const last = Math.max(...Array.from(training, (row) => asOf[row]!))
  const first = Math.min(...Array.from(tested, (row) => asOf[row]!))
  // Horizon 60 and 90 inactive days: what teaches was known when the testing begins.
  expect(first - last).toBeGreaterThanOrEqual(150 * DAY)
  expect(Math.max(...asOf)).toBeLessThanOrEqual(END - 150 * DAY)
})

test('single customers at other instants teach too, by what became of them, where that was known when the testing begins', () => {
  const plain = build()
  const learned = Array.from(plain.training, (row) => plain.asOf[row]!)
  const [from, until] = [Math.min(...learned), Math.max(...learned)]
  const inside = from + 10.25 * DAY
  const also = [0, 1, 2].map((customer) => ({ customer, asOf: inside }))
  const data = build({
    also: [...also, { customer: 4, asOf: until + DAY }, { customer: 4, asOf: from - DAY }],
  })
  const here = Array.from(data.also)
  expect(here.length).toBeGreaterThan(1)
  expect(data.table.rows).toBe(plain.table.rows + here.length)
  expect(Array.from(data.test)).toEqual(Array.from(plain.test))
  expect(here.every((row) => data.training.includes(row) && data.asOf[row] === inside)).toBe(true)
  // Whatever people thought: even customers stay.
  expect(here.flatMap((row) => (data.customers[row] === 1 ? [] : [data.table.labels[row]]))).toEqual([0, 0])
})

test('features are those of the as-of date, columns that say nothing are left out', () => {
  const { table, customers, asOf } = build()
  expect(table.names).toEqual(['visits_30', 'visits', 'quiet'])
  const { at, offsets } = columns.blocks.get('visit')!
  for (const row of [0, 50, table.rows - 1]) {
    const low = offsets[customers[row]!]!
    const visits = firstFrom(at, low, offsets[customers[row]! + 1]!, asOf[row]!) - low
    expect(table.values[row * 3 + 1]).toBe(visits)
  }
})

test('labels: even customers stay, and nobody who stops is seen to stay afterwards', () => {
  const { table, customers } = build()
  for (let row = 0; row < table.rows; row += 1) {
    if (customers[row]! % 2 === 0) expect(table.labels[row]).toBe(0)
  }
  expect(table.labels.includes(1)).toBe(true)
})

/** The list's features and one that counts visits after the date. */
function peeking({ names }: FeatureList, seen: Columns, asOf: number) {
  const matrix = computeFeatures(list, seen, asOf)
  const { at, offsets } = seen.blocks.get('visit')!
  const width = names.length + 1
  const values = new Float64Array(seen.size * width)
  for (let customer = 0; customer < seen.size; customer += 1) {
    const end = offsets[customer + 1]!
    values.set(matrix.row(customer), customer * width)
    values[customer * width + names.length] = end - firstFrom(at, offsets[customer]!, end, asOf)
  }
  const row = (customer: number) => values.subarray(customer * width, (customer + 1) * width)
  const all = [...names, 'visits_to_come']
  return { names: all, index: new Map(all.map((name, slot) => [name, slot])), values, row }
}

test('a column that knows the future is found out and refused', () => {
  const { table, leaks } = build({ features: peeking })
  expect(leaks).toMatchObject([{ name: 'visits_to_come', why: 'sees-future' }])
  expect(table.names).not.toContain('visits_to_come')
  expect(build().leaks).toEqual([])
})

test('a column that is too good alone is refused even where nothing can be taken away', () => {
  const labels = Uint8Array.from({ length: 100 }, (_, row) => row % 2)
  const values = Float32Array.from({ length: 200 }, (_, cell) =>
    cell % 2 === 0 ? 1 - labels[cell / 2]! : cell % 7,
  )
  const table = { names: ['closed_on_time', 'weekday'], rows: 100, values, labels }
  expect(leakageOf(table, null)).toEqual([{ name: 'closed_on_time', why: 'too-good', auc: 1 }])
})

test('too little to learn from is a reason, not an error', () => {
  expect(datasetOf(list, columns, 80 * DAY)).toMatchObject({ reason: 'short-history' })
  expect(datasetOf(list, { ...columns, blocks: new Map() }, END)).toMatchObject({ reason: 'short-history' })
  expect(datasetOf(list, columns, 200 * DAY, { horizonDays: 90 })).toMatchObject({
    reason: 'outcome-unknown',
  })
  const loyal = { ...columns, facts: columns.facts.filter((_, at) => at === 0), size: 1 }
  expect(datasetOf(list, loyal, END)).toMatchObject({ reason: 'one-class' })
})
