import { type EventBlock, MEASURES, type Measure } from '../features/columns.ts'
import type { TimelineRow } from './rows.ts'

const FIRST_CAPACITY = 1_024

/** Grows one event kind's columns row by row; rows arrive in customer order, each customer's oldest first. */
export interface BlockBuilder {
  add(customer: number, row: TimelineRow): void
  finish(size: number): EventBlock
}

export function blockBuilder(): BlockBuilder {
  let length = 0
  let at = new Float64Array(FIRST_CAPACITY)
  let owner = new Int32Array(FIRST_CAPACITY)
  const measures = new Map<Measure, Float64Array>()

  function grow(): void {
    const capacity = at.length * 2
    at = enlarged(at, capacity)
    const owners = new Int32Array(capacity)
    owners.set(owner)
    owner = owners
    for (const [measure, values] of measures) measures.set(measure, enlarged(values, capacity))
  }

  return {
    add(customer, row) {
      if (length === at.length) grow()
      at[length] = row.at
      owner[length] = customer
      for (const measure of MEASURES) {
        const value = row[measure]
        if (value === undefined || value === null || Number.isNaN(value)) continue
        let values = measures.get(measure)
        if (values === undefined) {
          values = new Float64Array(at.length).fill(Number.NaN)
          measures.set(measure, values)
        }
        values[length] = value
      }
      length += 1
    },
    finish(size) {
      const offsets = new Int32Array(size + 1)
      for (let row = 0; row < length; row += 1) offsets[owner[row]! + 1]! += 1
      for (let customer = 0; customer < size; customer += 1) offsets[customer + 1]! += offsets[customer]!
      const trimmed = new Map([...measures].map(([measure, values]) => [measure, values.slice(0, length)]))
      return eventBlock(offsets, at.slice(0, length), trimmed)
    },
  }
}

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

function enlarged(values: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity).fill(Number.NaN, values.length)
  larger.set(values)
  return larger
}
