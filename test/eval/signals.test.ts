import { expect, test } from 'vitest'
import { signals } from './signals.ts'

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
