import { expect, test } from 'vitest'
import { QUICK, trainOn } from './train.ts'

// How long it takes, and whether the peers are installed, is no matter here: that the whole way works is.
test('our trees are trained beside their peers’, and come out the same in one thread and in two', async () => {
  const { figures, missing = [] } = await trainOn(QUICK, 1)
  const value = (id: string): number => figures.find((one) => one.id === `train.${id}`)!.value
  expect(value('200k.different_models')).toBe(0)
  expect(value('auc')).toBeGreaterThan(0.6)
  expect(value('forest.auc')).toBeGreaterThan(0.55)
  if (missing.length === 0) expect(figures.filter((one) => Number.isNaN(one.value))).toEqual([])
  else expect(missing.every((line) => line.startsWith('peer not installed: '))).toBe(true)
})
