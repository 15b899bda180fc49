import { atPlace } from './order-statistic.ts'

/** The median of the known values; NaN when there are none. */
export function medianOf(values: ArrayLike<number>): number {
  const known = Float64Array.from(values).filter((value) => !Number.isNaN(value))
  if (known.length === 0) return Number.NaN
  const middle = known.length >> 1
  const upper = atPlace(known, middle)
  if (known.length % 2 === 1) return upper
  // What is smaller lies before it now.
  let lower = known[0]!
  for (let place = 1; place < middle; place += 1) if (known[place]! > lower) lower = known[place]!
  return (lower + upper) / 2
}
