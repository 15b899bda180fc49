import type { EventBlock, Measure } from '../features/columns.ts'

/** Puts a block together and notes since when its kind is measured. */
export function eventBlock(
  offsets: Int32Array,
  at: Float64Array,
  measures: ReadonlyMap<Measure, Float64Array>,
): EventBlock {
  return { offsets, at, measures, since: firstInstant({ offsets, at }) }
}

/** The first instant of a block; each customer's own is the first of their rows. */
export function firstInstant({ offsets, at }: Pick<EventBlock, 'offsets' | 'at'>): number {
  let first = Number.POSITIVE_INFINITY
  for (let customer = 0; customer + 1 < offsets.length; customer += 1) {
    const row = offsets[customer]!
    if (row < offsets[customer + 1]! && at[row]! < first) first = at[row]!
  }
  return first
}
