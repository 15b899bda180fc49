import { describe, expect, test } from 'vitest'
import { computeFeatures } from '../../src/features/kernel.ts'
import { missingMeasures } from '../../src/features/measures.ts'
import { FAMILIES } from '../../src/features/profile.ts'
import { listBehind } from '../../src/signals/behind.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import { AS_OF, DAY, factsOf } from '../timeline/random-rows.ts'
import { CASES } from './measure-cases.ts'
import { autoList, on, reader } from './shipped.ts'

const list = autoList()
const auto = list.profile

/** Measures that no expression reads or that need peers: shown below. */
const ELSEWHERE = ['intensity beside the same model', 'demographics']

describe('the 36 measures of the auto profile', () => {
  test('ten of transactions, eight of the product, seven of interaction, five of attitude, six attributes', () => {
    const counts = FAMILIES.map((family) => [
      family,
      auto.measures?.filter((measure) => measure.family === family).length,
    ])
    expect(Object.fromEntries(counts)).toEqual({
      ...{ transaction: 10, product: 8, interaction: 7, attitude: 5, attributes: 6 },
    })
    expect(new Set(auto.measures?.map(({ label }) => label.en)).size).toBe(36)
  })

  test.each(CASES)('%s', (_measure, rows, facts, wanted) => {
    const read = reader(list, rows, facts)
    for (const [feature, number] of Object.entries(wanted)) {
      expect({ [feature]: read(feature) }).toEqual({ [feature]: expect.closeTo(number, 9) })
    }
  })

  test('every measure has such a case, and the cases cover its features', () => {
    const shown = new Set(CASES.flatMap(([, , , wanted]) => Object.keys(wanted)))
    for (const { label, features } of auto.measures ?? []) {
      if (ELSEWHERE.includes(label.en)) continue
      expect(CASES.map(([measure]) => measure)).toContain(label.en)
      expect(features.filter((name) => !shown.has(name))).toEqual([])
    }
  })

  test('with nothing recorded of any kind, all of it is unknown and not zero', () => {
    const matrix = computeFeatures(list, buildTimeline([factsOf('ada', 1)], []), AS_OF)
    const measured = (auto.measures ?? []).flatMap(({ features }) => features)
    const known = measured.filter(
      (name) => !Number.isNaN(matrix.row(0)[matrix.index.get(name) ?? -1] ?? Number.NaN),
    )
    expect(known).toEqual([])
  })

  test('intensity: the daily mileage beside owners of the same model', () => {
    const owner = (no: number, product: string | null, mileage: number) =>
      factsOf(`c${no}`, no, { product, firstPurchase: AS_OF - 100 * DAY, attributes: { mileage } })
    const same = [1_000, 2_000, 3_000, 4_000, 9_000].map((mileage, index) => owner(index + 1, 'X3', mileage))
    const few = [owner(6, 'X9', 500), owner(7, null, 500)]
    const matrix = computeFeatures(list, buildTimeline([...same, ...few], []), AS_OF)
    const column = matrix.index.get('mileage_intensity')!
    const intensity = [...same, ...few].map((_, customer) => matrix.row(customer)[column])
    expect(intensity).toEqual([
      ...[1 / 3, 2 / 3, 1, 4 / 3, 3].map((x) => expect.closeTo(x, 9)),
      Number.NaN,
      Number.NaN,
    ])
  })
})

describe('what may not be used', () => {
  test('third-party data without the customer’s authorisation: unknown, and not none', () => {
    const rows = [...on('competitor_quote', [10]), ...on('competitor_search', [3, 2])]
    const names = ['competitor_30', 'competitor_traced_30', 'competitor_searches_90']
    const of = (attributes: CustomerFacts['attributes']) => names.map(reader(list, rows, { attributes }))
    expect(of({ third_party_authorised: true })).toEqual([1, 2, 2])
    for (const attributes of [{}, { third_party_authorised: false }])
      expect(of(attributes)).toEqual([1, Number.NaN, Number.NaN])
    const behind = listBehind(auto, ['competitor_searches_90'], 'UTC')
    expect(reader(behind, rows, {})('competitor_searches_90')).toBeNaN()
  })

  test('age, sex and income have no name in expressions', () => {
    for (const name of ['birth_year', 'sex', 'income_band'])
      expect(list.index.has(`attr_${name}`)).toBe(false)
    expect(auto.attributes?.['sex']?.use).toBe('bias')
  })

  test('where someone lives is unknown without their authorisation', () => {
    const read = (attributes: CustomerFacts['attributes']) =>
      reader(list, [], { attributes })('attr_distance_km')
    expect(read({ distance_km: 12 })).toBeNaN()
    expect(read({ distance_km: 12, location_authorised: false })).toBeNaN()
    expect(read({ distance_km: 12, location_authorised: true })).toBe(12)
  })
})

test('measures that no source feeds are named', () => {
  const facts = [factsOf('ada', 1, { attributes: { usage: '通勤', sex: 'f' } })]
  const matrix = computeFeatures(list, buildTimeline(facts, on('visit', [5])), AS_OF)
  const missing = missingMeasures(auto, matrix, facts).map(({ label }) => label.en)
  expect(missing).not.toContain('visits and maintenance in a year')
  expect(missing).not.toContain('usage')
  expect(missing).not.toContain('demographics')
  expect(missing).toContain('health score')
  expect(missing).toContain('purchase motive')
})
