import { atPlace } from './order-statistic.ts'

/** The median of the known values; NaN when there are none. */
export function medianOf(values: ArrayLike<number>): number {
  const all = new Float64Array(values.length)
  let count = 0
  for (let place = 0; place < all.length; place += 1) {
    const value = values[place]!
    if (!Number.isNaN(value)) all[count++] = value
  }
  if (count === 0) return Number.NaN
  const known = all.subarray(0, count)
  const middle = known.length >> 1
  const upper = atPlace(known, middle)
  if (known.length % 2 === 1) return upper
  // What is smaller lies before it now.
  let lower = known[0]!
  for (let place = 1; place < middle; place += 1) if (known[place]! > lower) lower = known[place]!
  return (lower + upper) / 2
}
