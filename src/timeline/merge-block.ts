import { type EventBlock, firstFrom, MEASURES, type Measure } from '../features/columns.ts'

/** The place of a customer who is not there. */
export const NOWHERE = -1

/** Where some neighbours' rows come from: `from` counts customers inside the kept or the fresh columns. */
export interface Run {
  readonly fresh: boolean
  readonly from: number
  /** First customer of the run in the result, and how many there are. */
  readonly to: number
  readonly count: number
}

/** A run, or one customer to whose kept rows those at this place among the added ones come. */
export interface Piece extends Run {
  readonly added: number
}

/** One kind's rows, as far as they have any. */
export interface Inputs {
  readonly kept: EventBlock | undefined
  readonly fresh: EventBlock | undefined
  readonly added: EventBlock | undefined
}

export function mergedOffsets(inputs: Inputs, pieces: readonly Piece[], size: number): Int32Array {
  const offsets = new Int32Array(size + 1)
  for (const { fresh, from, to, count, added } of pieces) {
    const block = fresh ? inputs.fresh : inputs.kept
    if (block !== undefined) {
      for (let step = 0; step < count; step += 1) offsets[to + step + 1] = rowsAt(block, from + step)
    }
    if (added !== NOWHERE) offsets[to + 1]! += rowsAt(inputs.added!, added)
  }
  for (let customer = 0; customer < size; customer += 1) offsets[customer + 1]! += offsets[customer]!
  return offsets
}

function rowsAt({ offsets }: EventBlock, place: number): number {
  return offsets[place + 1]! - offsets[place]!
}

/** The measures that some row of the pieces carries. */
export function measuresOf(inputs: Inputs, pieces: readonly Piece[]): Measure[] {
  const known = new Set(Object.values(inputs).flatMap((block) => [...(block?.measures.keys() ?? [])]))
  return MEASURES.filter((measure) => known.has(measure)).filter((measure) =>
    pieces.some(({ fresh, from, count, added }) => {
      const own = fresh ? inputs.fresh : inputs.kept
      return (
        carries(own, measure, from, from + count) ||
        (added !== NOWHERE && carries(inputs.added, measure, added, added + 1))
      )
    }),
  )
}

function carries(block: EventBlock | undefined, measure: Measure, from: number, until: number): boolean {
  const values = block?.measures.get(measure)
  if (block === undefined || values === undefined) return false
  for (let row = block.offsets[from]!; row < block.offsets[until]!; row += 1) {
    if (!Number.isNaN(values[row]!)) return true
  }
  return false
}

/** Fills one column of the result from the same column of the inputs; NaN for rows of inputs that have none. */
export function fillColumn(
  inputs: Inputs,
  pieces: readonly Piece[],
  offsets: Int32Array,
  into: Float64Array,
  column: (block: EventBlock) => Float64Array | undefined,
): void {
  const valuesOf = (block: EventBlock | undefined) => block && column(block)
  const [kept, fresh, extra] = [valuesOf(inputs.kept), valuesOf(inputs.fresh), valuesOf(inputs.added)]
  for (const { fresh: isFresh, from, to, count, added } of pieces) {
    const block = isFresh ? inputs.fresh : inputs.kept
    const values = isFresh ? fresh : kept
    const start = offsets[to]!
    if (added !== NOWHERE) {
      const news = { block: inputs.added!, values: extra, at: added }
      weave(into, start, { block, values, at: from }, news)
    } else if (block !== undefined) {
      lay(values, block.offsets[from]!, block.offsets[from + count]!, into, start)
    }
  }
}

/** Fewer values are copied one by one sooner than in one go. */
const FEW = 32

/** Copies a stretch of a column. */
function lay(
  values: Float64Array | undefined,
  from: number,
  until: number,
  into: Float64Array,
  start: number,
): void {
  if (values === undefined) into.fill(Number.NaN, start, start + until - from)
  else if (until - from < FEW)
    for (let row = from; row < until; row += 1) into[start + row - from] = values[row]!
  else into.set(values.subarray(from, until), start)
}

/** One column of one customer's rows in a block; values undefined: this block has no such column. */
interface Strand {
  readonly block: EventBlock | undefined
  readonly values: Float64Array | undefined
  readonly at: number
}

/** Lays a customer's new rows among the kept ones by time. */
function weave(
  into: Float64Array,
  start: number,
  kept: Strand,
  added: Strand & { readonly block: EventBlock },
): void {
  const high = kept.block?.offsets[kept.at + 1] ?? 0
  let low = kept.block?.offsets[kept.at] ?? 0
  let out = start
  for (let row = added.block.offsets[added.at]!; row < added.block.offsets[added.at + 1]!; row += 1) {
    const stop = kept.block === undefined ? low : firstFrom(kept.block.at, low, high, added.block.at[row]!)
    lay(kept.values, low, stop, into, out)
    out += stop - low
    low = stop
    into[out] = added.values?.[row] ?? Number.NaN
    out += 1
  }
  lay(kept.values, low, high, into, out)
}
