/** The median of the known values; NaN when there are none. */
export function medianOf(values: readonly number[]): number {
  const known = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort()
  if (known.length === 0) return Number.NaN
  const middle = known.length >> 1
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2
}
