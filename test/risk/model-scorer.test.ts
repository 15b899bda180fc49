import { afterEach, expect, test } from 'vitest'
import { openStream } from '../../src/demo/random.ts'
import { onGrid } from '../../src/learning/grid.ts'
import type { Calibration, LinearModel, Model, TreeModel } from '../../src/learning/model.ts'
import { rawScore } from '../../src/learning/model.ts'
import { onnxOf } from '../../src/learning/onnx.ts'
import { fileOf } from '../../src/learning/onnx-graph.ts'
import { predict } from '../../src/learning/probability.ts'
import { checkModel } from '../../src/risk/model-check.ts'
import { type ModelScorer, openBulk, openModel } from '../../src/risk/model-scorer.ts'
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

test('a file that gives other numbers than the trainer is refused', async () => {
  const scorer = await open(trees, null)
  const other = { ...trees, base: trees.base + 0.1 }
  await expect(checkModel(scorer, other, null, randomRows(draw, 7, 50), 'test.onnx')).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('The model file "test.onnx" is refused'),
  })
})

test('rows of another width, and files of another shape, are refused', async () => {
  const scorer = await open(trees, null)
  await expect(scorer.score(new Float32Array(12), 2)).rejects.toMatchObject({
    message: 'The model "test.onnx" was given 12 numbers for 2 rows, but reads 7 columns a row.',
  })
  const file = onnxOf(trees, null)
  await expect(openModel(file, 'test.onnx', 6)).rejects.toMatchObject({
    message: 'The model file "test.onnx" reads 7 columns, but its description names 6.',
  })
  await expect(openModel(file.subarray(0, 999), 'half.onnx', 7)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('The model file "half.onnx" cannot be opened: '),
  })
  const silent = fileOf({
    width: 1,
    nodes: [{ type: 'Identity', inputs: ['X'], outputs: ['score'] }],
    constants: [],
    outputs: ['score'],
    facts: {},
  })
  await expect(openModel(silent, 'silent.onnx', 1)).rejects.toMatchObject({
    message: 'The model file "silent.onnx" gives no probability, but: score.',
  })
})

test('a file made elsewhere may give two columns and no raw score', async () => {
  const elsewhere = fileOf({
    width: 2,
    nodes: [{ type: 'Softmax', inputs: ['X'], outputs: ['probabilities'] }],
    constants: [],
    outputs: [['probabilities', 2]],
    facts: {},
  })
  const scorer = await openModel(elsewhere, 'elsewhere.onnx', 2)
  opened.push(scorer)
  const { probability, raw } = await scorer.score(Float32Array.of(0, 1, 2, 0), 2)
  expect([...probability].map((each) => Number(each.toFixed(4)))).toEqual([0.7311, 0.1192])
  expect([...raw].map((each) => Number(each.toFixed(4)))).toEqual([1, -2])
})

test('scoring is given up when asked, and after closing there is none', async () => {
  const scorer = await open(trees, null)
  const values = randomRows(draw, 7, 20_000)
  const abort = new AbortController()
  const scoring = scorer.score(values, 20_000, abort.signal)
  abort.abort(new Error('enough'))
  await expect(scoring).rejects.toThrow('enough')
  expect((await scorer.score(values.subarray(0, 14), 2)).raw).toHaveLength(2)
  await scorer.close()
  await scorer.close()
  await expect(scorer.score(values.subarray(0, 7), 1)).rejects.toThrow('the model has been closed')
})

test.each([
  ['trees', grid, isotonic],
  ['a forest', forest, null],
  ['logistic', logistic, platt],
] as [string, Model, Calibration | null][])(
  'in bulk, over two threads, the very same numbers: %s',
  async (_, model, calibration) => {
    const rows = 9001
    const values = randomRows(draw, 7, rows)
    const scorer = openBulk(model, calibration, 2)
    opened.push(scorer)
    const { probability, raw } = await scorer.score(values, rows)
    for (let row = 0; row < rows; row += 1) {
      const exact = [rawScore(model, values, row * 7), predict(model, calibration, values, row * 7)]
      if (raw[row] !== Math.fround(exact[0]!) || probability[row] !== Math.fround(exact[1]!))
        expect([row, raw[row], probability[row]]).toEqual([row, ...exact.map(Math.fround)])
    }
  },
)
