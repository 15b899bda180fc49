import type { Columns } from './columns.ts'
import { factColumns, fillFacts } from './fact-columns.ts'
import { calendarDay, factAt } from './facts.ts'
import type { FeatureList } from './feature-list.ts'
import { fillPeers } from './peers.ts'

/** Every customer's features at one instant. Row i is the timeline's customer i; NaN is unknown. */
export interface FeatureMatrix {
  readonly names: readonly string[]
  /** Column of a name. */
  readonly index: ReadonlyMap<string, number>
  /** size x names.length, row by row. */
  readonly values: Float64Array
  /** Zero-copy view of one customer's features. */
  row(customer: number): Float64Array
}

/** Customers computed between two looks at the event loop: a few milliseconds of work. */
const STEP = 2_000

/** Customers whose rows are finished together: their part of the matrix stays in the processor's cache. */
const TILE = 250

/** Computes all features of all customers as of `asOf` in one go. Only rows strictly before asOf count. */
export function computeFeatures(list: FeatureList, columns: Columns, asOf: number): FeatureMatrix {
  const matrix = emptyMatrix(list, columns.size)
  fillRows(list, columns, asOf, matrix.values, 0, columns.size)
  fillPeers(list, columns.facts, matrix.values)
  return matrix
}

/** The same, giving the event loop its turn between steps. Rejects with the signal's reason when aborted. */
export async function computeFeaturesInSteps(
  list: FeatureList,
  columns: Columns,
  asOf: number,
  signal?: AbortSignal,
): Promise<FeatureMatrix> {
  const matrix = emptyMatrix(list, columns.size)
  for (let from = 0; from < columns.size; from += STEP) {
    fillRows(list, columns, asOf, matrix.values, from, Math.min(from + STEP, columns.size))
    await new Promise(setImmediate)
    signal?.throwIfAborted()
  }
  fillPeers(list, columns.facts, matrix.values)
  return matrix
}

/** The features of one customer, by the same code. Peer features are unknown: one customer has no peers to stand among. */
export function featuresOf(
  list: FeatureList,
  columns: Columns,
  customer: number,
  asOf: number,
): Float64Array {
  const row = new Float64Array(list.names.length)
  const today = calendarDay(asOf, list.timeZone)
  const facts = columns.facts[customer]!
  for (const { slot, read } of list.facts)
    row[slot] = factAt(read.value(facts), read.nature(facts), asOf, today)
  fillEvents(list, columns, asOf, row, 0, customer, customer + 1)
  finishRows(list, row, 0, 1)
  return row
}

function emptyMatrix({ names, index }: FeatureList, size: number): FeatureMatrix {
  const width = names.length
  const values = new Float64Array(size * width)
  return {
    names,
    index,
    values,
    row: (customer) => values.subarray(customer * width, (customer + 1) * width),
  }
}

function fillRows(
  list: FeatureList,
  columns: Columns,
  asOf: number,
  values: Float64Array,
  from: number,
  to: number,
): void {
  const today = calendarDay(asOf, list.timeZone)
  const facts = factColumns(list, columns.facts)
  for (let start = from; start < to; start += TILE) {
    const end = Math.min(start + TILE, to)
    fillFacts(facts, asOf, today, values, list.names.length, start, end)
    fillEvents(list, columns, asOf, values, start, start, end)
    finishRows(list, values, start, end)
  }
}

/** Customers `from..to`, the first of them in row `row` of `values`. */
function fillEvents(
  list: FeatureList,
  columns: Columns,
  asOf: number,
  values: Float64Array,
  row: number,
  from: number,
  to: number,
): void {
  const width = list.names.length
  for (const { kind, run } of list.kinds) {
    run(columns.blocks.get(kind), asOf, values, row * width, width, from, to)
  }
}

/** Finalisers of rows whose facts and aggregates are filled; peers are unknown until everyone is there. */
export function finishRows(list: FeatureList, values: Float64Array, from: number, to: number): void {
  const width = list.names.length
  list.finalise(values, width, from, to)
  for (const { slot } of list.peers) {
    for (let row = from; row < to; row += 1) values[row * width + slot] = Number.NaN
  }
}
