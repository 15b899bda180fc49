import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Cases, planNight } from '../../src/alerts/plan.ts'
import { type Assessment, TIERS, type Tier } from '../../src/risk/assessment.ts'
import { caseIn, DAY, fired, judged, later } from './cases.ts'

const of = (customer: string, tier: Tier, priority = 1): Assessment =>
  judged(tier, [fired('words')], { customer, priority })
const nobody = new Map<string, Cases>()

it('opens the most urgent first: by tier, then by priority', () => {
  const plan = planNight(
    [of('a', 'P2', 9), of('b', 'P0', 1), of('c', 'P1', 5), of('d', 'P0', 8)],
    new Map(),
    nobody,
  )
  expect(plan.steps.map(({ assessment }) => assessment.customer)).toEqual(['d', 'b', 'c', 'a'])
  expect(plan.keep).toEqual([])
})

it('keeps what changed and what is new on the lists, but no first routine', () => {
  const before = new Map(
    [of('same', 'watch'), of('was', 'watch'), of('gone', 'routine')].map((each) => [each.customer, each]),
  )
  const tonight = [
    of('same', 'watch'),
    of('was', 'routine'),
    of('gone', 'routine'),
    of('first', 'routine'),
    of('listed', 'watch'),
  ]
  const plan = planNight(tonight, before, nobody)
  expect(plan.keep.map(({ customer }) => customer)).toEqual(['was', 'listed'])
  expect(plan.steps).toEqual([])
})

it('hands each step the case it is about', () => {
  const open = caseIn('claimed', { customer: 'a', tier: 'P2', assessment: judged('P2') })
  const closed = caseIn('resolved', { customer: 'b', closedAt: later(-9 * DAY) })
  const cases = new Map([
    ['a', { current: open, lastClosed: null }],
    ['b', { current: null, lastClosed: closed }],
  ])
  const plan = planNight([of('a', 'P1'), of('b', 'P1')], new Map(), cases)
  expect(plan.steps).toMatchObject([
    { decision: { act: 'worsen', reason: 'worse-tier' }, current: { id: open.id } },
    { decision: { act: 'open', reason: 'new-evidence' }, lastClosed: { customer: 'b' } },
  ])
})

it('finds nothing to do in the same night twice', () => {
  const night = fc.uniqueArray(
    fc.record({ customer: fc.string({ minLength: 1, maxLength: 3 }), tier: fc.constantFrom(...TIERS) }),
    {
      selector: ({ customer }) => customer,
    },
  )
  fc.assert(
    fc.property(night, (people) => {
      const tonight = people.map(({ customer, tier }) => of(customer, tier))
      const first = planNight(tonight, new Map(), nobody)
      const kept = [...first.keep, ...first.steps.map(({ assessment }) => assessment)]
      const opened = first.steps.map(({ assessment, decision }): [string, Cases] => {
        const { customer } = assessment
        return [
          customer,
          { current: caseIn('open', { customer, tier: decision.tier, assessment }), lastClosed: null },
        ]
      })
      const second = planNight(tonight, new Map(kept.map((each) => [each.customer, each])), new Map(opened))
      expect(second).toEqual({ keep: [], steps: [] })
    }),
  )
})
