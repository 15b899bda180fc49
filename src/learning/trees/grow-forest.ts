import { type Bins, CODES } from './bins.ts'
import type { Chance } from './chance.ts'
import { Drawing } from './drawing.ts'
import type { Ground } from './ground.ts'
import { hessianOf } from './packed.ts'
import { parted, type Rows, type Stretch } from './rows.ts'
import { bestSplit, bestValue, childrenOf, type Node, type Rules, type Split } from './split.ts'

export interface ForestShape {
  /** Splits from the root to a leaf, at most. */
  readonly depth: number
  /** Columns drawn anew for every split. */
  readonly columns: number
  /** What a leaf's value is multiplied by. */
  readonly shrink: number
}

/** What forest trees grow on: all of it lies in the ground. */
export interface ForestGround {
  readonly ground: Ground
  readonly bins: Bins
  readonly rows: Rows
  /** All columns, in any order. */
  readonly columns: Uint32Array
  /** Of as many columns as a split sees. */
  readonly histograms: Float64Array
}

export function forestGroundOf(ground: Ground, bins: Bins, rows: Rows, shape: ForestShape): ForestGround {
  const columns = ground.whole(bins.columns)
  for (let column = 0; column < columns.length; column += 1) columns[column] = column
  return { ground, bins, rows, columns, histograms: ground.doubles(shape.columns * CODES) }
}

interface Open extends Node, Stretch {
  readonly leaf: number
  readonly depth: number
}

/**
 * Grows a tree whose every split sees columns of its own. Only these are added up, so that a deep tree stays cheap. Where
 * none of the drawn columns parts the rows, more are tried: a draw of dull columns does not end a branch.
 */
export function forestTree(
  { ground, bins, rows, columns, histograms }: ForestGround,
  count: number,
  shape: ForestShape,
  rules: Rules,
  chance: Chance,
): Drawing {
  const drawing = new Drawing()
  const { kernel } = ground
  let sum = 0
  for (let at = 0; at < count; at += 1) sum += rows.packed[rows.order[at]!]!
  const open = [
    planted({
      sum,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      start: 0,
      end: count,
      depth: 0,
    }),
  ]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const split = node.depth < shape.depth ? chosen(node) : null
    if (split === null) continue
    const middle = parted(kernel, rows, node, bins, split)
    const [left, right] = childrenOf(node, split, rules)
    const depth = node.depth + 1
    const first = planted({ ...left, start: node.start, end: middle, depth })
    const second = planted({ ...right, start: middle, end: node.end, depth })
    drawing.split(node.leaf, split, first.leaf, second.leaf)
    open.push(second, first)
  }
  return drawing

  function planted(node: Omit<Open, 'leaf'>): Open {
    const cover = hessianOf(node.sum) * rules.units.hessian
    return { ...node, leaf: drawing.leaf(bestValue(node, rules) * shape.shrink, cover) }
  }

  function chosen(node: Open): Split | null {
    const weight = hessianOf(node.sum) * rules.units.hessian
    const value = bestValue(node, rules)
    if (weight < 2 * rules.minWeight || value === 0 || value === 1) return null
    let best: Split | null = null
    for (let tried = 0; tried < bins.columns && best === null; tried += shape.columns) {
      const many = Math.min(shape.columns, bins.columns - tried)
      shuffle(columns, tried, many, chance)
      addUp(node, tried, many)
      for (let at = 0; at < many; at += 1) {
        const column = columns[tried + at]!
        const codes = bins.edges[column]!.length + 1
        const gain: number = best?.gain ?? rules.minGain
        best = bestSplit(histograms, at * CODES, codes, column, node, rules, gain) ?? best
      }
    }
    return best
  }

  function addUp({ start, end }: Stretch, tried: number, many: number): void {
    const { byRow, stride } = bins
    const [order, packed] = [rows.order.byteOffset, rows.packed.byteOffset]
    const list = columns.byteOffset + tried * 4
    kernel.addUpSome(histograms.byteOffset, byRow.byteOffset, stride, order, packed, start, end, list, many)
  }
}

/** Draws the next `many` of the columns not tried yet, which stand from `tried` on. */
function shuffle(columns: Uint32Array, tried: number, many: number, chance: Chance): void {
  for (let at = tried; at < tried + many; at += 1) {
    const other = at + Math.floor(chance() * (columns.length - at))
    const kept = columns[at]!
    columns[at] = columns[other]!
    columns[other] = kept
  }
}
