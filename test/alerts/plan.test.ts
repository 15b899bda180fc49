import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Cases, planNight } from '../../src/alerts/plan.ts'
import { type Assessment, TIERS, type Tier } from '../../src/risk/assessment.ts'
import { caseIn, DAY, fired, judged, later } from './cases.ts'
import { keptOf, tonightOf } from './nights.ts'

const of = (customer: string, tier: Tier, priority = 1): Assessment =>
  judged(tier, [fired('words')], { customer, priority })
const nobody = new Map<string, Cases>()

/** The plan, by customer. */
async function plan(
  tonight: readonly Assessment[],
  before: readonly Assessment[],
  cases: ReadonlyMap<string, Cases>,
) {
  const customers = tonight.map(({ customer }) => customer)
  const { news, steps } = await planNight(
    tonightOf(tonight),
    await keptOf(before, customers),
    cases,
    () => null,
  )
  const stepped = new Set(steps.map(({ index }) => index))
  return {
    keep: news.filter((index) => !stepped.has(index)).map((index) => customers[index]!),
    news: news.map((index) => customers[index]!),
    steps: steps.map((step) => ({ ...step, customer: customers[step.index]! })),
  }
}

it('opens the most urgent first: by tier, then by priority', async () => {
  const { keep, steps } = await plan(
    [of('a', 'P2', 9), of('b', 'P0', 1), of('c', 'P1', 5), of('d', 'P0', 8)],
    [],
    nobody,
  )
  expect(steps.map(({ customer }) => customer)).toEqual(['d', 'b', 'c', 'a'])
  expect(keep).toEqual([])
})

it('keeps what changed and what is new on the lists, but no first routine', async () => {
  const before = [of('same', 'watch'), of('was', 'watch'), of('gone', 'routine'), of('unknown', 'watch')]
  const tonight = [
    of('same', 'watch'),
    of('was', 'routine'),
    of('gone', 'routine'),
    of('first', 'routine'),
    of('listed', 'watch'),
  ]
  const { keep, steps } = await plan(tonight, before, nobody)
  expect(keep).toEqual(['was', 'listed'])
  expect(steps).toEqual([])
})

it('calls news what is known to differ, also of those whose case waits', async () => {
  const before = [of('a', 'P1'), of('b', 'P1')]
  const tonight = [of('a', 'P1'), judged('P1', [fired('rules')], { customer: 'b' }), of('c', 'P1')]
  const { news, steps } = await plan(tonight, before, nobody)
  expect(news).toEqual(['b', 'c'])
  expect(steps).toHaveLength(3)
})

it('tells a case that its customer has left, and nobody else’s', async () => {
  const gone = (customer: string) => judged('routine', [], { customer, reason: 'already-gone' })
  const cases = new Map([
    ['a', { current: caseIn('claimed', { customer: 'a' }), lastClosed: null }],
    ['b', { current: null, lastClosed: caseIn('resolved', { customer: 'b', closedAt: later(0) }) }],
  ])
  const before = ['a', 'b', 'c'].map((customer) => of(customer, 'P1'))
  const { steps } = await plan([gone('a'), gone('b'), gone('c')], before, cases)
  expect(steps.map(({ customer, decision }) => [customer, decision.reason])).toEqual([['a', 'left']])
})

it('hands each step the case it is about', async () => {
  const open = caseIn('claimed', { customer: 'a', tier: 'P2', assessment: judged('P2') })
  const closed = caseIn('resolved', { customer: 'b', closedAt: later(-9 * DAY) })
  const cases = new Map([
    ['a', { current: open, lastClosed: null }],
    ['b', { current: null, lastClosed: closed }],
  ])
  const { steps } = await plan([of('a', 'P1'), of('b', 'P1')], [], cases)
  expect(steps).toMatchObject([
    { decision: { act: 'worsen', reason: 'worse-tier' }, current: { id: open.id } },
    { decision: { act: 'open', reason: 'new-evidence' }, lastClosed: { customer: 'b' } },
  ])
})

it('finds nothing to do in the same night twice', async () => {
  const night = fc.uniqueArray(
    fc.record({ customer: fc.string({ minLength: 1, maxLength: 3 }), tier: fc.constantFrom(...TIERS) }),
    {
      selector: ({ customer }) => customer,
    },
  )
  await fc.assert(
    fc.asyncProperty(night, async (people) => {
      const tonight = people.map(({ customer, tier }) => of(customer, tier))
      const first = await plan(tonight, [], nobody)
      const kept = tonight.filter(({ customer }) => first.news.includes(customer))
      const opened = first.steps.map(({ customer, decision }): [string, Cases] => {
        const assessment = tonight.find((each) => each.customer === customer)!
        return [
          customer,
          { current: caseIn('open', { customer, tier: decision.tier, assessment }), lastClosed: null },
        ]
      })
      expect(await plan(tonight, kept, new Map(opened))).toEqual({ keep: [], news: [], steps: [] })
    }),
  )
})
