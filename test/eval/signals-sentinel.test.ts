import { expect, test } from 'vitest'
import { sentinelFigures } from './signals-sentinel.ts'

test('the smoke test of the storms: every figure is there, and next to none is false', async () => {
  const { figures } = await sentinelFigures({ data: '', quick: true, seed: '1' })
  expect(figures.every(({ value }) => Number.isFinite(value))).toBe(true)
  expect(figures.filter(({ ok }) => !ok)).toEqual([])
})

test('a part of it runs alone', async () => {
  const { figures } = await sentinelFigures({ data: '', quick: true, seed: '1', only: 'words' })
  expect(figures.map(({ id }) => id)).toContain('sentinel.words.within_day')
  expect(figures.every(({ id }) => id.startsWith('sentinel.words.'))).toBe(true)
})
