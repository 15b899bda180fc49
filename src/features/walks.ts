import { DAY } from '../clock.ts'

/** Walks over one customer's events `low..high` of one kind, oldest first: what generated kernels call by name. */

/** Counts rolling days `(asOf - (k + 1) days, asOf - k days]` that hold an event. */
export function distinctDays(at: Float64Array, low: number, high: number, asOf: number): number {
  let count = 0
  let previous = Number.NaN
  for (let position = low; position < high; position += 1) {
    const day = Math.ceil((asOf - at[position]!) / DAY)
    if (day !== previous) count += 1
    previous = day
  }
  return count
}

/** Mean of the newest `take` known values after the newest `skip`; NaN when there are none. */
export function meanOfNewest(
  values: Float64Array,
  low: number,
  high: number,
  skip: number,
  take: number,
): number {
  let known = 0
  let sum = 0
  for (let position = high - 1; position >= low && known < skip + take; position -= 1) {
    const value = values[position]!
    if (Number.isNaN(value)) continue
    known += 1
    if (known > skip) sum += value
  }
  return known > skip ? sum / (known - skip) : Number.NaN
}

/** Sample standard deviation of the days between neighbours; NaN under three events. */
export function intervalSpread(at: Float64Array, low: number, high: number): number {
  const gaps = high - low - 1
  if (gaps < 2) return Number.NaN
  const mean = (at[high - 1]! - at[low]!) / gaps
  let squares = 0
  for (let position = low + 1; position < high; position += 1) {
    const drift = at[position]! - at[position - 1]! - mean
    squares += drift * drift
  }
  return Math.sqrt(squares / (gaps - 1)) / DAY
}

/**
 * Sample standard deviation of the known values; NaN under two. Their differences are those from the first of them: from a value
 * outside of the window, far away, they would lose the digits that are asked for.
 */
export function spreadOf(values: Float64Array, low: number, high: number): number {
  let known = 0
  let first = 0
  let drift = 0
  let squares = 0
  for (let position = low; position < high; position += 1) {
    const value = values[position]!
    if (Number.isNaN(value)) continue
    if (known === 0) first = value
    known += 1
    drift += value - first
    squares += (value - first) * (value - first)
  }
  return known < 2 ? Number.NaN : Math.sqrt(Math.max(0, (squares - (drift * drift) / known) / (known - 1)))
}
