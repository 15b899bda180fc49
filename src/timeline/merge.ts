import type { EventBlock } from '../features/columns.ts'
import {
  fillColumn,
  type Inputs,
  measuresOf,
  mergedOffsets,
  NOWHERE,
  type Piece,
  type Run,
} from './merge-block.ts'
import { type Packed, packInto } from './packed.ts'

type Blocks = ReadonlyMap<string, EventBlock>

/** New rows of customers whose kept rows stand: merged in by time, no two of a customer's at the same instant. */
export interface Added {
  readonly blocks: Blocks
  /** Two numbers for each such customer, by ascending first: the place in the result, and in these blocks. */
  readonly places: Int32Array
}

export const NOTHING_ADDED: Added = { blocks: new Map(), places: new Int32Array(0) }

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

/**
 * Copies the rows of `size` customers together by a plan, straight into shared memory; what was added goes among the
 * kept rows, by time.
 */
export function mergeBlocks(
  kept: Blocks,
  fresh: Blocks,
  runs: readonly Run[],
  size: number,
  added: Added = NOTHING_ADDED,
): Packed {
  const kinds = new Set([...kept.keys(), ...fresh.keys(), ...added.blocks.keys()])
  const merging = [...kinds].map((kind) => {
    const inputs: Inputs = { kept: kept.get(kind), fresh: fresh.get(kind), added: added.blocks.get(kind) }
    const pieces = cutAt(runs, added.places, inputs.added)
    const offsets = mergedOffsets(inputs, pieces, size)
    return { kind, inputs, pieces, offsets, rows: offsets[size]!, measures: measuresOf(inputs, pieces) }
  })
  const byKind = new Map(merging.map((each) => [each.kind, each]))
  return packInto(size, merging, (views) => {
    for (const [kind, into] of views) {
      const { inputs, pieces, offsets } = byKind.get(kind)!
      into.offsets.set(offsets)
      fillColumn(inputs, pieces, offsets, into.at, (block) => block.at)
      for (const [measure, values] of into.measures) {
        fillColumn(inputs, pieces, offsets, values, (block) => block.measures.get(measure))
      }
    }
  })
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
