import type { Table } from '../table.ts'
import type { Chance } from './chance.ts'
import type { Ground } from './ground.ts'

/** Code of an unknown value. Known values have codes 0..254: how many edges of their column lie below them. */
export const UNKNOWN = 255
/** How many codes there are. */
export const CODES = 256

const MOST_EDGES = 254
/** Rows looked at to place the edges: more would move them by less than a bin. */
const ENOUGH_ROWS = 60_000
/** Values encoded at a time: they pass through the ground piece by piece. */
const PIECE = 2 ** 18
/** The largest float32. */
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
export function binned(table: Table, chance: Chance, ground: Ground): Bins {
  const looked = rowsToLookAt(table.rows, chance)
  const edges = table.names.map((_, column) => edgesOf(valuesAt(table, column, looked)))
  return encoded(table, edges, ground)
}

/** Bins a table by edges that are there already. */
export function encoded(
  { rows, names, values }: Table,
  edges: readonly Float32Array[],
  ground: Ground,
): Bins {
  const columns = names.length
  const stride = (columns + 3) & ~3
  const byRow = ground.bytes(rows * stride)
  const byColumn = ground.bytes(rows * columns)
  const own = ground.floats(MOST_EDGES + 1)
  const height = Math.max(1, Math.min(rows, Math.floor(PIECE / columns)))
  const piece = ground.floats(height * columns)
  for (let from = 0; from < rows; from += height) {
    const end = Math.min(rows, from + height)
    piece.set(values.subarray(from * columns, end * columns))
    edges.forEach((some, column) => {
      own.fill(Number.POSITIVE_INFINITY).set(some)
      ground.kernel.encode(
        piece.byteOffset + column * 4,
        end - from,
        columns,
        own.byteOffset,
        byColumn.byteOffset + column * rows + from,
        byRow.byteOffset + from * stride + column,
        stride,
      )
    })
  }
  return { rows, columns, edges, byRow, stride, byColumn }
}

/** The threshold that sends the bins up to `bin` left. Past the last edge: all that is known goes left. */
export function thresholdOf(edges: Float32Array, bin: number): number {
  return edges[bin] ?? MOST
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
