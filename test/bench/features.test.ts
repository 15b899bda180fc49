import { expect, test } from 'vitest'
import { features } from './features.ts'
import { columnsOf, mergedColumns, randomHistory } from './history.ts'

// How long it takes is no matter here: that every cell is the same, whoever works it out, is.
test('the kernel, PGlite and every peer there is say the same of a small history', async () => {
  const { figures } = await features({ data: '', quick: true, seed: 'smoke' })
  const value = (id: string): number | undefined => figures.find((one) => one.id === `features.${id}`)?.value
  expect([value('count'), value('mismatch.pglite')]).toEqual([36, 0])
  const wrong = figures.filter(({ id, value }) => id.startsWith('features.mismatch.') && value !== 0)
  expect(wrong).toEqual([])
  expect(value('kernel_ms')).toBeGreaterThan(0)
})

test('a history has as many events as asked for, some of them late, and late rows are merged into their places', () => {
  const history = randomHistory(50, 5_000, 'one')
  const late = history.late.filter((days) => days > 0).length
  expect(history.at).toHaveLength(5_000)
  expect(late / 5_000).toBeCloseTo(0.01, 2)
  expect(randomHistory(50, 5_000, 'one')).toEqual(history)
  expect(mergedColumns(history)).toEqual(columnsOf(history, history.facts, () => true))
})
