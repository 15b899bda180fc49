import type { Columns } from './columns.ts'
import { calendarDay } from './facts.ts'
import type { FeatureList } from './feature-list.ts'
import { fillPeers } from './peers.ts'
import { fillKind } from './windows.ts'

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
  fillRow(list, columns, customer, asOf, calendarDay(asOf, list.timeZone), row, 0)
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
  const width = list.names.length
  for (let customer = from; customer < to; customer += 1) {
    fillRow(list, columns, customer, asOf, today, values, customer * width)
  }
}

function fillRow(
  list: FeatureList,
  columns: Columns,
  customer: number,
  asOf: number,
  today: number,
  cells: Float64Array,
  base: number,
): void {
  const facts = columns.facts[customer]!
  for (const { slot, read } of list.facts) cells[base + slot] = read(facts, asOf, today)
  for (const plan of list.kinds) fillKind(plan, columns, customer, asOf, cells, base)
  // Finalisers last and in order: each may read those above it.
  for (const { slot, run } of list.finalisers) cells[base + slot] = run(cells, base)
  for (const { slot } of list.peers) cells[base + slot] = Number.NaN
}
