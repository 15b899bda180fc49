import type { Bins } from './bins.ts'
import type { Crew } from './crew.ts'
import { Drawing } from './drawing.ts'
import type { Kernel } from './kernel.ts'
import { hessianOf } from './packed.ts'
import { parted, type Rows, type Stretch } from './rows.ts'
import { bestValue, childrenOf, type Node, type Rules, type Split } from './split.ts'

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

/** How many nodes have histograms at a time. */
export function slotsOf({ depth, leaves }: Shape): number {
  return leaves === undefined ? depth + 1 : leaves + 1
}

/** Grows trees one after the other on the same ground. */
export class Grower {
  readonly #kernel: Kernel
  readonly #bins: Bins
  readonly #rows: Rows
  readonly #shape: Shape
  readonly #crew: Crew

  constructor(kernel: Kernel, bins: Bins, rows: Rows, shape: Shape, crew: Crew) {
    this.#kernel = kernel
    this.#bins = bins
    this.#rows = rows
    this.#shape = shape
    this.#crew = crew
  }

  /** Grows a tree from the first `count` rows, whose packed sum is given, looking at some columns only. */
  grow(count: number, sum: number, columns: readonly number[], rules: Rules): Grown {
    const drawing = new Drawing()
    const free = Array.from({ length: slotsOf(this.#shape) }, (_, slot) => slot)
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
      const task = { small: root, smallSlot: slot, large: null, largeSlot: 0 }
      const [split] = this.#crew.search(task, columns, rules)
      settle(root, slot, split)
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
      const task = { small, smallSlot: slot, large, largeSlot: node.slot }
      const [ofSmall, ofLarge] = this.#crew.search(task, columns, rules)
      settle(small, slot, ofSmall)
      settle(large, node.slot, ofLarge)
    }
    return { drawing, leaves: done }

    /** With a split a node stays open; without one it is done and its histograms are free. */
    function settle(node: Open, slot: number, split: Split | null): void {
      if (split !== null) return void open.push({ ...node, split, slot })
      done.push(node)
      free.push(slot)
    }
  }

  /** Depth-wise the last found, so that few histograms are kept; leaf-wise the one that gains most. */
  #next(open: Splittable[]): Splittable {
    if (this.#shape.leaves === undefined) return open.pop()!
    let best = 0
    for (let at = 1; at < open.length; at += 1) if (open[at]!.split.gain > open[best]!.split.gain) best = at
    return open.splice(best, 1)[0]!
  }

  #divide(drawing: Drawing, node: Splittable, rules: Rules): [Open, Open] {
    const middle = parted(this.#kernel, this.#rows, node, this.#bins, node.split)
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
      leaf: drawing.leaf(bestValue(node, rules) * this.#shape.shrink, cover),
    }
  }
}
