import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededIds } from '../../src/ids.ts'
import { nextShardCount, shardCount, shardOf } from '../../src/timeline/shard-key.ts'

test('twice as many shards split each in two', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 10 }), (customer, power) => {
      const count = 2 ** power
      expect(shardOf(customer, count)).toBe(shardOf(customer, count * 2) & (count - 1))
    }),
  )
})

test('customers spread evenly, whether their ids are drawn or counted', () => {
  const spread = (ids: string[]): number[] => {
    const sizes = new Array<number>(16).fill(0)
    for (const id of ids) sizes[shardOf(id, 16)]! += 1
    return sizes
  }
  const newId = seededIds('spread')
  const drawn = spread(Array.from({ length: 16_000 }, () => newId()))
  const counted = spread(Array.from({ length: 16_000 }, (_, index) => `c${index}`))
  for (const size of [...drawn, ...counted]) expect(Math.abs(size - 1_000)).toBeLessThan(200)
})

test('shards are as many as customers and bytes ask for, and do not shrink or grow at once', () => {
  expect([0, 4_096, 4_097, 100_000, 1_000_000].map((customers) => shardCount(customers, 0))).toEqual([
    1, 1, 2, 32, 256,
  ])
  expect(shardCount(10, 100 * 2 ** 20)).toBe(16)
  expect(nextShardCount(32, 200_000, 0)).toBe(32)
  expect(nextShardCount(32, 300_000, 0)).toBe(128)
  expect(nextShardCount(32, 10, 0)).toBe(32)
})
