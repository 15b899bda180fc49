import { nextBelow } from './float32.ts'
import type { Tree, TreeModel } from './model.ts'
import { allBytes, allFloats, allInts, type Field, fieldsOf, firstInt, firstString } from './protobuf.ts'

/**
 * The trees of an ONNX file, ours or made elsewhere, so that they can be explained. Null where there is no single sum of
 * trees for one target, where a branch asks something else than "at most" or "less than", or where the file does not
 * say how many rows came through each node (`nodes_hitrates`). Covers are float32 here.
 *
 * @param names columns in the order the model reads them
 */
export function treesOf(
  file: Uint8Array,
  names: readonly string[],
  algorithm: TreeModel['algorithm'],
): TreeModel | null {
  try {
    const ensemble = ensembleOf(file)
    if (ensemble === null) return null
    const trees = split(ensemble)
    if (trees === null || !trees.every((tree) => isWhole(tree, names.length))) return null
    return { algorithm, names, base: ensemble.floats('base_values')[0] ?? 0, trees }
  } catch (error) {
    // Bytes that are no ONNX file have no trees.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The attributes of the one TreeEnsembleRegressor of a graph. */
class Ensemble {
  private readonly attributes: ReadonlyMap<string, readonly Field[]>

  constructor(node: readonly Field[]) {
    const all = allBytes(node, 5).map(fieldsOf)
    this.attributes = new Map(all.map((fields) => [firstString(fields, 1), fields]))
  }

  ints(name: string): number[] {
    return allInts(this.attributes.get(name) ?? [], 8)
  }
  floats(name: string): Float32Array {
    return allFloats(this.attributes.get(name) ?? [], 7)
  }
  words(name: string): string[] {
    const decoder = new TextDecoder()
    return allBytes(this.attributes.get(name) ?? [], 9).map((word) => decoder.decode(word))
  }
  int(name: string): number | undefined {
    return firstInt(this.attributes.get(name) ?? [], 3)
  }
  word(name: string): string {
    return firstString(this.attributes.get(name) ?? [], 4)
  }
}

function ensembleOf(file: Uint8Array): Ensemble | null {
  const [graph] = allBytes(fieldsOf(file), 7)
  if (graph === undefined) return null
  const nodes = allBytes(fieldsOf(graph), 1).map(fieldsOf)
  const found = nodes.filter((node) => firstString(node, 4).startsWith('TreeEnsemble'))
  if (found.length !== 1 || firstString(found[0]!, 4) !== 'TreeEnsembleRegressor') return null
  const ensemble = new Ensemble(found[0]!)
  const sums = ['', 'SUM'].includes(ensemble.word('aggregate_function'))
  return sums && (ensemble.int('n_targets') ?? 1) === 1 ? ensemble : null
}

interface Growing {
  readonly feature: number[]
  readonly threshold: number[]
  readonly unknownLeft: number[]
  readonly left: number[]
  readonly right: number[]
  readonly value: number[]
  readonly cover: number[]
}

/** The columns of all nodes, taken apart by tree. Nodes of a tree must be numbered from 0 in order. */
function split(ensemble: Ensemble): Tree[] | null {
  const treeIds = ensemble.ints('nodes_treeids')
  const nodeIds = ensemble.ints('nodes_nodeids')
  const features = ensemble.ints('nodes_featureids')
  const values = ensemble.floats('nodes_values')
  const modes = ensemble.words('nodes_modes')
  const yes = ensemble.ints('nodes_truenodeids')
  const no = ensemble.ints('nodes_falsenodeids')
  const tracks = ensemble.ints('nodes_missing_value_tracks_true')
  const covers = ensemble.floats('nodes_hitrates')
  if (covers.length !== treeIds.length || treeIds.length === 0) return null
  const trees = new Map<number, Growing>()
  for (let index = 0; index < treeIds.length; index += 1) {
    const tree = trees.get(treeIds[index]!) ?? sprout()
    trees.set(treeIds[index]!, tree)
    const mode = modes[index]!
    if (nodeIds[index] !== tree.feature.length || !MODES.has(mode)) return null
    tree.feature.push(mode === 'LEAF' ? -1 : features[index]!)
    tree.threshold.push(mode === 'BRANCH_LT' ? nextBelow(values[index]!) : values[index]!)
    tree.unknownLeft.push(tracks[index] ?? 0)
    tree.left.push(yes[index]!)
    tree.right.push(no[index]!)
    tree.value.push(0)
    tree.cover.push(covers[index]!)
  }
  const weights = ensemble.floats('target_weights')
  const leaves = ensemble.ints('target_nodeids')
  ensemble.ints('target_treeids').forEach((tree, index) => {
    trees.get(tree)!.value[leaves[index]!]! += weights[index]!
  })
  return [...trees.values()].map(grown)
}

const MODES = new Set(['LEAF', 'BRANCH_LEQ', 'BRANCH_LT'])

function sprout(): Growing {
  return { feature: [], threshold: [], unknownLeft: [], left: [], right: [], value: [], cover: [] }
}

function grown(tree: Growing): Tree {
  return {
    feature: Int32Array.from(tree.feature),
    threshold: Float32Array.from(tree.threshold),
    unknownLeft: Uint8Array.from(tree.unknownLeft),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    value: Float32Array.from(tree.value),
    cover: Float64Array.from(tree.cover),
  }
}

/** Children come after their parents and within the tree, columns exist, and covers add up as those of real rows do. */
function isWhole(tree: Tree, columns: number): boolean {
  return tree.feature.every((feature, node) => {
    if (feature < 0) return true
    const [left, right] = [tree.left[node]!, tree.right[node]!]
    if (feature >= columns || left <= node || right <= node) return false
    if (left >= tree.feature.length || right >= tree.feature.length) return false
    const sum = tree.cover[left]! + tree.cover[right]!
    return Math.abs(sum - tree.cover[node]!) <= 1e-4 * Math.max(1, sum)
  })
}
