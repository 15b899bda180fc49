import { expect, test } from 'vitest'
import { openStream } from '../../src/demo/random.ts'
import { walkingScorer } from '../../src/learning/bulk-score.ts'
import { laneScorer } from '../../src/learning/lane-score.ts'
import type { Tree, TreeModel } from '../../src/learning/model.ts'
import { rawScore } from '../../src/learning/model.ts'
import { randomRows, randomTrees } from './random-trees.ts'

const draw = openStream('lanes')

function alone(model: TreeModel, rows: Float32Array, count: number): number[] {
  return Array.from({ length: count }, (_, row) => rawScore(model, rows, row * model.names.length))
}

test.each([0, 1, 2, 5, 8])(
  'sixteen rows side by side, or row by row: trees %i deep give the same',
  (depth) => {
    const model = randomTrees(draw, { columns: 9, trees: 30, depth })
    const rows = randomRows(draw, 9, 150)
    rows.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0], 4)
    for (const scorer of [laneScorer(model)!, walkingScorer(model)]) {
      const raw = new Float64Array(150)
      scorer(rows, 150, raw)
      expect([...raw]).toEqual(alone(model, rows, 150))
    }
  },
)

test('as many thresholds as there are codes for; of more, and of deeper trees, each row is walked down', () => {
  const stumps = (count: number): TreeModel => ({
    algorithm: 'gbdt',
    names: ['a'],
    base: 0,
    trees: Array.from({ length: count }, (_, at) => stump(at)),
  })
  const most = stumps(254)
  const rows = Float32Array.from({ length: 256 }, (_, at) => (at === 255 ? Number.NaN : at - 0.5))
  const raw = new Float64Array(256)
  laneScorer(most)!(rows, 256, raw)
  expect([...raw]).toEqual(alone(most, rows, 256))
  expect(laneScorer(stumps(255))).toBeNull()
  const deep = randomTrees(openStream('deep'), { columns: 3, trees: 12, depth: 12 })
  expect(laneScorer(deep)).toBeNull()
})

/** A tree of one question: is it at most so much? */
function stump(threshold: number): Tree {
  return {
    feature: Int32Array.of(0, -1, -1),
    threshold: Float32Array.of(threshold, 0, 0),
    unknownLeft: Uint8Array.of(threshold % 2, 0, 0),
    left: Int32Array.of(1, 0, 0),
    right: Int32Array.of(2, 0, 0),
    value: Float32Array.of(0, 0.1, 0.7),
    cover: Float64Array.of(2, 1, 1),
  }
}
