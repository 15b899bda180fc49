import type { Tree } from './model.ts'

/** Share of a node's training rows that go left; where no row came, half of them. */
export function shareLeft(tree: Tree, node: number): number {
  const left = tree.cover[tree.left[node]!]!
  const all = left + tree.cover[tree.right[node]!]!
  return all > 0 ? left / all : 0.5
}

/** The mean of a tree's leaves over its training rows. */
export function meanOf(tree: Tree, node = 0): number {
  if (tree.feature[node]! < 0) return tree.value[node]!
  const share = shareLeft(tree, node)
  return share * meanOf(tree, tree.left[node]!) + (1 - share) * meanOf(tree, tree.right[node]!)
}

/** Inner nodes on the longest way from the root to a leaf. */
export function depthOf(tree: Tree, node = 0): number {
  if (tree.feature[node]! < 0) return 0
  return 1 + Math.max(depthOf(tree, tree.left[node]!), depthOf(tree, tree.right[node]!))
}
