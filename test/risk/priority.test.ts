import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cause } from '../../src/risk/assessment.ts'
import { causeOf } from '../../src/risk/cause.ts'
import { type CauseOdds, oddsByCause, oddsFrom, type Settled } from '../../src/risk/odds.ts'
import { EXPECTED_COST, priorityOf, RETAINABILITY } from '../../src/risk/priority.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { customerWith, type Life, lexicon, profile } from '../signals/customer.ts'

const signals = coldStartSignals(profile, lexicon)

function causeFor(life: Life): Cause {
  const history = customerWith(life)
  return causeOf(
    signals.flatMap((signal) => signal.read(history) ?? []),
    history,
    profile,
  )
}

describe('the likely cause', () => {
  test.each<[string, Life, Cause]>([
    ['a competitor named', { says: [[2, '隔壁家做得更好']] }, 'competitor'],
    ['a competitor visited', { events: { competitor_seen: [5] } }, 'competitor'],
    ['a complaint', { events: { complaint: [5] } }, 'service'],
    ['an old complaint', { events: { complaint: [200] } }, 'unknown'],
    ['rude staff', { says: [[2, 'The staff was rude, I want a refund']] }, 'service'],
    ['a fault', { events: { fault: [20] } }, 'product'],
    ['the car broke down', { says: [[2, '刚保养完又坏了，我要退款']] }, 'product'],
    ['a repair that does not hold', { says: [[2, '修了三次都没好，我要退款！']] }, 'product'],
    ['the same in English', { says: [[2, 'Third visit and it is still not fixed. Refund me.']] }, 'product'],
    ['the price', { says: [[2, '涨价太多，换一家']] }, 'price'],
    [
      'moved, even with a complaint',
      { says: [[2, '我搬家了，离你们太远']], events: { complaint: [5] } },
      'moved',
    ],
    ['moved in English', { says: [[2, "we've moved to Leeds, please cancel"]] }, 'moved'],
    ['sold the car', { says: [[2, 'I sold my car, cancel the pack']] }, 'life-change'],
    [
      'ratings fell',
      {
        events: {
          voice: [
            [20, { rating: 9 }],
            [10, { rating: 9 }],
            [5, { rating: 4 }],
          ],
        },
      },
      'service',
    ],
    ['nothing known', {}, 'unknown'],
  ])('%s', (_, life, cause) => {
    expect(causeFor(life)).toBe(cause)
  })
})

test('a service complaint is worth more effort than a move to another city', () => {
  expect(RETAINABILITY.service).toBeGreaterThan(RETAINABILITY.moved)
  const input = { score: 0.8, ltvMinor: 100_000, typicalLtvMinor: 0 }
  expect(priorityOf({ ...input, cause: 'service' })).toBeGreaterThan(priorityOf({ ...input, cause: 'moved' }))
})

describe('what ended cases teach', () => {
  const odds = (settled: readonly Settled[]) =>
    Object.fromEntries(oddsFrom(settled).map((one) => [one.cause, one])) as Record<Cause, CauseOdds>

  test('starting values stand until there are enough', () => {
    const { service, price } = odds([{ cause: 'service', cases: 19, kept: 0, costMinor: 0 }])
    expect(service).toMatchObject({ retainability: RETAINABILITY.service, cases: 19, isLearned: false })
    expect(price).toMatchObject({ cost: EXPECTED_COST.price, cases: 0, isLearned: false })
  })

  test('the share kept is drawn to the starting value, the less the more cases there are', () => {
    const kept = (cases: number) => odds([{ cause: 'service', cases, kept: 0, costMinor: 0 }]).service
    expect(kept(20).retainability).toBeCloseTo(RETAINABILITY.service / 2)
    expect(kept(2_000).retainability).toBeLessThan(0.01)
    // Nothing granted anywhere says nothing of costs.
    expect(kept(20).cost).toBe(EXPECTED_COST.service)
  })

  test('who is granted more costs more; nobody less than a call', () => {
    const { product, price } = odds([
      { cause: 'product', cases: 100, kept: 50, costMinor: 9_000_000 },
      { cause: 'price', cases: 100, kept: 50, costMinor: 0 },
    ])
    expect(product.cost).toBeGreaterThan(EXPECTED_COST.product)
    expect(price.cost).toBe(1)
  })

  test('priority goes by it', () => {
    const input = { score: 0.8, ltvMinor: 100_000, typicalLtvMinor: 0 } as const
    const settled = [
      { cause: 'moved', cases: 200, kept: 190, costMinor: 0 },
      { cause: 'service', cases: 200, kept: 4, costMinor: 0 },
    ] as const
    const taught = { ...input, odds: oddsByCause(oddsFrom(settled)) }
    expect(priorityOf({ ...taught, cause: 'moved' })).toBeGreaterThan(
      priorityOf({ ...taught, cause: 'service' }),
    )
  })
})

test('priority is score x LTV x retainability / expected cost, and grows with score and value', () => {
  expect(priorityOf({ score: 0.5, ltvMinor: 200_000, cause: 'price', typicalLtvMinor: 0 })).toBeCloseTo(
    (0.5 * 2_000 * RETAINABILITY.price) / EXPECTED_COST.price,
  )
  const causes = fc.constantFrom(...(Object.keys(RETAINABILITY) as Cause[]))
  const score = fc.double({ min: 0, max: 1, noNaN: true })
  const ltv = fc.option(fc.integer({ min: -1_000, max: 1e12 }))
  fc.assert(
    fc.property(causes, score, score, ltv, (cause, one, other, ltvMinor) => {
      const [low, high] = [one, other]
        .sort((a, b) => a - b)
        .map((each) => priorityOf({ score: each, ltvMinor, cause, typicalLtvMinor: 5_000 }))
      expect(low!).toBeGreaterThanOrEqual(0)
      expect(high!).toBeGreaterThanOrEqual(low!)
      expect(Number.isFinite(high!)).toBe(true)
    }),
  )
})
