import type { Tree, TreeModel } from './model.ts'
import type { Table } from './table.ts'
import type { Trainer, Training } from './trainer.ts'
import { binned } from './trees/bins.ts'
import { breath } from './trees/breath.ts'
import { type Chance, chanceOf } from './trees/chance.ts'
import { Ground } from './trees/ground.ts'
import { type ForestShape, forestGroundOf, forestTree } from './trees/grow-forest.ts'
import { SHIFT, unitFor } from './trees/packed.ts'
import { type Rows, rowsOn } from './trees/rows.ts'
import type { Rules } from './trees/split.ts'
import { mustTeach } from './trees/teachable.ts'

/** Settings of the random forest; what is not given has the default. */
export interface ForestSettings {
  readonly trees: number
  /** Splits from a root to a leaf, at most. */
  readonly depth: number
  /** Least weight of a leaf, in rows of mean weight. */
  readonly minLeaf: number
  /** Columns each split sees; not given: the square root of all. */
  readonly columns?: number
}

const DEFAULTS: ForestSettings = { trees: 300, depth: 24, minLeaf: 5 }

/** A mean of trees, each grown on rows drawn with replacement. Its score is a share, 0..1. It adds no rounds, so it never stops early. */
export function forestWith(changed: Partial<ForestSettings>): Trainer {
  const settings = { ...DEFAULTS, ...changed }
  return { algorithm: 'forest', train: (table, training) => grown(table, training, settings) }
}

export const forest: Trainer = forestWith({})

async function grown(table: Table, training: Training, settings: ForestSettings): Promise<TreeModel> {
  mustTeach(table, training)
  const { positiveWeight = 1, signal, progress, monotone } = training
  const chance = chanceOf(training.seed)
  const ground = new Ground()
  const bins = binned(table, chance, ground)
  const rows = rowsOn(ground, table.rows)
  const columns = settings.columns ?? Math.max(1, Math.round(Math.sqrt(table.names.length)))
  const shape: ForestShape = { depth: settings.depth, columns, shrink: 1 / settings.trees }
  const field = forestGroundOf(ground, bins, rows, shape)
  const trees: Tree[] = []
  for (let round = 0; round < settings.trees; round += 1) {
    signal?.throwIfAborted()
    const { count, unit, mean } = draw(table, rows, positiveWeight, chance)
    const units = { gradient: unit, hessian: unit }
    const rules: Rules = { units, lambda: 0, minWeight: settings.minLeaf * mean, minGain: 1e-9, monotone }
    trees.push(forestTree(field, count, shape, rules, chance).tree(bins.edges))
    progress?.((round + 1) / settings.trees)
    await breath()
  }
  return { algorithm: 'forest', names: table.names, base: 0, trees }
}

/**
 * Draws as many rows as there are, with replacement; each then weighs as often as it was drawn. With minus the label as
 * gradient and the weight as hessian, a leaf's best value is its share of positives and the gain is Gini's.
 */
function draw(
  table: Table,
  rows: Rows,
  positiveWeight: number,
  chance: Chance,
): { count: number; unit: number; mean: number } {
  const times = new Uint32Array(table.rows)
  let total = 0
  for (let more = table.rows; more > 0; more -= 1) {
    const row = Math.floor(chance() * table.rows)
    times[row]! += 1
    total += table.labels[row] === 1 ? positiveWeight : 1
  }
  const unit = unitFor(total, table.rows)
  let count = 0
  for (let row = 0; row < table.rows; row += 1) {
    if (times[row] === 0) continue
    const left = table.labels[row] === 1
    const weight = Math.floor((times[row]! * (left ? positiveWeight : 1)) / unit + 0.5)
    rows.packed[row] = left ? weight - weight * SHIFT : weight
    rows.order[count] = row
    count += 1
  }
  return { count, unit, mean: total / table.rows }
}
