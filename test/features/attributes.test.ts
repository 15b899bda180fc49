import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factsAt, newestChange } from '../../src/features/attributes.ts'
import { featureList } from '../../src/features/feature-list.ts'
import { computeFeatures, computeFeaturesAt, featuresOf } from '../../src/features/kernel.ts'
import { restingOn } from '../../src/features/resting-on.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { AttributeSpell } from '../../src/timeline/history.ts'
import { AS_OF, CUSTOMERS, changedFacts, DAY, factsOf, randomSpells } from '../timeline/random-rows.ts'
import { smallProfile } from './small-profile.ts'

const words = { zh: '属性', en: 'attribute' }
const profile = smallProfile({
  attributes: {
    plan: { ...words, categories: ['basic', 'plus', 'pro'] },
    warranty_end: words,
    seats: { ...words, authorisedBy: 'agreed' },
    agreed: words,
  },
  aggregates: [{ name: 'visits', fn: 'count', kind: 'visit' }],
  finalisers: [
    { name: 'ending', expr: 'attr_warranty_end >= 0 and attr_warranty_end <= 30' },
    { name: 'warned', expr: 'ending and visits > 0' },
    { name: 'beats', expr: 'visits / usual_days' },
  ],
  peers: [{ name: 'ending_here', of: 'ending', by: 'site', label: words }],
})
const list = featureList(profile)

const spell = (name: string, value: AttributeSpell['value'], daysBefore: number): AttributeSpell => ({
  name,
  value,
  from: AS_OF - daysBefore * DAY,
})

function read(name: string, spells: readonly AttributeSpell[], daysBefore: number): number {
  const columns = buildTimeline([changedFacts('ada', 1, spells)], [])
  return featuresOf(list, columns, 0, AS_OF - daysBefore * DAY)[list.index.get(name)!]!
}

describe('an attribute that changes', () => {
  const upgrades = [spell('plan', 'basic', 90), spell('plan', 'pro', 30)]

  test.each([
    ['unknown before the first', 91, Number.NaN],
    ['its value from that instant on', 90, 0],
    ['until it changes', 30.001, 0],
    ['then the next', 30, 2],
    ['and today', 0, 2],
  ])('%s', (_, daysBefore, wanted) => {
    expect(read('attr_plan', upgrades, daysBefore)).toBe(wanted)
  })

  test('a category is its place; a word that is none of them is unknown, and so is a day where words are', () => {
    expect(read('attr_plan', [spell('plan', 'plus', 1)], 0)).toBe(1)
    expect(read('attr_plan', [spell('plan', 'PLUS', 1)], 0)).toBeNaN()
    expect(read('attr_plan', [spell('plan', '2026-05-31', 1)], 0)).toBeNaN()
  })

  test('days until a day are counted to the day that stood there then', () => {
    const renewed = [spell('warranty_end', '2026-05-31', 90), spell('warranty_end', '2027-05-31', 10)]
    expect(read('attr_warranty_end', renewed, 20)).toBe(50)
    expect(read('attr_warranty_end', renewed, 0)).toBe(395)
    expect([read('ending', renewed, 20), read('ending', renewed, 11), read('ending', renewed, 10)]).toEqual([
      0, 0, 0,
    ])
  })

  test('what needs an authorisation is unknown from the day it is taken back', () => {
    const spells = [spell('seats', 5, 90), spell('agreed', true, 60), spell('agreed', false, 30)]
    const seats = [70, 50, 10].map((days) => read('attr_seats', spells, days))
    expect(seats).toEqual([Number.NaN, 5, Number.NaN])
  })

  test('facts are the same object while nothing changed after, and forget what came later', () => {
    const facts = changedFacts('ada', 1, upgrades)
    expect(factsAt(facts, AS_OF)).toBe(facts)
    expect(factsAt(facts, AS_OF - 60 * DAY)).toEqual(changedFacts('ada', 1, upgrades.slice(0, 1)))
    expect(newestChange([facts, factsOf('bo', 2)])).toBe(AS_OF - 30 * DAY)
    const made = factsOf('cy', 3, { attributes: { plan: 'pro' } })
    expect(factsAt(made, 0)).toBe(made)
  })
})

test('the kernel sees of every date what was known then, all dates at once or one customer alone', () => {
  const everyone = fc.tuple(...CUSTOMERS.map(() => randomSpells))
  const dates = fc.uniqueArray(fc.integer({ min: -20, max: 400 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(everyone, dates, (spells, days) => {
      const facts = CUSTOMERS.map((id, at) => changedFacts(id, at + 1, spells[at]!))
      const columns = buildTimeline(facts, [])
      const asOfs = days.map((day) => AS_OF - day * DAY)
      const together = computeFeaturesAt(list, columns, asOfs)
      asOfs.forEach((asOf, date) => {
        const blind = facts.map(({ id, no }, at) =>
          changedFacts(
            id,
            no,
            spells[at]!.filter(({ from }) => from <= asOf),
          ),
        )
        const then = buildTimeline(
          blind.map(({ spells: _, ...one }) => one),
          [],
        )
        expect(together[date]!.values).toEqual(computeFeatures(list, then, asOf).values)
        const peer = list.index.get('ending_here')!
        const alone = featuresOf(list, columns, 0, asOf).slice(0, peer)
        expect(alone).toEqual(together[date]!.row(0).slice(0, peer))
      })
    }),
  )
})

test('what rests on an attribute: finalisers of finalisers, and beside peers', () => {
  expect([...restingOn(profile, ['attr_warranty_end'])]).toEqual([
    'attr_warranty_end',
    'ending',
    'warned',
    'ending_here',
  ])
  expect([...restingOn(profile, [])]).toEqual([])
})
