import { expect, test } from 'vitest'
import { forest, forestWith } from '../../src/learning/forest.ts'
import { rawScore, type TreeModel } from '../../src/learning/model.ts'
import type { Table } from '../../src/learning/table.ts'
import { auc, bytesOf, scoresOf } from './judging.ts'
import { leavers } from './leavers.ts'

const small = forestWith({ trees: 40 })

test('it ranks those who will leave above those who stay, and its score is a share', async () => {
  const model = await small.train(leavers(4_000, 26, 1), { seed: 1 })
  const later = leavers(4_000, 26, 2)
  const scores = scoresOf(model, later)
  expect(auc(scores, later.labels)).toBeGreaterThan(0.68)
  expect(Math.min(...scores)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...scores)).toBeLessThanOrEqual(1 + 1e-6)
  const mean = scores.reduce((sum, score) => sum + score, 0) / later.rows
  expect(mean).toBeCloseTo(later.labels.filter((label) => label === 1).length / later.rows, 1)
})

test('the same seed gives the same forest, another seed another', async () => {
  const table = leavers(800, 26, 5)
  const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => small.train(table, { seed })))
  expect(bytesOf(again!)).toEqual(bytesOf(first!))
  expect(bytesOf(other!)).not.toEqual(bytesOf(first!))
})

test('leaves are as heavy as asked, as deep as allowed, and covers add up to the rows drawn', async () => {
  const table = leavers(1_000, 26, 6)
  const settings = { trees: 5, depth: 6, minLeaf: 20 }
  const model = (await forestWith(settings).train(table, { seed: 1 })) as TreeModel
  for (const tree of model.trees) {
    const depth = new Map([[0, 0]])
    expect(tree.cover[0]).toBe(1_000)
    tree.feature.forEach((column, node) => {
      if (column < 0) {
        expect(tree.cover[node]).toBeGreaterThanOrEqual(20)
        return
      }
      const [left, right] = [tree.left[node]!, tree.right[node]!]
      expect(tree.cover[left]! + tree.cover[right]!).toBe(tree.cover[node])
      for (const child of [left, right]) depth.set(child, depth.get(node)! + 1)
    })
    expect(Math.max(...depth.values())).toBeLessThanOrEqual(6)
  }
})

test('a branch does not end because the columns it drew tell nothing', async () => {
  const table: Table = {
    names: Array.from({ length: 25 }, (_, column) => `c${column}`),
    rows: 200,
    values: Float32Array.from({ length: 5_000 }, (_, at) => (at % 25 === 13 ? Math.floor(at / 25) % 2 : 3)),
    labels: Uint8Array.from({ length: 200 }, (_, row) => row % 2),
  }
  const model = (await forestWith({ trees: 5, columns: 2 }).train(table, { seed: 1 })) as TreeModel
  expect(model.trees.map(({ feature }) => feature[0])).toEqual([13, 13, 13, 13, 13])
  expect(scoresOf(model, table).slice(0, 2)).toEqual(
    new Float64Array([0, 1].map((share) => Math.fround(share / 5) * 5)),
  )
})

test('a monotone column never moves the share the wrong way', async () => {
  const table = leavers(600, 26, 3)
  const monotone = table.names.map((_, column) => (column % 3) - 1)
  const model = await forestWith({ trees: 20, minLeaf: 2 }).train(table, { seed: 1, monotone })
  for (let row = 0; row < 40; row += 1) {
    for (const [column, direction] of monotone.entries()) {
      if (direction === 0) continue
      const scores = [-3, -0.5, 0, 0.4, 1, 2, 4].map((value) => {
        const values = table.values.slice(row * 26, row * 26 + 26)
        values[column] = value
        return rawScore(model, values) * direction
      })
      expect(scores).toEqual([...scores].sort((a, b) => a - b))
    }
  }
})

test('a row that left may weigh more', async () => {
  const [table, later] = [leavers(1_000, 26, 4), leavers(1_000, 26, 5)]
  const shallow = forestWith({ trees: 20, depth: 3 })
  const mean = async (positiveWeight: number): Promise<number> =>
    scoresOf(await shallow.train(table, { seed: 1, positiveWeight }), later).reduce(
      (sum, one) => sum + one,
      0,
    ) / 1_000
  expect(await mean(8)).toBeGreaterThan(2 * (await mean(1)))
})

test('a table of one class only is refused', async () => {
  const table = { ...leavers(20, 26, 1), labels: new Uint8Array(20).fill(1) }
  await expect(forest.train(table, { seed: 1 })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: 'All 20 rows left; a model learns from the difference.',
  })
})
