import { type Columns, type EventBlock, firstFrom, MEASURES, type Measure } from '../features/columns.ts'
import { eventBlock } from './block-builder.ts'
import type { CustomerFacts } from './history.ts'

/** Where some neighbours' rows come from: `from` counts customers inside the kept or the fresh columns. */
export interface Run {
  readonly fresh: boolean
  readonly from: number
  /** First customer of the run in the result, and how many there are. */
  readonly to: number
  readonly count: number
}

type Blocks = ReadonlyMap<string, EventBlock>

/** New rows of customers whose kept rows stand: merged in by time, no two of a customer's at the same instant. */
export interface Added {
  readonly blocks: Blocks
  /** Two numbers for each such customer, by ascending first: the place in the result, and in these blocks. */
  readonly places: Int32Array
}

export const NOTHING_ADDED: Added = { blocks: new Map(), places: new Int32Array(0) }

/**
 * Merges freshly read customers into kept columns: the result has exactly `facts` (any order), each customer's
 * rows from `fresh` when it is there and from `kept` otherwise. Neither input is changed.
 */
export function mergeColumns(kept: Columns, fresh: Columns, customers: readonly CustomerFacts[]): Columns {
  const facts = [...customers].sort((a, b) => a.no - b.no)
  const placesIn = (columns: Columns): Int32Array => {
    const index = new Map(columns.facts.map(({ id }, position) => [id, position]))
    return Int32Array.from(facts, ({ id }) => index.get(id) ?? NOWHERE)
  }
  const runs = planMerge(placesIn(kept), placesIn(fresh))
  return { size: facts.length, facts, blocks: mergeBlocks(kept.blocks, fresh.blocks, runs, facts.length) }
}

/** The place of a customer who is not there. */
export const NOWHERE = -1

/**
 * Where the rows of each customer of the result come from, by its place in either input. Neighbours that stay
 * neighbours travel together, so that an untouched stretch is one copy.
 */
export function planMerge(keptAt: Int32Array, freshAt: Int32Array): Run[] {
  const runs: Run[] = []
  for (let to = 0; to < keptAt.length; ) {
    const isFresh = freshAt[to] !== NOWHERE
    const places = isFresh ? freshAt : keptAt
    const from = places[to]!
    let end = to + 1
    if (from !== NOWHERE) {
      while (places[end] === from + end - to && (isFresh || freshAt[end] === NOWHERE)) end += 1
      runs.push({ fresh: isFresh, from, to, count: end - to })
    }
    to = end
  }
  return runs
}

/** Copies the rows of `size` customers together by a plan; what was added goes among the kept rows it came after. */
export function mergeBlocks(
  kept: Blocks,
  fresh: Blocks,
  runs: readonly Run[],
  size: number,
  added: Added = NOTHING_ADDED,
): Map<string, EventBlock> {
  const blocks = new Map<string, EventBlock>()
  for (const kind of new Set([...kept.keys(), ...fresh.keys(), ...added.blocks.keys()])) {
    const extra = added.blocks.get(kind)
    const inputs = { kept: kept.get(kind), fresh: fresh.get(kind), added: extra }
    const block = mergeBlock(inputs, cutAt(runs, added.places, extra), size)
    if (block.at.length > 0) blocks.set(kind, block)
  }
  return blocks
}

interface Inputs {
  readonly kept: EventBlock | undefined
  readonly fresh: EventBlock | undefined
  readonly added: EventBlock | undefined
}

/** A run, or one customer to whose kept rows those at `added` come. */
interface Piece extends Run {
  readonly added: number
}

/** Runs of one kind: cut only where this kind has new rows, so that the rest stays in long stretches. */
function cutAt(runs: readonly Run[], places: Int32Array, extra: EventBlock | undefined): Piece[] {
  const pieces: Piece[] = []
  let next = 0
  for (const run of runs) {
    const end = run.to + run.count
    let to = run.to
    const upTo = (stop: number): void => {
      if (stop > to)
        pieces.push({ ...run, from: run.from + to - run.to, to, count: stop - to, added: NOWHERE })
    }
    for (; next < places.length && places[next]! < end; next += 2) {
      const at = places[next]!
      const added = places[next + 1]!
      if (extra === undefined || extra.offsets[added] === extra.offsets[added + 1]) continue
      upTo(at)
      pieces.push({ ...run, from: run.from + at - run.to, to: at, count: 1, added })
      to = at + 1
    }
    upTo(end)
  }
  return pieces
}

function mergeBlock(inputs: Inputs, pieces: readonly Piece[], size: number): EventBlock {
  const offsets = mergeOffsets(inputs, pieces, size)
  const length = offsets[size]!
  const at = new Float64Array(length)
  copy(inputs, pieces, offsets, at, (block) => block.at)
  const measures = new Map<Measure, Float64Array>()
  for (const measure of MEASURES) {
    const isMeasured = Object.values(inputs).some((block) => block?.measures.has(measure))
    if (!isMeasured) continue
    const values = new Float64Array(length).fill(Number.NaN)
    copy(inputs, pieces, offsets, values, (block) => block.measures.get(measure))
    if (values.some((value) => !Number.isNaN(value))) measures.set(measure, values)
  }
  return eventBlock(offsets, at, measures)
}

function mergeOffsets(inputs: Inputs, pieces: readonly Piece[], size: number): Int32Array {
  const offsets = new Int32Array(size + 1)
  for (const { fresh, from, to, count, added } of pieces) {
    const block = fresh ? inputs.fresh : inputs.kept
    if (block !== undefined) {
      for (let step = 0; step < count; step += 1) {
        offsets[to + step + 1] = block.offsets[from + step + 1]! - block.offsets[from + step]!
      }
    }
    if (added !== NOWHERE) offsets[to + 1]! += rowsOf(inputs.added!, added)
  }
  for (let customer = 0; customer < size; customer += 1) offsets[customer + 1]! += offsets[customer]!
  return offsets
}

function rowsOf({ offsets }: EventBlock, place: number): number {
  return offsets[place + 1]! - offsets[place]!
}

function copy(
  inputs: Inputs,
  pieces: readonly Piece[],
  offsets: Int32Array,
  into: Float64Array,
  column: (block: EventBlock) => Float64Array | undefined,
): void {
  const of = (block: EventBlock | undefined) => (block === undefined ? undefined : column(block))
  const [kept, fresh, extra] = [of(inputs.kept), of(inputs.fresh), of(inputs.added)]
  for (const { fresh: isFresh, from, to, count, added } of pieces) {
    const block = isFresh ? inputs.fresh : inputs.kept
    const values = isFresh ? fresh : kept
    if (added !== NOWHERE)
      weave(
        into,
        offsets[to]!,
        { block, values, at: from },
        { block: inputs.added!, values: extra, at: added },
      )
    else if (block !== undefined && values !== undefined)
      into.set(values.subarray(block.offsets[from]!, block.offsets[from + count]!), offsets[to]!)
  }
}

/** One column of one customer's rows in a block; values undefined: this block has no such column. */
interface Strand {
  readonly block: EventBlock | undefined
  readonly values: Float64Array | undefined
  readonly at: number
}

/** Lays new rows among the kept ones by time. What carries no value stays as it is in `into`. */
function weave(
  into: Float64Array,
  start: number,
  kept: Strand,
  added: Strand & { readonly block: EventBlock },
): void {
  const high = kept.block?.offsets[kept.at + 1] ?? 0
  let low = kept.block?.offsets[kept.at] ?? 0
  let out = start
  const lay = (stop: number): void => {
    if (kept.values !== undefined && stop > low) into.set(kept.values.subarray(low, stop), out)
    out += stop - low
    low = stop
  }
  const { block, at } = added
  for (let row = block.offsets[at]!; row < block.offsets[at + 1]!; row += 1) {
    if (kept.block !== undefined) lay(firstFrom(kept.block.at, low, high, block.at[row]!))
    if (added.values !== undefined) into[out] = added.values[row]!
    out += 1
  }
  lay(high)
}
