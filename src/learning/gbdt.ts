import { logistic, type Tree, type TreeModel } from './model.ts'
import type { Table } from './table.ts'
import type { Trainer, Training } from './trainer.ts'
import { type Bins, binned, codesOf } from './trees/bins.ts'
import { type Chance, chanceOf, drawn } from './trees/chance.ts'
import { Grower, type Grown } from './trees/grow.ts'
import { SHIFT, unitFor } from './trees/packed.ts'
import type { Rows } from './trees/rows.ts'
import type { Rules } from './trees/split.ts'
import { mustTeach } from './trees/teachable.ts'

/** Settings of gradient boosting; what is not given has the default. */
export interface GbdtSettings {
  /** Trees, at most. */
  readonly rounds: number
  /** Splits from a root to a leaf, at most. */
  readonly depth: number
  /** Given: trees grow leaf by leaf, the best first, to this many. */
  readonly leaves?: number
  /** Share of a tree that is added. */
  readonly learningRate: number
  /** Pulls leaves towards 0. */
  readonly lambda: number
  /** Least sum of hessians in a leaf. */
  readonly minChildWeight: number
  /** Share of the rows each tree sees. */
  readonly subsample: number
  /** Share of the columns each tree sees. */
  readonly columnShare: number
  /** With rows to stop on: so many rounds without a smaller loss end the training, and the best round stands. */
  readonly earlyStop: number
}

const DEFAULTS: GbdtSettings = {
  rounds: 300,
  depth: 6,
  learningRate: 0.1,
  lambda: 1,
  minChildWeight: 1,
  subsample: 0.8,
  columnShare: 0.8,
  earlyStop: 30,
}

/** Gradient boosting on the logistic loss. */
export function gbdtWith(changed: Partial<GbdtSettings>): Trainer {
  const settings = { ...DEFAULTS, ...changed }
  return { algorithm: 'gbdt', train: (table, training) => boosted(table, training, settings) }
}

export const gbdt: Trainer = gbdtWith({})

async function boosted(table: Table, training: Training, settings: GbdtSettings): Promise<TreeModel> {
  mustTeach(table, training)
  const { positiveWeight = 1, stopOn, signal, progress } = training
  const chance = chanceOf(training.seed)
  const bins = binned(table, chance)
  const base = baseOf(table, positiveWeight)
  const boost = new Boost(bins, table.labels, base, training, settings)
  const judge = stopOn && new Judge(stopOn, bins.edges, base, positiveWeight)
  const trees: Tree[] = []
  for (let round = 0; round < settings.rounds; round += 1) {
    signal?.throwIfAborted()
    const grown = boost.round(chance)
    trees.push(grown.drawing.tree(bins.edges))
    progress?.((round + 1) / settings.rounds)
    if (judge !== undefined && judge.after(grown, round) >= settings.earlyStop) break
    await breath()
  }
  const kept = judge === undefined ? trees : trees.slice(0, judge.best + 1)
  return { algorithm: 'gbdt', names: table.names, base, trees: kept }
}

/** Log-odds of leaving before anything is known. */
function baseOf({ labels, rows }: Table, positiveWeight: number): number {
  let left = 0
  for (const label of labels) left += label
  return Math.log((left * positiveWeight) / (rows - left))
}

/** Lets others have the thread for a moment. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** The rows with the score they have so far. */
class Boost {
  readonly #bins: Bins
  readonly #labels: Uint8Array
  readonly #training: Training
  readonly #settings: GbdtSettings
  readonly #rows: Rows
  readonly #raw: Float64Array
  readonly #gradient: Float64Array
  readonly #hessian: Float64Array
  readonly #seen: Uint8Array
  readonly #grower: Grower

  constructor(bins: Bins, labels: Uint8Array, base: number, training: Training, settings: GbdtSettings) {
    this.#bins = bins
    this.#labels = labels
    this.#training = training
    this.#settings = settings
    const { rows } = bins
    this.#rows = {
      order: new Uint32Array(rows),
      spare: new Uint32Array(rows),
      packed: new Float64Array(rows),
    }
    this.#raw = new Float64Array(rows).fill(base)
    this.#gradient = new Float64Array(rows)
    this.#hessian = new Float64Array(rows)
    this.#seen = new Uint8Array(rows)
    const { depth, leaves, learningRate } = settings
    this.#grower = new Grower(bins, this.#rows, { depth, leaves, shrink: learningRate })
  }

  /** Grows one tree on what is not explained yet, and adds it to every row's score. */
  round(chance: Chance): Grown {
    const { columnShare, lambda, minChildWeight } = this.#settings
    const count = this.#sample(chance)
    const { sum, units } = this.#derive(count)
    const many = Math.max(1, Math.round(this.#bins.columns * columnShare))
    const columns = drawn(this.#bins.columns, many, chance).sort((a, b) => a - b)
    const { monotone } = this.#training
    const rules: Rules = { units, lambda, minWeight: minChildWeight, minGain: 1e-6, monotone }
    const grown = this.#grower.grow(count, sum, columns, rules)
    this.#add(grown)
    return grown
  }

  /** Draws the rows of a tree, in their order; all of them should none come up. */
  #sample(chance: Chance): number {
    const { subsample } = this.#settings
    const { order } = this.#rows
    let count = 0
    for (let row = 0; row < this.#bins.rows; row += 1) {
      if (subsample < 1 && chance() >= subsample) continue
      order[count] = row
      count += 1
    }
    if (count > 0) return count
    for (let row = 0; row < order.length; row += 1) order[row] = row
    return order.length
  }

  #derive(count: number): { sum: number; units: Rules['units'] } {
    const { order, packed } = this.#rows
    const weight = this.#training.positiveWeight ?? 1
    let gradients = 0
    let hessians = 0
    for (let at = 0; at < count; at += 1) {
      const row = order[at]!
      const left = this.#labels[row]!
      const probability = logistic(this.#raw[row]!)
      const own = left === 1 ? weight : 1
      const gradient = (probability - left) * own
      const hessian = probability * (1 - probability) * own
      this.#gradient[row] = gradient
      this.#hessian[row] = hessian
      gradients += Math.abs(gradient)
      hessians += hessian
    }
    const units = { gradient: unitFor(gradients, count), hessian: unitFor(hessians, count) }
    let sum = 0
    for (let at = 0; at < count; at += 1) {
      const row = order[at]!
      const gradient = Math.floor(this.#gradient[row]! / units.gradient + 0.5)
      const own = gradient * SHIFT + Math.floor(this.#hessian[row]! / units.hessian + 0.5)
      packed[row] = own
      sum += own
    }
    return { sum, units }
  }

  /** Adds a tree's values: to rows it has seen from their leaf, to others by going down. */
  #add({ drawing, leaves }: Grown): void {
    const { order } = this.#rows
    this.#seen.fill(0)
    for (const { leaf, start, end } of leaves) {
      const value = drawing.valueOf(leaf)
      for (let at = start; at < end; at += 1) {
        const row = order[at]!
        this.#raw[row]! += value
        this.#seen[row] = 1
      }
    }
    const { byRow, stride, rows } = this.#bins
    for (let row = 0; row < rows; row += 1) {
      if (this.#seen[row] === 0) this.#raw[row]! += drawing.valueOf(drawing.leafOf(byRow, row * stride))
    }
  }
}

/** Watches the loss on other rows. */
class Judge {
  /** The round after which the loss was least. */
  best = 0
  #least = Number.POSITIVE_INFINITY
  readonly #table: Table
  readonly #codes: Uint8Array
  readonly #raw: Float64Array
  readonly #positiveWeight: number

  constructor(table: Table, edges: readonly Float32Array[], base: number, positiveWeight: number) {
    this.#table = table
    this.#codes = codesOf(table, edges)
    this.#raw = new Float64Array(table.rows).fill(base)
    this.#positiveWeight = positiveWeight
  }

  /** Adds a tree; returns for how many rounds the loss has not fallen. */
  after({ drawing }: Grown, round: number): number {
    const { rows, labels } = this.#table
    const stride = this.#codes.length / rows
    let loss = 0
    for (let row = 0; row < rows; row += 1) {
      this.#raw[row]! += drawing.valueOf(drawing.leafOf(this.#codes, row * stride))
      const raw = this.#raw[row]!
      loss += labels[row] === 1 ? softplus(-raw) * this.#positiveWeight : softplus(raw)
    }
    if (loss < this.#least) {
      this.#least = loss
      this.best = round
    }
    return round - this.best
  }
}

/** ln(1 + e^x) */
function softplus(x: number): number {
  return x > 30 ? x : Math.log1p(Math.exp(x))
}
