import type { Bins } from './bins.ts'
import { Drawing } from './drawing.ts'
import { addUp, CODES, takeOff } from './histograms.ts'
import { hessianOf } from './packed.ts'
import { parted, type Rows, type Stretch } from './rows.ts'
import { bestSplit, childrenOf, type Node, type Rules, type Split, valueOf } from './split.ts'

export interface Shape {
  /** Splits from the root to a leaf, at most. */
  readonly depth: number
  /** Given: the best leaf is split next, until there are this many. */
  readonly leaves?: number | undefined
  /** What a leaf's value is multiplied by. */
  readonly shrink: number
}

/** A grown tree, and which rows ended where. */
export interface Grown {
  readonly drawing: Drawing
  readonly leaves: readonly (Stretch & { readonly leaf: number })[]
}

interface Open extends Node, Stretch {
  readonly leaf: number
  readonly depth: number
}

interface Splittable extends Open {
  readonly split: Split
  /** Which of the histograms are its. */
  readonly slot: number
}

/** Grows trees one after the other in the same memory. */
export class Grower {
  readonly #bins: Bins
  readonly #rows: Rows
  readonly #shape: Shape
  readonly #histograms: Float64Array
  readonly #size: number
  readonly #slots: number

  constructor(bins: Bins, rows: Rows, shape: Shape) {
    this.#bins = bins
    this.#rows = rows
    this.#shape = shape
    this.#size = bins.stride * CODES
    this.#slots = Math.min(shape.leaves ?? Number.POSITIVE_INFINITY, shape.depth) + 1
    if (shape.leaves !== undefined) this.#slots = shape.leaves + 1
    this.#histograms = new Float64Array(this.#slots * this.#size)
  }

  /** Grows a tree from the first `count` rows, whose packed sum is given, looking at some columns only. */
  grow(count: number, sum: number, columns: readonly number[], rules: Rules): Grown {
    const drawing = new Drawing()
    const free = Array.from({ length: this.#slots }, (_, slot) => slot)
    const done: (Stretch & { leaf: number })[] = []
    const open: Splittable[] = []
    const { depth, leaves = Number.POSITIVE_INFINITY } = this.#shape
    const root = this.#planted(
      drawing,
      { sum, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, start: 0, end: count, depth: 0 },
      rules,
    )
    if (depth > 0) {
      const slot = free.pop()!
      addUp(this.#histograms, slot * this.#size, this.#bins, this.#rows, root)
      this.#consider(root, slot, columns, rules, open, free, done)
    } else done.push(root)
    while (open.length > 0) {
      const node = this.#next(open)
      if (done.length + open.length + 1 >= leaves) {
        done.push(node)
        free.push(node.slot)
        continue
      }
      const [left, right] = this.#divide(drawing, node, rules)
      // Its two children are all there is room for, or it is as deep as may be.
      if (left.depth >= depth || done.length + open.length + 2 >= leaves) {
        done.push(left, right)
        free.push(node.slot)
        continue
      }
      const [small, large] = left.end - left.start <= right.end - right.start ? [left, right] : [right, left]
      const slot = free.pop()!
      addUp(this.#histograms, slot * this.#size, this.#bins, this.#rows, small)
      takeOff(this.#histograms, node.slot * this.#size, slot * this.#size, this.#size)
      this.#consider(small, slot, columns, rules, open, free, done)
      this.#consider(large, node.slot, columns, rules, open, free, done)
    }
    return { drawing, leaves: done }
  }

  /** Depth-wise the last found, so that few histograms are kept; leaf-wise the one that gains most. */
  #next(open: Splittable[]): Splittable {
    if (this.#shape.leaves === undefined) return open.pop()!
    let best = 0
    for (let at = 1; at < open.length; at += 1) if (open[at]!.split.gain > open[best]!.split.gain) best = at
    return open.splice(best, 1)[0]!
  }

  #divide(drawing: Drawing, node: Splittable, rules: Rules): [Open, Open] {
    const middle = parted(this.#rows, node, this.#bins, node.split)
    const [left, right] = childrenOf(node, node.split, rules)
    const depth = node.depth + 1
    const first = this.#planted(drawing, { ...left, start: node.start, end: middle, depth }, rules)
    const second = this.#planted(drawing, { ...right, start: middle, end: node.end, depth }, rules)
    drawing.split(node.leaf, node.split, first.leaf, second.leaf)
    return [first, second]
  }

  #planted(drawing: Drawing, node: Omit<Open, 'leaf'>, rules: Rules): Open {
    const { sum, low, high, start, end, depth } = node
    const cover = hessianOf(sum) * rules.units.hessian
    return {
      sum,
      low,
      high,
      start,
      end,
      depth,
      leaf: drawing.leaf(valueOf(node, rules) * this.#shape.shrink, cover),
    }
  }

  /** Finds a node's split: with one it stays open, without one it is done and its histograms are free. */
  #consider(
    node: Open,
    slot: number,
    columns: readonly number[],
    rules: Rules,
    open: Splittable[],
    free: number[],
    done: (Stretch & { leaf: number })[],
  ): void {
    let best: Split | null = null
    for (const column of columns) {
      const base = slot * this.#size + column * CODES
      const bins = this.#bins.edges[column]!.length + 1
      const gain: number = best?.gain ?? rules.minGain
      best = bestSplit(this.#histograms, base, bins, column, node, rules, gain) ?? best
    }
    if (best === null) {
      done.push(node)
      free.push(slot)
    } else open.push({ ...node, split: best, slot })
  }
}
