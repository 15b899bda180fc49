import { afterEach, expect, test } from 'vitest'
import { openStream } from '../../src/demo/random.ts'
import { onGrid } from '../../src/learning/grid.ts'
import type { Calibration, LinearModel, Model, TreeModel } from '../../src/learning/model.ts'
import { rawScore } from '../../src/learning/model.ts'
import { onnxOf } from '../../src/learning/onnx.ts'
import { predict } from '../../src/learning/probability.ts'
import { checkModel } from '../../src/risk/model-check.ts'
import { type ModelScorer, openModel } from '../../src/risk/model-scorer.ts'
import { randomRows, randomTrees } from '../learning/random-trees.ts'

const draw = openStream('model-scorer')
const opened: ModelScorer[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((scorer) => scorer.close()))
})

async function open(model: Model, calibration: Calibration | null): Promise<ModelScorer> {
  const scorer = await openModel(onnxOf(model, calibration), 'test.onnx', model.names.length)
  opened.push(scorer)
  return scorer
}

const trees = randomTrees(draw, { columns: 7, trees: 60, depth: 6 })
const forest = forestOf(randomTrees(draw, { columns: 7, trees: 40, depth: 5 }))
const logistic: LinearModel = {
  algorithm: 'logistic',
  names: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
  base: -0.7,
  terms: (['value', 'log', 'above', 'is', 'unknown'] as const).flatMap((of, kind) =>
    [0, 1, 2].map((step) => ({
      feature: (kind + step) % 7,
      of,
      at: Math.fround(0.1 * step),
      centre: draw(),
      weight: draw() - 0.5,
    })),
  ),
}
const platt: Calibration = { kind: 'platt', slope: 1.7, offset: -0.4 }
const isotonic: Calibration = {
  kind: 'isotonic',
  from: [-2, -0.5, -0.499, 0.4, 2],
  to: [0.01, 0.1, 0.35, 0.35, 0.9],
}
const grid = onGrid(trees)
const bare = { ...trees, trees: [] }

test.each([
  ['trees', trees, null],
  ['trees, Platt', trees, platt],
  ['trees on the grid, isotonic and steep', grid, isotonic],
  ['a forest', forest, null],
  ['logistic', logistic, null],
  ['logistic, isotonic', logistic, isotonic],
  ['logistic without a term', { ...logistic, terms: [] }, platt],
  ['one point to calibrate by', trees, { kind: 'isotonic', from: [0], to: [0.3] }],
  ['no trees at all', bare, null],
] as [string, Model, Calibration | null][])(
  'the file gives the trainer’s numbers: %s',
  async (_, model, calibration) => {
    const rows = 1200
    const values = randomRows(draw, 7, rows)
    const scorer = await open(model, calibration)
    const { probability, raw } = await scorer.score(values, rows)
    let worst = 0
    for (let row = 0; row < rows; row += 1) {
      worst = Math.max(worst, Math.abs(probability[row]! - predict(model, calibration, values, row * 7)))
      worst = Math.max(worst, Math.abs(raw[row]! - rawScore(model, values, row * 7)) / 4)
    }
    expect(worst).toBeLessThan(5e-6)
    await expect(checkModel(scorer, model, calibration, values, 'test')).resolves.toBeUndefined()
  },
)

/** Leaves divided by the number of trees, around a half. */
function forestOf(model: TreeModel): TreeModel {
  const shared = model.trees.map((tree) => ({ ...tree, value: tree.value.map((leaf) => leaf / 40) }))
  return { ...model, algorithm: 'forest', base: 0.5, trees: shared }
}
