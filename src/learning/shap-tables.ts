import { LeafShares } from './leaf-shares.ts'
import type { Tree } from './model.ts'
import { depthOf, shareLeft } from './tree-paths.ts'

/**
 * Trees prepared for explaining many rows. What a leaf gives each feature depends only on which of the conditions on
 * the way to it a row meets, and on a short way there are few combinations: all are worked out beforehand, in one
 * table for each node that has a leaf below it. Explaining a row then visits every inner node once, carries the
 * combination down as bits, and adds up one table row for each such node.
 */
export interface Tables {
  /** Inner nodes of all trees, parents before children. */
  readonly nodes: number
  readonly feature: Uint16Array
  readonly threshold: Float32Array
  readonly unknownLeft: Uint8Array
  /** Bit of the node's feature among the different features on the way to it. */
  readonly bit: Uint8Array
  /** 1: the feature was not yet asked about on the way. */
  readonly isNew: Uint8Array
  /** Position of the child that is an inner node too; the dustbin, one past the end, for a leaf. */
  readonly left: Uint32Array
  readonly right: Uint32Array
  /** Where the node's table starts, -1 where it has none. */
  readonly table: Int32Array
  /** Different features on the way, the node's own included. */
  readonly wide: Uint8Array
  /** Different features on the way to the node. */
  readonly before: Uint8Array
  /** Where the node's features start in `features`. */
  readonly list: Uint32Array
  readonly features: Uint16Array
  readonly parts: Float32Array
}

/** Numbers the tables of a tree hold; Infinity where it is too deep to be tabled at all. */
export function sizeOfTables(tree: Tree): number {
  if (depthOf(tree) > DEEPEST) return Number.POSITIVE_INFINITY
  const size = (node: number, features: readonly number[]): number => {
    const feature = tree.feature[node]!
    if (feature < 0) return 0
    const wide = features.includes(feature) ? features : [...features, feature]
    const [left, right] = [tree.left[node]!, tree.right[node]!]
    const own = isLeaf(tree, left) || isLeaf(tree, right) ? 2 ** (features.length + 1) * wide.length : 0
    return own + size(left, wide) + size(right, wide)
  }
  return size(0, [])
}

const DEEPEST = 14

function isLeaf(tree: Tree, node: number): boolean {
  return tree.feature[node]! < 0
}

export function tablesOf(trees: readonly Tree[]): Tables {
  const nodes = trees.reduce((sum, { feature }) => sum + feature.filter((each) => each >= 0).length, 0)
  const room = trees.reduce((sum, tree) => sum + sizeOfTables(tree), 0)
  const build = new Builder(nodes, room)
  for (const tree of trees) build.tree(tree)
  return build.finish()
}

/** The way to a node: its different features, with the share of training rows that pass their conditions. */
interface Way {
  readonly features: readonly number[]
  readonly reach: readonly number[]
}

class Builder {
  private readonly shares = new LeafShares(DEEPEST)
  private readonly reach = new Float64Array(DEEPEST)
  private readonly met = new Uint8Array(DEEPEST)
  private readonly lists: number[] = []
  private readonly out
  private count = 0
  private used = 0

  constructor(nodes: number, room: number) {
    this.out = {
      nodes,
      feature: new Uint16Array(nodes),
      threshold: new Float32Array(nodes),
      unknownLeft: new Uint8Array(nodes),
      bit: new Uint8Array(nodes),
      isNew: new Uint8Array(nodes),
      left: new Uint32Array(nodes).fill(nodes),
      right: new Uint32Array(nodes).fill(nodes),
      table: new Int32Array(nodes).fill(-1),
      wide: new Uint8Array(nodes),
      before: new Uint8Array(nodes),
      list: new Uint32Array(nodes),
      parts: new Float32Array(room),
    }
  }

  tree(tree: Tree): void {
    if (!isLeaf(tree, 0)) this.node(tree, 0, { features: [], reach: [] })
  }

  finish(): Tables {
    return { ...this.out, features: Uint16Array.from(this.lists) }
  }

  private node(tree: Tree, node: number, way: Way): number {
    const { out } = this
    const at = this.count
    this.count += 1
    const feature = tree.feature[node]!
    const seen = way.features.indexOf(feature)
    out.feature[at] = feature
    out.threshold[at] = tree.threshold[node]!
    out.unknownLeft[at] = tree.unknownLeft[node]!
    out.before[at] = way.features.length
    out.bit[at] = seen < 0 ? way.features.length : seen
    out.isNew[at] = seen < 0 ? 1 : 0

    const share = shareLeft(tree, node)
    const left = tree.left[node]!
    const right = tree.right[node]!
    const ways = [narrowed(way, feature, share), narrowed(way, feature, 1 - share)] as const
    if (isLeaf(tree, left) || isLeaf(tree, right)) {
      out.table[at] = this.used
      out.wide[at] = ways[0].features.length
      out.list[at] = this.lists.length
      this.lists.push(...ways[0].features)
      if (isLeaf(tree, left)) this.fill(at, tree.value[left]!, ways[0], true)
      if (isLeaf(tree, right)) this.fill(at, tree.value[right]!, ways[1], false)
      this.used += 2 ** (way.features.length + 1) * ways[0].features.length
    }
    if (!isLeaf(tree, left)) out.left[at] = this.node(tree, left, ways[0])
    if (!isLeaf(tree, right)) out.right[at] = this.node(tree, right, ways[1])
    return at
  }

  /** Adds one leaf to its node's table, for every combination of what is met before and which way the row goes here. */
  private fill(at: number, value: number, { features, reach }: Way, isLeft: boolean): void {
    const { before, bit, isNew, table, parts } = this.out
    const d = features.length
    this.reach.set(reach)
    for (let index = 0; index < 2 ** (before[at]! + 1); index += 1) {
      const goesHere = index >> before[at]! === (isLeft ? 1 : 0)
      for (let j = 0; j < d; j += 1) {
        const metBefore = j === bit[at] && isNew[at] === 1 ? 1 : (index >> j) & 1
        this.met[j] = j === bit[at] && !goesHere ? 0 : metBefore
      }
      this.shares.add(value, this.reach, this.met, d, parts, table[at]! + index * d)
    }
  }
}

function narrowed({ features, reach }: Way, feature: number, share: number): Way {
  const seen = features.indexOf(feature)
  if (seen < 0) return { features: [...features, feature], reach: [...reach, share] }
  return { features, reach: reach.map((each, index) => (index === seen ? each * share : each)) }
}
