import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openStream } from '../../src/demo/random.ts'
import { explainerOf } from '../../src/learning/explain.ts'
import { type LinearModel, rawScore, type Tree, type TreeModel } from '../../src/learning/model.ts'
import { explainTrees } from '../../src/learning/tree-shap.ts'
import { randomRows, randomTrees } from './random-trees.ts'

/** Any ensemble: few columns, so that features come again on a path, and deep ones among them. */
const models = fc
  .record({
    seed: fc.integer(),
    columns: fc.integer({ min: 1, max: 6 }),
    trees: fc.integer({ min: 1, max: 4 }),
    depth: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ seed, ...shape }) => {
    const draw = openStream('shap', seed)
    return { model: randomTrees(draw, shape), rows: randomRows(draw, shape.columns, 12) }
  })

test('contributions and what is expected add up to the score, tabled or not', () => {
  fc.assert(
    fc.property(models, ({ model, rows }) => {
      const width = model.names.length
      for (const explainer of [explainTrees(model), explainTrees(model, 0), explainTrees(model, 500)])
        for (let from = 0; from < rows.length; from += width) {
          const phi = new Float64Array(width)
          explainer.explain(rows, from, phi)
          const sum = phi.reduce((all, each) => all + each, explainer.expected)
          expect(sum).toBeCloseTo(rawScore(model, rows, from), 5)
        }
    }),
    { numRuns: 60 },
  )
})

test('contributions are Shapley values, counted out over all sets of known features', () => {
  fc.assert(
    fc.property(models, ({ model, rows }) => {
      const width = model.names.length
      const row = rows.subarray(0, width)
      const exact = shapley(model, row)
      for (const explainer of [explainTrees(model), explainTrees(model, 0)]) {
        const phi = new Float64Array(width)
        explainer.explain(row, 0, phi)
        phi.forEach((each, feature) => {
          expect(each).toBeCloseTo(exact[feature]!, 5)
        })
      }
    }),
    { numRuns: 40 },
  )
})

test('a very deep tree is explained too', () => {
  const draw = openStream('deep')
  const model = randomTrees(draw, { columns: 40, trees: 1, depth: 3 })
  const deep: TreeModel = { ...model, trees: [chain(60, 40)] }
  const row = randomRows(draw, 40, 1)
  const phi = new Float64Array(40)
  const explainer = explainTrees(deep)
  explainer.explain(row, 0, phi)
  expect(phi.reduce((sum, each) => sum + each, explainer.expected)).toBeCloseTo(rawScore(deep, row), 9)
})

test('a node no training row came through does not spoil the explanation', () => {
  const model = randomTrees(openStream('empty'), { columns: 3, trees: 2, depth: 4 })
  for (const { cover } of model.trees) cover.fill(0)
  const row = Float32Array.of(0.1, Number.NaN, -0.3)
  const phi = new Float64Array(3)
  const explainer = explainTrees(model)
  explainer.explain(row, 0, phi)
  expect(phi.reduce((sum, each) => sum + each, explainer.expected)).toBeCloseTo(rawScore(model, row), 5)
})

test('a linear model’s columns add up as well', () => {
  const model: LinearModel = {
    algorithm: 'logistic',
    names: ['a', 'b'],
    base: 0.2,
    terms: [
      { feature: 0, of: 'log', at: 0, centre: 1, weight: 0.5 },
      { feature: 0, of: 'unknown', at: 0, centre: 0.1, weight: -2 },
      { feature: 1, of: 'above', at: 3, centre: 2, weight: 1 },
    ],
  }
  const phi = new Float64Array(2)
  const explainer = explainerOf(model)
  for (const row of [Float32Array.of(4, 7), Float32Array.of(Number.NaN, 1)]) {
    explainer.explain(row, 0, phi)
    expect(phi[0]! + phi[1]! + explainer.expected).toBeCloseTo(rawScore(model, row), 12)
  }
})

/** By definition: over every set of known features, the mean of the leaves with the unknown ones following the covers. */
function shapley(model: TreeModel, row: Float32Array): number[] {
  const width = row.length
  const game = Array.from({ length: 1 << width }, (_, known) =>
    model.trees.reduce((sum, tree) => sum + meanKnowing(tree, row, known), model.base),
  )
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))
  return Array.from({ length: width }, (_, feature) => {
    let sum = 0
    for (let set = 0; set < game.length; set += 1) {
      if ((set >> feature) & 1) continue
      const size = set.toString(2).replaceAll('0', '').length
      const weight = (factorial(size) * factorial(width - size - 1)) / factorial(width)
      sum += weight * (game[set | (1 << feature)]! - game[set]!)
    }
    return sum
  })
}

function meanKnowing(tree: Tree, row: Float32Array, known: number, node = 0): number {
  const feature = tree.feature[node]!
  if (feature < 0) return tree.value[node]!
  const left = tree.left[node]!
  const right = tree.right[node]!
  const value = row[feature]!
  if ((known >> feature) & 1) {
    const goesLeft = Number.isNaN(value) ? tree.unknownLeft[node] === 1 : value <= tree.threshold[node]!
    return meanKnowing(tree, row, known, goesLeft ? left : right)
  }
  const ofLeft = tree.cover[left]! * meanKnowing(tree, row, known, left)
  return (ofLeft + tree.cover[right]! * meanKnowing(tree, row, known, right)) / tree.cover[node]!
}

/** A tree that asks one question after another. */
function chain(length: number, columns: number): Tree {
  const size = 2 * length + 1
  const inner = (node: number): boolean => node < 2 * length && node % 2 === 0
  const per = <T>(of: (node: number) => T): T[] => Array.from({ length: size }, (_, node) => of(node))
  return {
    feature: Int32Array.from(per((node) => (inner(node) ? (node / 2) % columns : -1))),
    threshold: new Float32Array(size),
    unknownLeft: new Uint8Array(size),
    left: Int32Array.from(per((node) => node + 1)),
    right: Int32Array.from(per((node) => node + 2)),
    value: Float32Array.from(per((node) => (inner(node) ? 0 : node / size))),
    cover: Float64Array.from(per((node) => (inner(node) ? size - node : 1))),
  }
}
