import { type Columns, type EventBlock, MEASURES, type Measure } from '../features/columns.ts'
import { eventBlock } from './block-builder.ts'
import type { CustomerFacts } from './history.ts'

/** Where some neighbours' rows come from: `from` counts customers inside the kept or the fresh columns. */
export interface Run {
  readonly fresh: boolean
  readonly from: number
  /** First customer of the run in the result, and how many there are. */
  readonly to: number
  count: number
}

type Blocks = ReadonlyMap<string, EventBlock>

/**
 * Merges freshly read customers into kept columns: the result has exactly `facts` (any order), each customer's
 * rows from `fresh` when it is there and from `kept` otherwise. Neither input is changed.
 */
export function mergeColumns(kept: Columns, fresh: Columns, customers: readonly CustomerFacts[]): Columns {
  const facts = [...customers].sort((a, b) => a.no - b.no)
  const places = ({ facts }: Columns) => new Map(facts.map(({ id }, position) => [id, position]))
  const runs = planMerge(places(kept), places(fresh), facts)
  return { size: facts.length, facts, blocks: mergeBlocks(kept.blocks, fresh.blocks, runs, facts.length) }
}

/**
 * Where the rows of `facts` (by ascending `no`) come from; the maps give a customer's place in either input.
 * Neighbours that stay neighbours travel together, so that an untouched stretch is one copy.
 */
export function planMerge(
  kept: ReadonlyMap<string, number>,
  fresh: ReadonlyMap<string, number>,
  facts: readonly CustomerFacts[],
): Run[] {
  const runs: Run[] = []
  facts.forEach(({ id }, to) => {
    const freshAt = fresh.get(id)
    const isFresh = freshAt !== undefined
    const from = freshAt ?? kept.get(id)
    if (from === undefined) return
    const last = runs.at(-1)
    const follows = last?.fresh === isFresh && last.from + last.count === from && last.to + last.count === to
    if (last !== undefined && follows) last.count += 1
    else runs.push({ fresh: isFresh, from, to, count: 1 })
  })
  return runs
}

/** Copies the rows of `size` customers together by a plan. */
export function mergeBlocks(
  kept: Blocks,
  fresh: Blocks,
  runs: readonly Run[],
  size: number,
): Map<string, EventBlock> {
  const blocks = new Map<string, EventBlock>()
  for (const kind of new Set([...kept.keys(), ...fresh.keys()])) {
    const block = mergeBlock(kept.get(kind), fresh.get(kind), runs, size)
    if (block.at.length > 0) blocks.set(kind, block)
  }
  return blocks
}

function mergeBlock(
  kept: EventBlock | undefined,
  fresh: EventBlock | undefined,
  runs: readonly Run[],
  size: number,
): EventBlock {
  const offsets = mergeOffsets(kept, fresh, runs, size)
  const length = offsets[size]!
  const at = new Float64Array(length)
  copy(runs, offsets, kept, fresh, at, (block) => block.at)
  const measures = new Map<Measure, Float64Array>()
  for (const measure of MEASURES) {
    if (!kept?.measures.has(measure) && !fresh?.measures.has(measure)) continue
    const values = new Float64Array(length).fill(Number.NaN)
    copy(runs, offsets, kept, fresh, values, (block) => block.measures.get(measure))
    if (values.some((value) => !Number.isNaN(value))) measures.set(measure, values)
  }
  return eventBlock(offsets, at, measures)
}

function mergeOffsets(
  kept: EventBlock | undefined,
  fresh: EventBlock | undefined,
  runs: readonly Run[],
  size: number,
): Int32Array {
  const offsets = new Int32Array(size + 1)
  for (const { fresh: isFresh, from, to, count } of runs) {
    const block = isFresh ? fresh : kept
    if (block === undefined) continue
    for (let step = 0; step < count; step += 1) {
      offsets[to + step + 1] = block.offsets[from + step + 1]! - block.offsets[from + step]!
    }
  }
  for (let customer = 0; customer < size; customer += 1) offsets[customer + 1]! += offsets[customer]!
  return offsets
}

function copy(
  runs: readonly Run[],
  offsets: Int32Array,
  kept: EventBlock | undefined,
  fresh: EventBlock | undefined,
  into: Float64Array,
  column: (block: EventBlock) => Float64Array | undefined,
): void {
  for (const { fresh: isFresh, from, to, count } of runs) {
    const block = isFresh ? fresh : kept
    const values = block === undefined ? undefined : column(block)
    if (block === undefined || values === undefined) continue
    into.set(values.subarray(block.offsets[from]!, block.offsets[from + count]!), offsets[to]!)
  }
}
