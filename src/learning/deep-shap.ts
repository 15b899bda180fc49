import { LeafShares } from './leaf-shares.ts'
import type { Tree } from './model.ts'
import { depthOf, shareLeft } from './tree-paths.ts'

/**
 * Explains trees of any depth by visiting every leaf: slower than tables, and with no memory of its own.
 *
 * @returns what adds a row's contributions to `phi`; the row starts at `from` in `values`
 */
export function deepShap(
  trees: readonly Tree[],
): (values: Float32Array, from: number, phi: Float64Array) => void {
  const most = trees.reduce((top, tree) => Math.max(top, depthOf(tree)), 0)
  const shares = new LeafShares(most)
  const features = new Int32Array(most)
  const reach = new Float64Array(most)
  const met = new Uint8Array(most)
  const parts = new Float64Array(most)

  return (values, from, phi) => {
    for (const tree of trees) visit(tree, 0, 0)

    function visit(tree: Tree, node: number, d: number): void {
      const feature = tree.feature[node]!
      if (feature < 0) {
        atLeaf(tree.value[node]!, d)
        return
      }
      const goesLeft = takesLeft(tree, node, values[from + feature]!)
      const share = shareLeft(tree, node)
      const seen = features.subarray(0, d).indexOf(feature)
      const at = seen < 0 ? d : seen
      const next = seen < 0 ? d + 1 : d
      const before = { reach: seen < 0 ? 1 : reach[at]!, met: seen < 0 ? 1 : met[at]! }
      features[at] = feature
      // A condition on a feature that had one already narrows it.
      reach[at] = before.reach * share
      met[at] = goesLeft ? before.met : 0
      visit(tree, tree.left[node]!, next)
      features[at] = feature
      reach[at] = before.reach * (1 - share)
      met[at] = goesLeft ? 0 : before.met
      visit(tree, tree.right[node]!, next)
      reach[at] = before.reach
      met[at] = before.met
    }

    function atLeaf(value: number, d: number): void {
      parts.fill(0, 0, d)
      shares.add(value, reach, met, d, parts, 0)
      for (let j = 0; j < d; j += 1) phi[features[j]!]! += parts[j]!
    }
  }
}

export function takesLeft(tree: Tree, node: number, value: number): boolean {
  return Number.isNaN(value) ? tree.unknownLeft[node] === 1 : value <= tree.threshold[node]!
}
