import { type BulkScorer, laneScorer } from './lane-score.ts'
import type { Tree, TreeModel } from './model.ts'

/** Rows scored side by side: their doubled columns stay in the nearest cache. */
const BLOCK = 64

/** What scores many rows by a sum of trees: the same sums as `rawScore`, bit by bit. */
export function bulkScorer(model: TreeModel): BulkScorer {
  return laneScorer(model) ?? walkingScorer(model)
}

/**
 * Scores by walking down each tree: the same sums as `rawScore`, bit by bit, several times faster than its walk down each
 * tree and about twice as fast as the ONNX runtime. Three things make it so. Every tree takes a whole block of rows while its nodes are in
 * the cache. A step has no branch that could be foreseen wrongly: the right child lies behind the left one, the outcome of
 * the comparison is added, and a leaf leads to itself. Unknown values need no question: each column is kept twice, unknown
 * as -Infinity and as Infinity, and a node reads the one that goes its way.
 */
export function walkingScorer(model: TreeModel): BulkScorer {
  const width = model.names.length
  const planted = model.trees.map((tree) => plant(tree, width))
  const block = new Float32Array(BLOCK * 2 * width)
  const sums = new Float64Array(BLOCK)
  return (values, rows, raw) => {
    for (let start = 0; start < rows; start += BLOCK) {
      const count = Math.min(BLOCK, rows - start)
      double(values, start, count, width, block)
      sums.fill(model.base)
      for (const tree of planted) addTree(tree, block, count, 2 * width, sums)
      for (let row = 0; row < count; row += 1) raw[start + row] = sums[row]!
    }
  }
}

/** A tree laid out so that a step is one addition; nodes level by level, children side by side. */
interface Planted {
  readonly depth: number
  readonly column: Uint16Array
  readonly threshold: Float32Array
  /** The left child; of a leaf, itself. */
  readonly next: Uint16Array | Uint32Array
  readonly value: Float32Array
}

function plant(tree: Tree, width: number): Planted {
  const size = tree.feature.length
  // Where each node of the tree comes to lie: level by level.
  const order = [0]
  const depths = [0]
  const next = size > 0xffff ? new Uint32Array(size) : new Uint16Array(size)
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at]!
    next[at] = at
    if (tree.feature[node]! < 0) continue
    next[at] = order.length
    order.push(tree.left[node]!, tree.right[node]!)
    depths.push(depths[at]! + 1, depths[at]! + 1)
  }
  const column = (node: number): number => {
    const feature = tree.feature[node]!
    if (feature < 0) return 0
    return tree.unknownLeft[node] === 1 ? feature : width + feature
  }
  const isLeaf = (node: number): boolean => tree.feature[node]! < 0
  return {
    depth: Math.max(...depths),
    column: Uint16Array.from(order, column),
    threshold: Float32Array.from(order, (node) =>
      isLeaf(node) ? Number.POSITIVE_INFINITY : tree.threshold[node]!,
    ),
    next,
    value: Float32Array.from(order, (node) => tree.value[node]!),
  }
}

/** Every row's columns twice: unknown as -Infinity, then as Infinity. */
function double(
  values: Float32Array,
  start: number,
  count: number,
  width: number,
  block: Float32Array,
): void {
  for (let row = 0; row < count; row += 1) {
    const from = (start + row) * width
    const to = row * 2 * width
    for (let column = 0; column < width; column += 1) {
      const value = values[from + column]!
      const unknown = Number.isNaN(value)
      block[to + column] = unknown ? Number.NEGATIVE_INFINITY : value
      block[to + width + column] = unknown ? Number.POSITIVE_INFINITY : value
    }
  }
}

/** Four rows go down together, so that one's waiting for memory is another's work. */
function addTree(
  { depth, column, threshold, next, value }: Planted,
  block: Float32Array,
  count: number,
  wide: number,
  sums: Float64Array,
): void {
  let row = 0
  for (; row + 4 <= count; row += 4) {
    const p = row * wide
    const q = p + wide
    const r = q + wide
    const s = r + wide
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let level = 0; level < depth; level += 1) {
      a = next[a]! + Number(block[p + column[a]!]! > threshold[a]!)
      b = next[b]! + Number(block[q + column[b]!]! > threshold[b]!)
      c = next[c]! + Number(block[r + column[c]!]! > threshold[c]!)
      d = next[d]! + Number(block[s + column[d]!]! > threshold[d]!)
    }
    sums[row]! += value[a]!
    sums[row + 1]! += value[b]!
    sums[row + 2]! += value[c]!
    sums[row + 3]! += value[d]!
  }
  for (; row < count; row += 1) {
    let a = 0
    for (let level = 0; level < depth; level += 1)
      a = next[a]! + Number(block[row * wide + column[a]!]! > threshold[a]!)
    sums[row]! += value[a]!
  }
}
