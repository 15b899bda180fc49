import { expect, test } from 'vitest'
import { signals } from './signals.ts'
import { wilson } from './wilson.ts'

test('a quick pass over a small company gives every figure; healthy behaviour is never warned of', async () => {
  const { figures } = await signals({ data: '', quick: true, seed: '1' })
  const found = new Map(figures.map(({ id, value }) => [id, value]))
  for (const signal of ['emotion', 'words', 'silence']) {
    for (const what of ['precision', 'recall', 'recall.low', 'recall.high', 'recall.of', 'lead_days'])
      expect(found.has(`signals.${signal}.${what}`)).toBe(true)
  }
  expect(found.get('signals.silence.healthy')).toBeGreaterThan(0)
  expect(found.get('signals.silence.healthy_warned')).toBe(0)
})

test('an interval of a share is as wide as what it was counted on is small', () => {
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  const { low, high } = wilson(8, 10)
  expect(low).toBeCloseTo(0.49, 2)
  expect(high).toBeCloseTo(0.943, 2)
  expect(wilson(800, 1000).low).toBeGreaterThan(0.77)
  expect(wilson(10, 10).high).toBeCloseTo(1)
})
