import { chance, type Draw, whole } from '../../src/demo/random.ts'
import { leafOf, type Tree, type TreeModel } from '../../src/learning/model.ts'

export interface Shape {
  readonly columns: number
  readonly trees: number
  readonly depth: number
}

/** Values as features have them: few different ones, so that they meet thresholds exactly, and some unknown. */
export function randomRows(draw: Draw, columns: number, rows: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, () =>
    chance(draw, 0.2) ? Number.NaN : someValue(draw),
  )
}

function someValue(draw: Draw): number {
  return whole(draw, -8, 8) * 0.1
}

/** Trees nobody learned, of any shape up to a depth; their covers are the rows that came through them. */
export function randomTrees(draw: Draw, { columns, trees, depth }: Shape): TreeModel {
  const seen = randomRows(draw, columns, 200)
  return {
    algorithm: 'gbdt',
    names: Array.from({ length: columns }, (_, index) => `f${index}`),
    base: draw() - 0.5,
    trees: Array.from({ length: trees }, () => covered(randomTree(draw, columns, depth), seen, columns)),
  }
}

function randomTree(draw: Draw, columns: number, depth: number): Tree {
  const feature: number[] = []
  const threshold: number[] = []
  const unknownLeft: number[] = []
  const left: number[] = []
  const right: number[] = []
  const value: number[] = []
  const grow = (level: number): number => {
    const node = feature.length
    const isLeaf = level === depth || chance(draw, 0.15)
    feature.push(isLeaf ? -1 : whole(draw, 0, columns - 1))
    threshold.push(isLeaf ? 0 : someValue(draw))
    unknownLeft.push(!isLeaf && chance(draw, 0.5) ? 1 : 0)
    value.push(isLeaf ? draw() - 0.5 : 0)
    left.push(0)
    right.push(0)
    if (!isLeaf) {
      left[node] = grow(level + 1)
      right[node] = grow(level + 1)
    }
    return node
  }
  grow(0)
  return {
    feature: Int32Array.from(feature),
    threshold: Float32Array.from(threshold),
    unknownLeft: Uint8Array.from(unknownLeft),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    value: Float32Array.from(value),
    cover: new Float64Array(feature.length),
  }
}

/** Counts rows at the leaves, at least one at each, and sums them upwards. */
function covered(tree: Tree, rows: Float32Array, columns: number): Tree {
  tree.cover.forEach((_, node) => {
    if (tree.feature[node]! < 0) tree.cover[node] = 1
  })
  for (let from = 0; from < rows.length; from += columns) tree.cover[leafOf(tree, rows, from)]! += 1
  for (let node = tree.feature.length - 1; node >= 0; node -= 1)
    if (tree.feature[node]! >= 0)
      tree.cover[node] = tree.cover[tree.left[node]!]! + tree.cover[tree.right[node]!]!
  return tree
}
