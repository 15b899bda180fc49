import { describe, expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { featuresOf } from '../../src/features/kernel.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import { DAY, factsOf } from '../timeline/random-rows.ts'
import { smallProfile } from './small-profile.ts'

const words = { zh: '属性', en: 'attribute' }
const profile = smallProfile({
  attributes: { warranty_end: words, renewed: words, mileage: words },
  aggregates: [{ name: 'visits', fn: 'count', kind: 'visit' }],
  finalisers: [{ name: 'ending', expr: 'attr_warranty_end >= 0 and attr_warranty_end <= 30' }],
})

function read(name: string, facts: Partial<CustomerFacts>, asOf: number, timeZone = 'UTC'): number {
  const list = featureList(profile, timeZone)
  return featuresOf(list, buildTimeline([factsOf('ada', 1, facts)], []), 0, asOf)[list.index.get(name)!]!
}

const MORNING = Date.UTC(2026, 4, 1, 6)

describe('facts as features', () => {
  test.each([
    ['2026-05-31', 30],
    ['2026-05-01', 0],
    ['2026-04-30', -1],
  ])('a day attribute is the days until it: %s', (day, wanted) => {
    expect(read('attr_warranty_end', { attributes: { warranty_end: day } }, MORNING)).toBe(wanted)
  })

  test('days are counted on the team calendar', () => {
    const facts = { attributes: { warranty_end: '2026-05-03' } }
    const lateInLondon = Date.UTC(2026, 4, 1, 22)
    expect(read('attr_warranty_end', facts, lateInLondon)).toBe(2)
    expect(read('attr_warranty_end', facts, lateInLondon, 'Asia/Shanghai')).toBe(1)
  })

  test('numbers and flags are themselves, text and the absent are unknown', () => {
    const attributes = { renewed: true, mileage: 42_000 }
    expect(read('attr_renewed', { attributes }, MORNING)).toBe(1)
    expect(read('attr_renewed', { attributes: { renewed: false } }, MORNING)).toBe(0)
    expect(read('attr_mileage', { attributes }, MORNING)).toBe(42_000)
    expect(read('attr_warranty_end', { attributes: { warranty_end: 'soon' } }, MORNING)).toBeNaN()
    expect(read('attr_warranty_end', {}, MORNING)).toBeNaN()
    expect(read('ending', {}, MORNING)).toBeNaN()
  })

  test('tenure counts from the first purchase, which must lie before asOf', () => {
    expect(read('tenure_days', { firstPurchase: MORNING - 10 * DAY }, MORNING)).toBe(10)
    expect(read('tenure_days', { firstPurchase: MORNING + DAY }, MORNING)).toBeNaN()
    expect(read('tenure_days', {}, MORNING)).toBeNaN()
  })

  test('the declared lifetime value and the usual interval', () => {
    expect(read('ltv', { ltvMinor: 1_200 }, MORNING)).toBe(1_200)
    expect(read('ltv', {}, MORNING)).toBeNaN()
    expect(read('usual_days', {}, MORNING)).toBe(60)
  })
})
