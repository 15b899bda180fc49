import { deepShap } from './deep-shap.ts'
import type { Tree, TreeModel } from './model.ts'
import { sizeOfTables, type Tables, tablesOf } from './shap-tables.ts'
import { meanOf } from './tree-paths.ts'

/** Says what each column of a row adds to the raw score. */
export interface Explainer {
  /** The raw score expected before anything is known of a row; with all contributions it is the row's raw score. */
  readonly expected: number
  /** Writes the contribution of every column into `phi`; the row starts at `from` in `values`. */
  explain(values: Float32Array, from: number, phi: Float64Array): void
}

/** Bytes of tables kept at most: 300 trees of depth 6 take 15 MB. */
const TABLE_BYTES = 64 * 2 ** 20

/**
 * Exact TreeSHAP (path-dependent: an absent feature follows the training rows, by their covers). Trees are tabled as far as
 * the memory goes; the others, and those too deep, are explained leaf by leaf.
 */
export function explainTrees({ base, trees }: TreeModel, tableBytes = TABLE_BYTES): Explainer {
  const tabled: Tree[] = []
  const deep: Tree[] = []
  let room = tableBytes / Float32Array.BYTES_PER_ELEMENT
  for (const tree of trees) {
    const size = sizeOfTables(tree)
    if (size <= room) {
      tabled.push(tree)
      room -= size
    } else deep.push(tree)
  }
  const addDeep = deepShap(deep)
  const tables = tablesOf(tabled)
  const masks = new Uint16Array(tables.nodes + 1)
  return {
    expected: trees.reduce((sum, tree) => sum + meanOf(tree), base),
    explain: (values, from, phi) => {
      phi.fill(0)
      addTabled(tables, masks, values, from, phi)
      if (deep.length > 0) addDeep(values, from, phi)
    },
  }
}

/** The hot loop: `masks` holds for each node which conditions on the way to it the row meets; a root's stays 0. */
function addTabled(
  tables: Tables,
  masks: Uint16Array,
  values: Float32Array,
  from: number,
  phi: Float64Array,
): void {
  const { nodes, feature, threshold, unknownLeft, bit, isNew, left, right } = tables
  const { table, wide, before, list, features, parts } = tables
  for (let node = 0; node < nodes; node += 1) {
    const value = values[from + feature[node]!]!
    // Only an unknown value differs from itself.
    // biome-ignore lint/suspicious/noSelfCompare: the fastest test for NaN, in the hottest loop
    const goesLeft = value <= threshold[node]! || (value !== value && unknownLeft[node] === 1) ? 1 : 0
    const mask = masks[node]!
    const own = bit[node]!
    if (isNew[node] === 1) {
      masks[left[node]!] = mask | (goesLeft << own)
      masks[right[node]!] = mask | ((1 - goesLeft) << own)
    } else {
      const unmet = mask & ~(1 << own)
      masks[left[node]!] = goesLeft === 1 ? mask : unmet
      masks[right[node]!] = goesLeft === 1 ? unmet : mask
    }
    const start = table[node]!
    if (start < 0) continue
    const width = wide[node]!
    const row = start + (mask | (goesLeft << before[node]!)) * width
    const names = list[node]!
    for (let j = 0; j < width; j += 1) phi[features[names + j]!]! += parts[row + j]!
  }
}
