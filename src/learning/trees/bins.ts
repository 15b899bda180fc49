import type { Table } from '../table.ts'
import type { Chance } from './chance.ts'

/** Code of an unknown value. Known values have codes 0..254: how many edges of their column lie below them. */
export const UNKNOWN = 255

const MOST_EDGES = 254
/** Rows looked at to place the edges: more would move them by less than a bin. */
const ENOUGH_ROWS = 60_000
const MOST = 3.4028234663852886e38

/** A table in which every value is replaced by the number of its bin. */
export interface Bins {
  readonly rows: number
  readonly columns: number
  /** By column: where one bin ends and the next begins, rising. A value is in the first bin whose edge is not below it. */
  readonly edges: readonly Float32Array[]
  /** Codes row by row, each row padded to `stride`, a multiple of four: four codes are read at once. */
  readonly byRow: Uint8Array
  readonly stride: number
  /** The same codes column by column. */
  readonly byColumn: Uint8Array
}

/** Bins every column of a table by its quantiles. */
export function binned(table: Table, chance: Chance): Bins {
  const { rows } = table
  const columns = table.names.length
  const looked = rowsToLookAt(rows, chance)
  const edges = table.names.map((_, column) => edgesOf(valuesAt(table, column, looked)))
  const stride = strideOf(columns)
  const byRow = codesOf(table, edges)
  const byColumn = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      byColumn[column * rows + row] = byRow[row * stride + column]!
    }
  }
  return { rows, columns, edges, byRow, stride, byColumn }
}

/** Codes of any table, row by row, by edges that are there already. */
export function codesOf(table: Table, edges: readonly Float32Array[]): Uint8Array {
  const width = edges.length
  const stride = strideOf(width)
  const codes = new Uint8Array(table.rows * stride)
  for (let column = 0; column < width; column += 1) {
    const own = edges[column]!
    for (let row = 0; row < table.rows; row += 1) {
      codes[row * stride + column] = codeOf(own, table.values[row * width + column]!)
    }
  }
  return codes
}

/** The threshold that sends the bins up to `bin` left. Past the last edge: all that is known goes left. */
export function thresholdOf(edges: Float32Array, bin: number): number {
  return edges[bin] ?? MOST
}

export function strideOf(columns: number): number {
  return (columns + 3) & ~3
}

function codeOf(edges: Float32Array, value: number): number {
  if (Number.isNaN(value)) return UNKNOWN
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** All rows, or one drawn from each of as many equal stretches. */
function rowsToLookAt(rows: number, chance: Chance): Uint32Array {
  const many = Math.min(rows, ENOUGH_ROWS)
  return Uint32Array.from({ length: many }, (_, at) =>
    many === rows ? at : Math.floor(((at + chance()) * rows) / many),
  )
}

function valuesAt({ values, names }: Table, column: number, looked: Uint32Array): Float32Array {
  const known = new Float32Array(looked.length)
  let count = 0
  for (const row of looked) {
    const value = values[row * names.length + column]!
    if (!Number.isNaN(value)) known[count++] = value
  }
  return known.subarray(0, count).sort()
}

/** Edges halfway between neighbouring values, so that the bins hold about equally many; a common value may fill one alone. */
function edgesOf(sorted: Float32Array): Float32Array {
  const distinct = distinctOf(sorted)
  const each = distinct > MOST_EDGES + 1 ? MOST_EDGES + 1 : sorted.length
  const edges: number[] = []
  let begun = 0
  for (let next = 1; next < sorted.length; next += 1) {
    if (sorted[next] === sorted[next - 1]) continue
    const left = each - edges.length
    if (edges.length >= MOST_EDGES) break
    if ((next - begun) * left < sorted.length - begun) continue
    edges.push(between(sorted[next - 1]!, sorted[next]!))
    begun = next
  }
  return Float32Array.from(edges)
}

function distinctOf(sorted: Float32Array): number {
  let count = 0
  for (let at = 0; at < sorted.length; at += 1) if (at === 0 || sorted[at] !== sorted[at - 1]) count += 1
  return count
}

/** A float32 that is at least `low` and below `high`. */
function between(low: number, high: number): number {
  const middle = Math.fround((low + high) / 2)
  return middle < high ? middle : low
}
