import { factsAt } from '../features/attributes.ts'
import type { Columns, EventBlock } from '../features/columns.ts'
import { firstFrom } from '../features/columns.ts'
import { areaUnderCurve } from './auc.ts'
import { positivesOf } from './metrics.ts'
import type { Table } from './table.ts'

/** A column that knows what it cannot know. */
export interface Leak {
  readonly name: string
  /** `sees-future`: it changes when later rows are taken away. `too-good`: alone it tells nearly all leavers from stayers. */
  readonly why: 'sees-future' | 'too-good'
  /** AUC of the column alone, either way round. */
  readonly auc: number
}

/** No honest single feature parts leavers from stayers like this. */
const TOO_GOOD = 0.98
/** Known rows of each class that it takes to say so. */
const LEAST_ROWS = 30

/** Rows computed twice: from the whole timeline, and from one that ends at their as-of date. */
export interface Blinded {
  readonly seen: Table
  readonly blind: Table
}

/** Columns to refuse. A cell of `blinded` that differs has seen the future; the table tells which column is too good to be true. */
export function leakageOf(table: Table, blinded: Blinded | null): Leak[] {
  const width = table.names.length
  return table.names.flatMap((name, feature): Leak[] => {
    const auc = aloneAuc(table, feature)
    const differs = blinded?.seen.labels.some((_, row) => {
      const cell = row * width + feature
      return !Object.is(blinded.seen.values[cell], blinded.blind.values[cell])
    })
    if (differs === true) return [{ name, why: 'sees-future', auc }]
    return auc >= TOO_GOOD ? [{ name, why: 'too-good', auc }] : []
  })
}

/** The better of the column's value, where known, and of its being known at all. NaN where too few rows tell. */
function aloneAuc({ values, names, rows, labels }: Table, feature: number): number {
  const cells = Float32Array.from({ length: rows }, (_, row) => values[row * names.length + feature]!)
  const known = [...cells.keys()].filter((row) => !Number.isNaN(cells[row]!))
  const of = (scores: ArrayLike<number>, among: ArrayLike<number>) => {
    const left = positivesOf(among)
    if (Math.min(left, among.length - left) < LEAST_ROWS) return Number.NaN
    const auc = areaUnderCurve(scores, among)
    return Math.max(auc, 1 - auc)
  }
  const value = of(
    known.map((row) => cells[row]!),
    known.map((row) => labels[row]!),
  )
  const knownness = of(
    cells.map((cell) => (Number.isNaN(cell) ? 1 : 0)),
    labels,
  )
  return Math.max(...[value, knownness].filter((auc) => !Number.isNaN(auc)), 0.5)
}

/**
 * The timeline as it stood at an instant: nothing at or after it, attributes as they were. A kind that began later is not
 * there at all.
 */
export function columnsBefore(columns: Columns, instant: number): Columns {
  const blocks = new Map<string, EventBlock>()
  for (const [kind, block] of columns.blocks) {
    if (block.since < instant) blocks.set(kind, blockBefore(block, instant))
  }
  return { ...columns, facts: columns.facts.map((one) => factsAt(one, instant)), blocks }
}

function blockBefore({ offsets, at, measures, since }: EventBlock, instant: number): EventBlock {
  const kept: number[] = []
  const cut = new Int32Array(offsets.length)
  for (let customer = 0; customer + 1 < offsets.length; customer += 1) {
    const end = firstFrom(at, offsets[customer]!, offsets[customer + 1]!, instant)
    for (let place = offsets[customer]!; place < end; place += 1) kept.push(place)
    cut[customer + 1] = kept.length
  }
  const pick = (values: Float64Array) => Float64Array.from(kept, (place) => values[place]!)
  return {
    offsets: cut,
    at: pick(at),
    measures: new Map([...measures].map(([measure, values]) => [measure, pick(values)])),
    since,
  }
}
