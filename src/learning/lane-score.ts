import type { Tree, TreeModel } from './model.ts'
import { Ground } from './trees/ground.ts'

/** Rows scored side by side, as score.as has them. */
const BLOCK = 64
/** Every level doubles the work: deeper trees are walked down sooner. */
const DEEPEST = 8
/** Codes are bytes, and two of them stand for the unknown. */
const MOST_THRESHOLDS = 254
/** Masks of one level's nodes, and of a row's way down. */
const SPARE = 8_192 + DEEPEST * BLOCK

/** Writes the raw scores of rows that lie one after the other into `raw`. */
export type BulkScorer = (values: Float32Array, rows: number, raw: Float64Array | Float32Array) => void

/**
 * Scores by comparing sixteen rows at a time with each node, whichever way they go: values count only by how many
 * thresholds lie below them. The same sums as `rawScore`, bit by bit. Null for trees that are too deep or know too many
 * thresholds of a column.
 */
export function laneScorer({ names, base, trees }: TreeModel): BulkScorer | null {
  if (trees.some((tree) => depthOf(tree) > DEEPEST)) return null
  const known = thresholdsOf(trees)
  if ([...known.values()].some((own) => own.length > MOST_THRESHOLDS)) return null
  const width = names.length
  const ground = new Ground()
  const block = ground.floats(BLOCK * width)
  const codes = ground.bytes(2 * BLOCK * Math.max(1, known.size))
  const spare = ground.bytes(SPARE)
  const sums = ground.doubles(BLOCK)
  const table = tableIn(ground, known)
  const planted = plantedIn(ground, trees, known)
  const { kernel } = ground
  // Memory may have grown: arrays made before would be of what it was.
  const at = {
    block: block.byteOffset,
    codes: codes.byteOffset,
    spare: spare.byteOffset,
    sums: sums.byteOffset,
  }
  const [values, found] = [
    new Float32Array(ground.memory.buffer, at.block, block.length),
    new Float64Array(ground.memory.buffer, at.sums, BLOCK),
  ]
  return (rowsOf, rows, raw) => {
    for (let start = 0; start < rows; start += BLOCK) {
      const count = Math.min(BLOCK, rows - start)
      values.set(rowsOf.subarray(start * width, (start + count) * width))
      found.fill(base)
      kernel.codeBlock(at.block, count, width, table, known.size, at.codes)
      kernel.addTrees(planted, trees.length, at.codes, at.spare, at.sums)
      for (let row = 0; row < count; row += 1) raw[start + row] = found[row]!
    }
  }
}

/** The different thresholds of each column that is looked at, ascending. */
function thresholdsOf(trees: readonly Tree[]): ReadonlyMap<number, readonly number[]> {
  const sets = new Map<number, Set<number>>()
  for (const { feature, threshold } of trees)
    feature.forEach((column, node) => {
      if (column < 0) return
      const own = sets.get(column) ?? new Set()
      sets.set(column, own.add(threshold[node]!))
    })
  return new Map([...sets].map(([column, own]) => [column, [...own].sort((a, b) => a - b)]))
}

/** What codeBlock reads: places that no threshold takes are infinite, and below nothing. */
function tableIn(ground: Ground, known: ReadonlyMap<number, readonly number[]>): number {
  const entries = [...known].map(([column, own]) => {
    let room = 1
    while (room <= own.length) room *= 2
    const padded = Float32Array.from({ length: room }, (_, at) => own[at] ?? Number.POSITIVE_INFINITY)
    const thresholds = ground.floats(room)
    thresholds.set(padded)
    return [column, thresholds.byteOffset, room]
  })
  const table = ground.whole(3 * entries.length)
  table.set(entries.flat())
  return table.byteOffset
}

/** What addTrees reads. */
function plantedIn(
  ground: Ground,
  trees: readonly Tree[],
  known: ReadonlyMap<number, readonly number[]>,
): number {
  const slots = new Map([...known.keys()].map((column, slot) => [column, slot]))
  const depths = trees.map(depthOf)
  const room = ground.bytes(depths.reduce((sum, depth) => sum + 8 * 2 ** depth, 0))
  const words = new DataView(room.buffer, room.byteOffset, room.length)
  let at = 0
  trees.forEach((tree, nth) => {
    const depth = depths[nth]!
    words.setUint32(at, depth, true)
    at += 4
    const { nodes, leaves } = levelsOf(tree, depth)
    for (const node of nodes) {
      words.setUint32(at, node < 0 ? NEVER_RIGHT : nodeOf(tree, node), true)
      at += 4
    }
    for (const leaf of leaves) {
      words.setFloat32(at, tree.value[leaf]!, true)
      at += 4
    }
  })
  return room.byteOffset

  function nodeOf({ feature, threshold, unknownLeft }: Tree, node: number): number {
    const column = feature[node]!
    const code = known.get(column)!.indexOf(threshold[node]!) - 128
    const offset = slots.get(column)! * 2 * BLOCK + (unknownLeft[node] === 1 ? 0 : BLOCK)
    return (((code & 0xff) << 24) | offset) >>> 0
  }
}

/** Below a leaf everyone goes left, for ever: no code is greater than the highest. */
const NEVER_RIGHT = 127 << 24

/** A tree's nodes level by level as if every branch were as deep: -1 - leaf where one has ended before; and its leaves. */
function levelsOf({ feature, left, right }: Tree, depth: number) {
  let row = [feature[0]! < 0 ? -1 : 0]
  const nodes: number[] = []
  for (let deep = 0; deep < depth; deep += 1) {
    nodes.push(...row)
    row = row.flatMap((node) =>
      node < 0
        ? [node, node]
        : [left[node]!, right[node]!].map((child) => (feature[child]! < 0 ? -1 - child : child)),
    )
  }
  return { nodes, leaves: row.map((leaf) => -1 - leaf) }
}

function depthOf({ feature, left, right }: Tree): number {
  const below = (node: number): number =>
    feature[node]! < 0 ? 0 : 1 + Math.max(below(left[node]!), below(right[node]!))
  return below(0)
}
