import { describe, expect, test } from 'vitest'
import { completeness, type FieldCount, type QualityGroup } from '../../src/features/completeness.ts'
import { fieldCounts } from '../../src/features/field-counts.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import { AS_OF, DAY, factsOf } from '../timeline/random-rows.ts'
import { on } from './shipped.ts'
import { smallProfile } from './small-profile.ts'

const field = (group: QualityGroup, en: string, filled: number, of: number): FieldCount => ({
  group,
  label: { zh: `字段${en}`, en },
  filled,
  of,
})

const judged = (fields: FieldCount[], hoursOld: number | null = 1) =>
  new Map(completeness({ fields, hoursOld }).map((finding) => [finding.group, finding]))

describe('completeness against its targets', () => {
  test.each<[QualityGroup, number, boolean]>([
    ['transactions', 95, false],
    ['transactions', 96, true],
    ['attributes', 80, false],
    ['attributes', 81, true],
    ['attitude', 60, false],
    ['attitude', 61, true],
    ['interaction', 90, false],
    ['interaction', 91, true],
  ])('%s at %d %%: %s', (group, filled, ok) => {
    expect(judged([field(group, 'a', filled, 100)]).get(group)?.ok).toBe(ok)
  })

  test.each<[number | null, boolean]>([
    [0, true],
    [23.9, true],
    [24, false],
    [null, false],
  ])('the newest record %s hours old: %s', (hours, ok) => {
    expect(judged([], hours).get('freshness')?.ok).toBe(ok)
  })

  test('a group is all its fields together, and the emptiest are named', () => {
    const found = judged([field('attributes', 'region', 50, 100), field('attributes', 'owner', 99, 100)])
    expect(found.get('attributes')).toMatchObject({
      ...{
        value: 0.745,
        target: 0.8,
        ok: false,
        worst: [{ filled: 50 }],
        fields: [{ filled: 50 }, { filled: 99 }],
      },
      says: {
        zh: '属性完整率 74.5%（目标 80% 以上），最缺：字段region 50%。',
        en: 'Attributes complete: 74.5% (target above 80%); emptiest: region 50%.',
      },
    })
  })

  test('what just misses its target never reads as met', () => {
    expect(judged([field('attributes', 'a', 79_999, 100_000)]).get('attributes')?.says.en).toContain('79.9%')
  })

  test('nothing to judge by is said, not taken for zero or for fine', () => {
    expect(judged([]).get('attitude')).toMatchObject({
      value: null,
      ok: false,
      says: { en: 'Customers with a voice: no data yet.' },
    })
  })
})

test('counts what the timeline holds', () => {
  const words = { zh: '属性', en: 'plan end' }
  const profile = smallProfile({
    attributes: { plan_end: words, never_mapped: words },
    aggregates: [{ name: 'spend', fn: 'sum', kind: 'order', measure: 'amount' }],
  })
  const facts = [
    factsOf('ada', 1, { name: 'Ada', region: 'North', attributes: { plan_end: '2026-05-01' } }),
    factsOf('bo', 2, { name: 'Bo' }),
    factsOf('cy', 3, { name: 'Cy' }),
  ]
  const rows = [
    ...on('order', [10, 20, 30], { amount: 5 }),
    ...on('order', [40]),
    ...on('order', [400]),
    ...on('order', [-1], { amount: 5 }),
    ...on('visit', [3, 5]),
    ...on('voice_review', [6]),
    { customer: 'bo', kind: 'visit', at: AS_OF - DAY, id: 'bo-visit' },
    { customer: 'cy', kind: 'visit', at: AS_OF - 500 * DAY, id: 'cy-visit' },
  ]
  const counts = fieldCounts(buildTimeline(facts, rows), profile, AS_OF, { accepted: 19, refused: 1 })
  const shown = counts.map(({ group, label, filled, of }) => [group, label.en, filled, of])
  expect(shown).toEqual([
    ['transactions', 'test', 3, 4],
    ['attributes', 'name', 3, 3],
    ['attributes', 'region', 1, 3],
    ['attributes', 'plan end', 1, 3],
    ['attitude', 'active customers heard', 1, 2],
    ['interaction', 'usable rows', 19, 20],
  ])
})
