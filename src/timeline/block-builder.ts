import { type EventBlock, MEASURES, type Measure } from '../features/columns.ts'

const FIRST_CAPACITY = 1_024

/** Grows one event kind's columns row by row; rows arrive in customer order, each customer's oldest first. */
export interface BlockBuilder {
  /** Adds a row without measures; gives its place. */
  add(customer: number, at: number): number
  /** Notes what a row carries, by the measure's place in MEASURES. */
  put(measure: number, row: number, value: number): void
  finish(size: number): EventBlock
}

export function blockBuilder(): BlockBuilder {
  let length = 0
  let at = new Float64Array(FIRST_CAPACITY)
  let owner = new Int32Array(FIRST_CAPACITY)
  const measures = new Array<Float64Array<ArrayBuffer> | undefined>(MEASURES.length)

  function grow(): void {
    const capacity = at.length * 2
    at = enlarged(at, capacity)
    const owners = new Int32Array(capacity)
    owners.set(owner)
    owner = owners
    for (const [nth, values] of measures.entries()) measures[nth] = values && enlarged(values, capacity)
  }

  return {
    add(customer, instant) {
      if (length === at.length) grow()
      at[length] = instant
      owner[length] = customer
      length += 1
      return length - 1
    },
    put(measure, row, value) {
      const values = measures[measure] ?? new Float64Array(at.length).fill(Number.NaN)
      measures[measure] = values
      values[row] = value
    },
    finish(size) {
      const offsets = new Int32Array(size + 1)
      for (let row = 0; row < length; row += 1) offsets[owner[row]! + 1]! += 1
      for (let customer = 0; customer < size; customer += 1) offsets[customer + 1]! += offsets[customer]!
      const trimmed = MEASURES.flatMap((measure, nth) => {
        const values = measures[nth]
        return values === undefined ? [] : [[measure, values.subarray(0, length)] as const]
      })
      return eventBlock(offsets, at.subarray(0, length), new Map(trimmed))
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
