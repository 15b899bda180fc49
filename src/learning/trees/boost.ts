import type { Bins } from './bins.ts'
import { type Chance, drawn } from './chance.ts'
import type { Crew } from './crew.ts'
import { type TreeSheet, treeSheetOn } from './drawing.ts'
import type { Ground } from './ground.ts'
import { Grower, type Grown, type Shape, slotsOf } from './grow.ts'
import { type Units, unitFor } from './packed.ts'
import type { Rows } from './rows.ts'
import type { Field } from './search.ts'

/** How each tree of a boost is grown. */
export interface Manner {
  readonly shape: Shape
  readonly positiveWeight: number
  /** Share of the rows and of the columns each tree sees. */
  readonly subsample: number
  readonly columnShare: number
  readonly lambda: number
  readonly minWeight: number
  readonly monotone: readonly number[] | undefined
}

/** Less is rounding. */
const MIN_GAIN = 1e-6

/** What split search works on, for binned rows. */
export function fieldOn(ground: Ground, bins: Bins, rows: Rows, shape: Shape): Field {
  const words = bins.stride / 4
  return {
    memory: ground.memory,
    byRow: bins.byRow,
    words,
    bins: bins.edges.map(({ length }) => length + 1),
    order: rows.order,
    packed: rows.packed,
    histograms: ground.doubles(slotsOf(shape) * words * 1024),
  }
}

/** The training rows with the score they have so far: 0, even odds, before the first tree. */
export class Boost {
  readonly #ground: Ground
  readonly #bins: Bins
  readonly #rows: Rows
  readonly #manner: Manner
  readonly #chance: Chance
  readonly #labels: Uint8Array
  readonly #raw: Float64Array
  readonly #gradients: Float64Array
  readonly #hessians: Float64Array
  readonly #sums: Float64Array
  readonly #seen: Uint8Array
  readonly #state: Uint32Array
  readonly #sheet: TreeSheet
  readonly #grower: Grower

  constructor(
    ground: Ground,
    bins: Bins,
    rows: Rows,
    crew: Crew,
    manner: Manner,
    chance: Chance,
    labels: Uint8Array,
  ) {
    this.#ground = ground
    this.#bins = bins
    this.#rows = rows
    this.#manner = manner
    this.#chance = chance
    this.#labels = ground.bytes(bins.rows)
    this.#labels.set(labels)
    this.#raw = ground.doubles(bins.rows)
    this.#gradients = ground.doubles(bins.rows)
    this.#hessians = ground.doubles(bins.rows)
    this.#sums = ground.doubles(2)
    this.#seen = ground.bytes(bins.rows)
    this.#state = ground.whole(1).fill(1 + chance() * (2 ** 32 - 2))
    this.#sheet = treeSheetOn(ground, nodesOf(manner.shape, bins.rows))
    this.#grower = new Grower(ground.kernel, bins, rows, manner.shape, crew)
  }

  /** Grows one tree on what is not explained yet, and adds it to every row's score. */
  round(): Grown {
    const { columnShare, lambda, minWeight, monotone } = this.#manner
    const count = this.#sample()
    const { sum, units } = this.#derive(count)
    const many = Math.max(1, Math.round(this.#bins.columns * columnShare))
    const columns = drawn(this.#bins.columns, many, this.#chance).sort((a, b) => a - b)
    const rules = { units, lambda, minWeight, minGain: MIN_GAIN, monotone }
    const grown = this.#grower.grow(count, sum, columns, rules)
    this.#add(grown)
    return grown
  }

  /** Draws the rows of a tree, in their order; all of them should none come up. */
  #sample(): number {
    const { order } = this.#rows
    const { rows } = this.#bins
    const { subsample } = this.#manner
    const { kernel } = this.#ground
    const draw = (share: number) =>
      kernel.sample(order.byteOffset, rows, share * 2 ** 32, this.#state.byteOffset)
    return draw(subsample) || draw(1)
  }

  #derive(count: number): { sum: number; units: Units } {
    const order = this.#rows.order.byteOffset
    const [gradients, hessians] = [this.#gradients.byteOffset, this.#hessians.byteOffset]
    const { kernel } = this.#ground
    const { positiveWeight } = this.#manner
    const [raw, labels] = [this.#raw.byteOffset, this.#labels.byteOffset]
    kernel.derive(order, count, raw, labels, positiveWeight, gradients, hessians, this.#sums.byteOffset)
    const units = { gradient: unitFor(this.#sums[0]!, count), hessian: unitFor(this.#sums[1]!, count) }
    const [perGradient, perHessian] = [1 / units.gradient, 1 / units.hessian]
    const packed = this.#rows.packed.byteOffset
    const sum = kernel.pack(order, count, gradients, hessians, perGradient, perHessian, packed)
    return { sum, units }
  }

  /** Adds a tree's values: to rows it has seen from their leaf, to others by going down. */
  #add({ drawing, leaves }: Grown): void {
    const { kernel } = this.#ground
    const { byRow, stride, rows } = this.#bins
    const [raw, seen] = [this.#raw.byteOffset, this.#seen.byteOffset]
    this.#seen.fill(0)
    for (const { leaf, start, end } of leaves) {
      kernel.addLeaf(this.#rows.order.byteOffset, start, end, drawing.valueOf(leaf), raw, seen)
    }
    drawing.write(this.#sheet)
    kernel.addOthers(seen, 0, rows, byRow.byteOffset, stride, this.#sheet.whole.byteOffset, raw)
  }
}

/** Nodes of a tree, at most. */
export function nodesOf({ depth, leaves }: Shape, rows: number): number {
  return 2 * Math.max(1, Math.min(rows, 2 ** depth, leaves ?? rows))
}
