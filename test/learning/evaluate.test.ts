import { expect, test } from 'vitest'
import { candidatesOf } from '../../src/learning/candidates.ts'
import { chanceOf } from '../../src/learning/chance.ts'
import { learnFrom } from '../../src/learning/choose.ts'
import { crossValidate } from '../../src/learning/evaluate.ts'
import { examplesOfTable } from '../../src/learning/examples.ts'
import { stratifiedFolds } from '../../src/learning/folds.ts'
import { innerSplits } from '../../src/learning/inner.ts'
import { riskTable } from './tables.ts'

const table = riskTable(900)
const choosing = { candidates: candidatesOf('logistic').slice(0, 2), seed: 1 }
const all = Int32Array.from(table.labels, (_, row) => row)

test('every row is scored by a model that had not seen it, and what is said comes', async () => {
  const out = await crossValidate(examplesOfTable(table), stratifiedFolds(table.labels, 3, 1), choosing)
  expect([...out.rows]).toEqual([...all])
  expect(out.auc).toBeGreaterThan(0.85)
  expect(out.metrics.calibrationGap).toBeLessThan(0.15)
  expect(out.importance.map(({ name }) => name)).toEqual(['risk', 'habit', 'noise'])
  expect(out.folds).toHaveLength(3)
})

test('only so many features are kept, the ones that matter, as the training rows tell', async () => {
  const learned = await learnFrom(examplesOfTable(table), all, { ...choosing, keep: 2 })
  expect(learned.model.names).toEqual(['risk', 'habit'])
  expect(learned.table([3]).values).toEqual(table.values.slice(9, 11))
})

test('rows outside the training rows change nothing', async () => {
  const training = all.filter((row) => row % 3 > 0)
  const turned = { ...table, labels: table.labels.map((label, row) => (row % 3 > 0 ? label : 1 - label)) }
  const [here, there] = await Promise.all(
    [table, turned].map((one) => learnFrom(examplesOfTable(one), training, { ...choosing, keep: 2 })),
  )
  expect([there!.model, there!.calibration]).toEqual([here!.model, here!.calibration])
})

test('rows with dates are judged forward: older ones teach, the newest of other customers judge', () => {
  const chance = chanceOf(2)
  const newest = table.labels.map((_, row) => (row >= 500 ? 1 : 0))
  const groups = Int32Array.from(all, () => Math.floor(300 * chance()))
  for (const { taught, held } of innerSplits({ ...examplesOfTable(table, groups), newest }, all, 3, 1)) {
    expect([...taught].every((row) => row < 500)).toBe(true)
    expect([...held].every((row) => row >= 500)).toBe(true)
    const known = new Set(Array.from(taught, (row) => groups[row]))
    expect([...held].some((row) => known.has(groups[row]!))).toBe(false)
  }
})
