import { expect, test } from 'vitest'
import type { Profile } from '../../src/features/profile.ts'
import { sortedAt } from '../../src/risk/environment.ts'
import type { HistoriesAt } from '../../src/risk/snapshot.ts'

/** Customers with these declared values and estimates. */
function lineOf(customers: readonly (readonly [declared: number | null, estimate: number])[]) {
  const snapshot = {
    size: customers.length,
    facts: customers.map(([ltvMinor]) => ({ ltvMinor })),
    features: {
      names: ['ltv'],
      index: new Map([['ltv', 0]]),
      values: Float64Array.from(customers, ([, estimate]) => estimate),
    },
  }
  const profile = { ltv: 'ltv' } as Profile
  return sortedAt(snapshot as unknown as HistoriesAt, { profile } as never, 0.3, () => null)
}

test('the line of high value goes by declared values, else by estimates, and passes over what is not known', async () => {
  const known = [1, 2, 3, 4, 5, 6, 7].map((value) => [value, 900] as const)
  const estimated = [8.2, 9, 10].map((value) => [null, value] as const)
  expect(await lineOf([...known, ...estimated])).toEqual({ highValueFrom: 8, segments: null })
  const unknown = [Number.NaN, Number.POSITIVE_INFINITY].map((value) => [null, value] as const)
  expect((await lineOf([...unknown, ...known, ...estimated, ...unknown])).highValueFrom).toBe(8)
  expect((await lineOf(unknown)).highValueFrom).toBe(Number.POSITIVE_INFINITY)
})
