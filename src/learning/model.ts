/** A learned model, whoever trained it. It gives a raw score; calibration turns that into a probability. */
export type Model = TreeModel | LinearModel

export type Algorithm = Model['algorithm']

/**
 * A sum of trees. A row goes left where its value is at most the threshold, both float32. `gbdt` sums log-odds;
 * `forest` is a mean of shares, each leaf already divided by the number of trees.
 */
export interface TreeModel {
  readonly algorithm: 'gbdt' | 'forest'
  /** Columns in the order the model reads them. */
  readonly names: readonly string[]
  /** Added to the sum of the leaves. */
  readonly base: number
  readonly trees: readonly Tree[]
}

/** Nodes of a tree as columns; node 0 is the root. */
export interface Tree {
  /** Column an inner node looks at; -1 in a leaf. */
  readonly feature: Int32Array
  readonly threshold: Float32Array
  /** 1: an unknown value goes left. */
  readonly unknownLeft: Uint8Array
  readonly left: Int32Array
  readonly right: Int32Array
  /** What a leaf adds; in an inner node, 0. */
  readonly value: Float32Array
  /** Weight of the training rows that came through (sum of hessians, or of rows): the expectation TreeSHAP rests on. */
  readonly cover: Float64Array
}

/** Logistic regression: a sum of terms on the log-odds. */
export interface LinearModel {
  readonly algorithm: 'logistic'
  readonly names: readonly string[]
  readonly base: number
  readonly terms: readonly Term[]
}

/**
 * One addend, `weight x (f(value) - centre)`, of one column; unknown adds nothing (a term `unknown` weighs that). `value`: as
 * it is; `log`: sign x ln(1 + |value|); `above`: max(0, value - at); `is`: 1 where value = at; `unknown`: 1 where it is.
 */
export interface Term {
  readonly feature: number
  readonly of: 'value' | 'log' | 'above' | 'is' | 'unknown'
  readonly at: number
  readonly centre: number
  readonly weight: number
}

/** From the raw score to a probability. Isotonic: linear between the points, level beyond them, never falling. */
export type Calibration =
  | { readonly kind: 'platt'; readonly slope: number; readonly offset: number }
  | { readonly kind: 'isotonic'; readonly from: readonly number[]; readonly to: readonly number[] }

/** 1 / (1 + e^-x). */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** ln(1 + e^x) without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
}

/** Raw score of one row, which starts at `base` in `values`. */
export function rawScore(model: Model, values: Float32Array, base = 0): number {
  return model.algorithm === 'logistic' ? linearScore(model, values, base) : treeScore(model, values, base)
}

function treeScore({ base, trees }: TreeModel, values: Float32Array, from: number): number {
  let sum = base
  for (const tree of trees) sum += tree.value[leafOf(tree, values, from)]!
  return sum
}

/** The leaf a row ends in. */
export function leafOf(tree: Tree, values: Float32Array, from: number): number {
  let node = 0
  for (;;) {
    const feature = tree.feature[node]!
    if (feature < 0) return node
    const value = values[from + feature]!
    const goesLeft = Number.isNaN(value) ? tree.unknownLeft[node] === 1 : value <= tree.threshold[node]!
    node = goesLeft ? tree.left[node]! : tree.right[node]!
  }
}

function linearScore({ base, terms }: LinearModel, values: Float32Array, from: number): number {
  return terms.reduce((sum, term) => sum + termOf(term, values[from + term.feature]!), base)
}

/** What one term adds for a value. */
export function termOf({ of, at, centre, weight }: Term, value: number): number {
  if (of === 'unknown') return weight * ((Number.isNaN(value) ? 1 : 0) - centre)
  if (Number.isNaN(value)) return 0
  return weight * (transformed(of, at, value) - centre)
}

function transformed(of: Exclude<Term['of'], 'unknown'>, at: number, value: number): number {
  switch (of) {
    case 'value':
      return value
    case 'log':
      return Math.sign(value) * Math.log1p(Math.abs(value))
    case 'above':
      return Math.max(0, value - at)
    case 'is':
      return value === at ? 1 : 0
  }
}

/** Probability, 0..1, of a raw score. */
export function calibrated(calibration: Calibration, raw: number): number {
  if (calibration.kind === 'platt') return logistic(calibration.slope * raw + calibration.offset)
  const { from, to } = calibration
  if (raw <= from[0]!) return to[0]!
  const next = from.findIndex((point) => point > raw)
  if (next < 0) return to.at(-1)!
  const share = (raw - from[next - 1]!) / (from[next]! - from[next - 1]!)
  return to[next - 1]! + share * (to[next]! - to[next - 1]!)
}
