import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gbdt, gbdtWith } from '../../src/learning/gbdt.ts'
import { leafOf, rawScore, type TreeModel } from '../../src/learning/model.ts'
import { rowsOf, type Table } from '../../src/learning/table.ts'
import { chanceOf } from '../../src/learning/trees/chance.ts'
import { auc, bytesOf, scoresOf } from './judging.ts'
import { leavers } from './leavers.ts'

const small = gbdtWith({ rounds: 40, depth: 4 })

test('it ranks those who will leave above those who stay', async () => {
  const model = await small.train(leavers(4_000, 26, 1), { seed: 1 })
  const later = leavers(4_000, 26, 2)
  expect(auc(scoresOf(model, later), later.labels)).toBeGreaterThan(0.7)
})

test('it learns what only two columns together tell', async () => {
  const table = made(2_000, 3, (a, b) => a > 0 !== b > 0)
  for (const settings of [{}, { leaves: 12 }, { subsample: 1, columnShare: 1 }]) {
    const model = await gbdtWith({ rounds: 60, depth: 5, ...settings }).train(table, { seed: 3 })
    expect(auc(scoresOf(model, table), table.labels)).toBeGreaterThan(0.99)
  }
})

test('leaf by leaf, a tree has no more leaves than asked, and no more levels', async () => {
  const table = leavers(2_000, 26, 4)
  const model = (await gbdtWith({ rounds: 5, leaves: 7, depth: 20 }).train(table, { seed: 1 })) as TreeModel
  for (const tree of model.trees) expect(tree.feature.filter((column) => column < 0)).toHaveLength(7)
  const flat = (await gbdtWith({ rounds: 5, leaves: 31, depth: 2 }).train(table, { seed: 1 })) as TreeModel
  for (const tree of flat.trees)
    expect(tree.feature.filter((column) => column < 0).length).toBeLessThanOrEqual(4)
})

test('the same seed gives the same model, another seed another', async () => {
  const table = leavers(1_500, 26, 5)
  const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => small.train(table, { seed })))
  expect(bytesOf(again!)).toEqual(bytesOf(first!))
  expect(bytesOf(other!)).not.toEqual(bytesOf(first!))
})

test('covers of two children add up to their parent’s, and every training row comes to a leaf of its own weight', async () => {
  const table = leavers(1_500, 26, 6)
  const model = (await gbdtWith({ rounds: 3, subsample: 1 }).train(table, { seed: 1 })) as TreeModel
  for (const tree of model.trees) {
    tree.feature.forEach((column, node) => {
      if (column < 0) return
      expect(tree.value[node]).toBe(0)
      expect(tree.cover[tree.left[node]!]! + tree.cover[tree.right[node]!]!).toBe(tree.cover[node])
    })
  }
  // In the first round, at even odds, every row weighs a quarter.
  const first = model.trees[0]!
  const rows = new Float64Array(first.feature.length)
  for (let row = 0; row < table.rows; row += 1) rows[leafOf(first, table.values, row * 26)]! += 1
  rows.forEach((count, node) => {
    if (first.feature[node]! < 0) expect(first.cover[node]!).toBeCloseTo(count / 4, 3)
  })
})

test('a monotone column never moves the score the wrong way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1e6 }),
      fc.constantFrom(undefined, 8),
      async (seed, leaves) => {
        const table = noise(300, 4, seed)
        const monotone = [1, -1, 0, 1]
        const settings = { rounds: 15, minChildWeight: 0.1, ...(leaves === undefined ? {} : { leaves }) }
        const model = await gbdtWith(settings).train(table, { seed, monotone })
        for (let row = 0; row < 60; row += 1) {
          for (const column of [0, 1, 3]) {
            const scores = [-2, -1, -0.3, 0, 0.2, 0.7, 1.5].map((value) => {
              const values = table.values.slice(row * 4, row * 4 + 4)
              values[column] = value
              return rawScore(model, values) * monotone[column]!
            })
            expect(scores).toEqual([...scores].sort((a, b) => a - b))
          }
        }
      },
    ),
    { numRuns: 15, seed: 4 },
  )
})

test('unknown goes the way the unknown went in training', async () => {
  const table = made(2_000, 2, (a) => Number.isNaN(a) || a > 1, 0.3)
  const model = await small.train(table, { seed: 1 })
  const [unknown, high, low] = [Number.NaN, 1.8, -1].map((a) => rawScore(model, new Float32Array([a, 0])))
  expect(unknown).toBeGreaterThan(low! + 3)
  expect(high).toBeGreaterThan(low! + 3)
})

test('columns that tell nothing are never looked at', async () => {
  const table = made(600, 4, (a) => a > 0)
  for (let row = 0; row < table.rows; row += 1) {
    table.values[row * 4 + 1] = 7
    table.values[row * 4 + 2] = Number.NaN
  }
  const model = (await small.train(table, { seed: 1 })) as TreeModel
  const looked = new Set(model.trees.flatMap(({ feature }) => [...feature]))
  expect([looked.has(1), looked.has(2), looked.has(0)]).toEqual([false, false, true])
})

test('a column that is known or unknown, and nothing else, is learned from', async () => {
  const table = made(600, 1, (a) => !Number.isNaN(a), 0.5)
  table.values.forEach((value, at) => {
    if (!Number.isNaN(value)) table.values[at] = 5
  })
  const model = await small.train(table, { seed: 1 })
  expect(auc(scoresOf(model, table), table.labels)).toBe(1)
})

test('a row that left may weigh more: scores rise together', async () => {
  const table = leavers(2_000, 26, 7)
  const mean = async (positiveWeight: number): Promise<number> => {
    const scores = scoresOf(await small.train(table, { seed: 1, positiveWeight }), table)
    return scores.reduce((sum, score) => sum + score, 0) / table.rows
  }
  expect((await mean(5)) - (await mean(1))).toBeGreaterThan(1)
})

test('it stops when later rows no longer gain, and keeps the best round', async () => {
  const table = leavers(1_500, 26, 8)
  const stopOn = leavers(1_500, 26, 9)
  const told: number[] = []
  const eager = gbdtWith({ rounds: 400, learningRate: 0.3, earlyStop: 10 })
  const model = (await eager.train(table, {
    seed: 1,
    stopOn,
    progress: (share) => told.push(share),
  })) as TreeModel
  expect(model.trees.length).toBeLessThan(200)
  expect(told).toHaveLength(model.trees.length + 10)
  // The same first rounds as without anything to stop on.
  const whole = (await gbdtWith({ rounds: model.trees.length, learningRate: 0.3 }).train(table, {
    seed: 1,
  })) as TreeModel
  expect(bytesOf(model)).toEqual(bytesOf(whole))
})

test('ten rows are few, but no fault', async () => {
  const table = made(10, 3, (a) => a > 0)
  table.labels[0] = 1
  table.labels[1] = 0
  expect(scoresOf(await gbdt.train(table, { seed: 1 }), table).every(Number.isFinite)).toBe(true)
})

test('what cannot teach is refused', async () => {
  const table = made(50, 2, (a) => a > 0)
  const train = (changed: Partial<Table>, more = {}) =>
    gbdt.train({ ...table, ...changed }, { seed: 1, ...more })
  const infinite = table.values.slice()
  infinite[7] = Number.NEGATIVE_INFINITY
  const empty = rowsOf(table, [])
  await expect(train(empty)).rejects.toMatchObject({ code: 'BAD_INPUT', message: 'The table has no rows.' })
  await expect(train({ labels: new Uint8Array(50) })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: 'All 50 rows stayed; a model learns from the difference.',
    said: { what: { zh: '50 行全部是留存；模型要从差别中学习。' } },
  })
  await expect(train({ values: infinite })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: 'Column "c1" is infinite in row 4.',
  })
  await expect(train({}, { monotone: [1] })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  await expect(train({}, { positiveWeight: 0 })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  await expect(train({}, { stopOn: { ...table, names: ['a', 'b'] } })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  })
})

test('it can be broken off', async () => {
  const off = new AbortController()
  const training = { seed: 1, signal: off.signal, progress: () => off.abort() }
  await expect(
    gbdt.train(
      made(100, 2, (a) => a > 0),
      training,
    ),
  ).rejects.toMatchObject({ name: 'AbortError' })
})

/** Columns between -2 and 2, the first unknown in a share of the rows; the label is decided by the first two. */
function made(rows: number, columns: number, leaves: (a: number, b: number) => boolean, unknown = 0): Table {
  const chance = chanceOf(11)
  const values = Float32Array.from({ length: rows * columns }, (_, at) =>
    at % columns === 0 && chance() < unknown ? Number.NaN : chance() * 4 - 2,
  )
  const labels = Uint8Array.from({ length: rows }, (_, row) =>
    leaves(values[row * columns]!, values[row * columns + 1] ?? 0) ? 1 : 0,
  )
  return { names: Array.from({ length: columns }, (_, column) => `c${column}`), rows, values, labels }
}

/** Labels that follow some columns weakly, with many unknown values. */
function noise(rows: number, columns: number, seed: number): Table {
  const table = made(rows, columns, (a) => a > 0)
  const chance = chanceOf(seed)
  for (let at = 0; at < table.values.length; at += 1) {
    table.values[at] = chance() < 0.1 ? Number.NaN : Math.round((chance() * 4 - 2) * 8) / 8
  }
  for (let row = 0; row < rows; row += 1) {
    const [a, b, c] = table.values.subarray(row * columns)
    table.labels[row] = chance() * 3 < 1 + (a || 0) - (b || 0) * (c || 0) ? 1 : 0
  }
  return table
}
