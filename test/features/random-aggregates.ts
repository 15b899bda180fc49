import fc from 'fast-check'
import type { Aggregate } from '../../src/features/feature.ts'
import { KINDS } from '../timeline/random-rows.ts'

const MEASURED = ['sum', 'mean', 'spread', 'share', 'last', 'newest'] as const

const randomAggregate: fc.Arbitrary<Omit<Aggregate, 'name'>> = fc
  .record({
    fn: fc.constantFrom('count', 'days', 'recency', 'age', 'interval', 'interval_spread', ...MEASURED),
    kind: fc.constantFrom(...KINDS),
    measure: fc.constantFrom('amount', 'rating'),
    window: fc.constantFrom<{ from?: number; to?: number }>(
      {},
      { from: 90 },
      { from: 180, to: 90 },
      { to: 30 },
      { from: 7 },
      { from: 455, to: 90 },
    ),
    above: fc.constantFrom(0, 6, 500_000),
    take: fc.integer({ min: 1, max: 5 }),
    skip: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ fn, kind, measure, window, above, take, skip }) => ({
    fn,
    kind,
    ...window,
    ...((MEASURED as readonly string[]).includes(fn) ? { measure } : {}),
    ...(fn === 'share' ? { above } : {}),
    ...(fn === 'newest' ? { take, skip } : {}),
  }))

/** Lists of aggregates over the kinds of random-rows.ts, some of them without meaning, none without a definition. */
export const randomAggregates = fc
  .array(randomAggregate, { minLength: 1, maxLength: 12 })
  .map((all) => all.map((aggregate, index) => ({ ...aggregate, name: `f${index}` })))

/** Equal but for the last bits: the kernel adds up in another order than the oracle. */
export function isClose(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b)
  return Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a), Math.abs(b))
}
