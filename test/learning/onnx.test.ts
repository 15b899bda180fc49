import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openStream } from '../../src/demo/random.ts'
import { bulkScorer } from '../../src/learning/bulk-score.ts'
import { nextBelow } from '../../src/learning/float32.ts'
import { onGrid } from '../../src/learning/grid.ts'
import { rawScore, type TreeModel } from '../../src/learning/model.ts'
import { onnxOf } from '../../src/learning/onnx.ts'
import { treesOf } from '../../src/learning/onnx-read.ts'
import { randomRows, randomTrees } from './random-trees.ts'

const models = fc
  .record({
    seed: fc.integer(),
    columns: fc.integer({ min: 1, max: 9 }),
    trees: fc.integer({ min: 1, max: 5 }),
    depth: fc.integer({ min: 0, max: 8 }),
  })
  .map(({ seed, ...shape }) => {
    const draw = openStream('onnx', seed)
    return { model: randomTrees(draw, shape), rows: randomRows(draw, shape.columns, 70) }
  })

test('trees come back from their file as they were, base and covers as float32', () => {
  fc.assert(
    fc.property(models, ({ model }) => {
      const back = treesOf(onnxOf(model, null), model.names, 'gbdt')
      const cover = model.trees.map((tree) => Float64Array.from(tree.cover, Math.fround))
      const trees = model.trees.map((tree, index) => ({ ...tree, cover: cover[index]! }))
      expect(back).toEqual({ ...model, base: Math.fround(model.base), trees })
    }),
    { numRuns: 40 },
  )
})

test('bytes that are no model, or one without counted trees, have no trees to explain', () => {
  const model = randomTrees(openStream('bytes'), { columns: 3, trees: 2, depth: 3 })
  const file = onnxOf(model, null)
  for (let length = 0; length < file.length / 2; length += 7)
    expect(treesOf(file.subarray(0, length), model.names, 'gbdt')).toBeNull()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(treesOf(bytes, ['a'], 'gbdt')).toBeNull()
    }),
  )
  expect(treesOf(file, ['only', 'two'], 'gbdt')).toBeNull()
  for (const { cover } of model.trees) cover.fill(1)
  expect(treesOf(onnxOf(model, null), model.names, 'gbdt')).toBeNull()
})

test('rows in bulk score as rows alone, bit by bit', () => {
  fc.assert(
    fc.property(models, ({ model, rows }) => {
      const raw = new Float64Array(70)
      bulkScorer(model)(rows, 70, raw)
      expect([...raw]).toEqual(Array.from(raw, (_, row) => rawScore(model, rows, row * model.names.length)))
    }),
    { numRuns: 40 },
  )
})

test('on the grid float32 adds exactly, in any order, and the grid moves nothing twice', () => {
  fc.assert(
    fc.property(models, ({ model, rows }) => {
      const exact = onGrid(model)
      expect(onGrid(exact)).toEqual(exact)
      const width = model.names.length
      for (let from = 0; from < rows.length; from += width) {
        const leaves = exact.trees.map((tree) => rawScore(alone(tree), rows, from))
        const inFloat = (all: readonly number[]): number =>
          all.reduce((sum, leaf) => Math.fround(sum + leaf), Math.fround(exact.base))
        expect(inFloat(leaves)).toBe(rawScore(exact, rows, from))
        expect(inFloat(leaves.reverse())).toBe(rawScore(exact, rows, from))
        expect(rawScore(exact, rows, from)).toBeCloseTo(rawScore(model, rows, from), 5)
      }
    }),
    { numRuns: 40 },
  )
})

function alone(tree: TreeModel['trees'][number]): TreeModel {
  return { algorithm: 'gbdt', names: [], base: 0, trees: [tree] }
}

test('less than a threshold is at most the float32 below it', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const below = nextBelow(value)
      expect(below).toBeLessThan(value)
      expect(Math.fround((below + value) / 2) === below || Math.fround((below + value) / 2) === value).toBe(
        true,
      )
    }),
  )
  expect(nextBelow(0)).toBe(-1.401298464324817e-45)
  expect(nextBelow(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY)
})
