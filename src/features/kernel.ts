import type { CustomerFacts } from '../timeline/history.ts'
import type { Columns, Part } from './columns.ts'
import type { KindPass } from './compile.ts'
import { type FactColumn, factColumns, fillFacts, fillFactsOf } from './fact-columns.ts'
import { calendarDay } from './facts.ts'
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

/** Customers whose rows are finished together: their part of the matrix stays in the processor's cache. */
const TILE = 128

/** Computes all features of all customers as of `asOf` in one go. Only rows strictly before asOf count. */
export function computeFeatures(list: FeatureList, columns: Columns, asOf: number): FeatureMatrix {
  return computeFeaturesAt(list, columns, [asOf])[0]!
}

/**
 * The same as of several instants, for learning from the past: customer by customer, so that each one's rows are
 * fetched from memory once for all of them. Who computes again and again hands in the memory, at least
 * size x names.length numbers a date: asking the system for it anew costs as much as half a pass. Earlier matrices over
 * it are overwritten.
 */
export function computeFeaturesAt(
  list: FeatureList,
  columns: Columns,
  asOfs: readonly number[],
  memory?: Float64Array,
): FeatureMatrix[] {
  const facts = factColumns(list, columns.facts, Math.min(...asOfs))
  const pass = passOver(list, columns, facts, asOfs, memory)
  for (let from = 0; from < columns.size; from += TILE) {
    fillRows(pass, from, Math.min(from + TILE, columns.size))
  }
  return finished(pass, columns.facts)
}

/**
 * The features of some of the customers, row after row, from facts that were read before. Peer features are unknown:
 * what is usual shows only when everyone is there.
 */
export function computeRows(
  list: FeatureList,
  columns: Pick<Columns, 'size' | 'blocks'>,
  facts: readonly FactColumn[],
  asOf: number,
): Float64Array {
  const pass = passOver(list, columns, facts, [asOf])
  for (let from = 0; from < columns.size; from += TILE) {
    fillRows(pass, from, Math.min(from + TILE, columns.size))
  }
  return pass.dates[0]!.matrix.values
}

/**
 * The features of one customer, by the same code. Peer features are unknown: one customer has no peers to stand among.
 * Who asks again and again hands in the row to be filled.
 */
export function featuresOf(
  list: FeatureList,
  columns: Part,
  customer: number,
  asOf: number,
  row: Float64Array = new Float64Array(list.names.length),
): Float64Array {
  fillFactsOf(list, columns.facts.at(customer)!, asOf, row, 0)
  for (const kernel of list.kinds) kernel.fillOne(columns.blocks.get(kernel.kind), customer, asOf, row)
  finishRows(list, row, 0, 1)
  return row
}

/** A list's matrix over values that lie row by row. */
export function matrixOver(
  { names, index }: Pick<FeatureList, 'names' | 'index'>,
  values: Float64Array,
): FeatureMatrix {
  const width = names.length
  return {
    names,
    index,
    values,
    row: (customer) => values.subarray(customer * width, (customer + 1) * width),
  }
}

/** One pass over all customers, as of one instant or several. */
interface Pass {
  readonly list: FeatureList
  readonly facts: readonly FactColumn[]
  readonly dates: readonly PassDate[]
  readonly kinds: readonly KindPass[]
}

interface PassDate {
  readonly asOf: number
  /** The calendar day of asOf. */
  readonly today: number
  readonly matrix: FeatureMatrix
}

function passOver(
  list: FeatureList,
  { size, blocks }: Pick<Columns, 'size' | 'blocks'>,
  facts: readonly FactColumn[],
  asOfs: readonly number[],
  memory?: Float64Array,
): Pass {
  const cells = size * list.names.length
  // One piece of memory for all dates: many large ones in a row would each call the collector.
  const all = memory ?? new Float64Array(cells * asOfs.length)
  const dates = asOfs.map((asOf, date) => ({
    asOf,
    today: calendarDay(asOf, list.timeZone),
    matrix: matrixOver(list, all.subarray(date * cells, (date + 1) * cells)),
  }))
  return {
    list,
    facts,
    dates,
    kinds: list.kinds.map((kernel) => kernel.over(blocks.get(kernel.kind), asOfs)),
  }
}

function fillRows({ list, facts, dates, kinds }: Pass, from: number, to: number): void {
  const width = list.names.length
  for (const kind of kinds) kind.turnTo(from, to)
  dates.forEach(({ asOf, today, matrix: { values } }, date) => {
    fillFacts(facts, asOf, today, values, width, from, to)
    for (const kind of kinds) kind.fill(date, values, from * width, width)
    finishRows(list, values, from, to)
  })
}

function finished({ list, dates }: Pass, facts: readonly CustomerFacts[]): FeatureMatrix[] {
  return dates.map(({ matrix }) => {
    fillPeers(list, facts, matrix.values)
    return matrix
  })
}

/** What was not authorised is unknown, then finalisers of rows whose facts and aggregates are filled; peers are unknown until everyone is there. */
export function finishRows(list: FeatureList, values: Float64Array, from: number, to: number): void {
  const width = list.names.length
  for (const { slot, by } of list.guarded) {
    for (let row = from; row < to; row += 1) {
      if (values[row * width + by] !== 1) values[row * width + slot] = Number.NaN
    }
  }
  list.finalise(values, width, from, to)
  for (const { slot } of list.peers) {
    for (let row = from; row < to; row += 1) values[row * width + slot] = Number.NaN
  }
}
