import { lowest } from './lbfgs.ts'
import { designOf, plainDesign, type Shape } from './linear-design.ts'
import { type LinearModel, logistic as probabilityOf, softplus, type Term, termOf } from './model.ts'
import type { Table } from './table.ts'
import type { Trainer, Training } from './trainer.ts'
import { mustTeach } from './trees/teachable.ts'

export interface LogisticSettings {
  /** Weight of the squares of all weights (of standardised terms) beside the rows' log loss; default 3. */
  readonly l2?: number
  /** `plain`: every column as it is, nothing else; unknown counts as the mean. Default `chosen` (linear-design.ts). */
  readonly terms?: 'chosen' | 'plain'
}

export interface LinearTrainer extends Trainer {
  train(table: Table, training: Training): Promise<LinearModel>
}

/** Logistic regression by L-BFGS on terms chosen from the data (linear-design.ts). */
export const logistic: LinearTrainer = logisticWith({})

/** The same with settings of its own. */
export function logisticWith(settings: LogisticSettings): LinearTrainer {
  return { algorithm: 'logistic', train: (table, training) => train(table, training, settings) }
}

async function train(
  table: Table,
  training: Training,
  { l2 = 3, terms = 'chosen' }: LogisticSettings,
): Promise<LinearModel> {
  mustTeach(table, training)
  const shapes = terms === 'plain' ? plainDesign(table) : designOf(table, training.monotone)
  let design = standardised(table, shapes)
  for (;;) {
    const weights = await weigh(design, table.labels, l2, training)
    const against = wrongWay(design.shapes, weights, training.monotone)
    if (against.size === 0) {
      training.progress?.(1)
      return modelOf(table, design, weights)
    }
    // A term whose weight would break the promise is left out and the rest weighed again: each round has fewer terms.
    design = standardised(
      table,
      design.shapes.filter((_, at) => !against.has(at)),
    )
  }
}

/** Terms as columns of mean 0 and spread 1; a row whose value is unknown has 0, which is what it adds. */
interface Design {
  readonly shapes: readonly Shape[]
  readonly centre: Float64Array
  readonly spread: Float64Array
  /** rows x shapes, row by row. */
  readonly cells: Float32Array
}

function standardised({ values, rows, names }: Table, shapes: readonly Shape[]): Design {
  const width = shapes.length
  const cells = new Float32Array(rows * width)
  const centre = new Float64Array(width)
  const spread = new Float64Array(width)
  shapes.forEach((shape, at) => {
    const term: Term = { ...shape, centre: 0, weight: 1 }
    const isKnown = (row: number) =>
      shape.of === 'unknown' || !Number.isNaN(values[row * names.length + shape.feature]!)
    let known = 0
    for (let row = 0; row < rows; row += 1) {
      if (!isKnown(row)) continue
      known += 1
      const value = termOf(term, values[row * names.length + shape.feature]!)
      cells[row * width + at] = value
      centre[at]! += value
    }
    centre[at]! /= Math.max(1, known)
    for (let row = 0; row < rows; row += 1) {
      if (!isKnown(row)) continue
      const off = cells[row * width + at]! - centre[at]!
      cells[row * width + at] = off
      spread[at]! += off * off
    }
    spread[at] = Math.sqrt(spread[at]! / rows) || 1
    for (let row = 0; row < rows; row += 1) cells[row * width + at]! /= spread[at]!
  })
  return { shapes, centre, spread, cells }
}

/** Weights of the standardised terms; the last one is the base. */
function weigh(design: Design, labels: Uint8Array, l2: number, training: Training): Promise<Float64Array> {
  const { cells, shapes } = design
  const width = shapes.length
  const { positiveWeight = 1, signal, progress } = training
  const slope = (weights: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0)
    let loss = 0
    for (let row = 0, from = 0; row < labels.length; row += 1, from += width) {
      let score = weights[width]!
      for (let at = 0; at < width; at += 1) score += weights[at]! * cells[from + at]!
      const label = labels[row]!
      const weight = label === 1 ? positiveWeight : 1
      loss += weight * softplus(label === 1 ? -score : score)
      const error = weight * (probabilityOf(score) - label)
      for (let at = 0; at < width; at += 1) gradient[at]! += error * cells[from + at]!
      gradient[width]! += error
    }
    for (let at = 0; at < width; at += 1) {
      loss += (l2 / 2) * weights[at]! ** 2
      gradient[at]! += l2 * weights[at]!
    }
    return loss
  }
  return lowest(width + 1, slope, 1e-5 * labels.length, async (step) => {
    await new Promise(setImmediate)
    signal?.throwIfAborted()
    // How many steps it takes is not known beforehand: each goes a part of what is left.
    progress?.(1 - 0.97 ** step)
  })
}

/** Positions of terms that move against what their column promised. All terms of such a column rise with its value. */
function wrongWay(
  shapes: readonly Shape[],
  weights: Float64Array,
  monotone: readonly number[] = [],
): Set<number> {
  const places = shapes.flatMap(({ feature }, at) =>
    weights[at]! * (monotone[feature] ?? 0) < 0 ? [at] : [],
  )
  return new Set(places)
}

function modelOf(table: Table, { shapes, centre, spread }: Design, weights: Float64Array): LinearModel {
  return {
    algorithm: 'logistic',
    names: table.names,
    base: weights[shapes.length]!,
    terms: shapes.map((shape, at) => ({ ...shape, centre: centre[at]!, weight: weights[at]! / spread[at]! })),
  }
}
