/** Bins of the histogram; only those that hold an edge between two fifths are looked at one by one. */
const BINS = 4_096

/**
 * Fifths of the known numbers, 1 (lowest) to 5, each as large as the others to within one; 0 where a number is NaN.
 * Equal numbers are told apart by their place, so that the same customers get the same fifths on every machine: the
 * one further back counts as larger.
 */
export function fifths(values: ArrayLike<number>): Uint8Array {
  const result = new Uint8Array(values.length)
  const binned = bins(values)
  const edges = [1, 2, 3, 4].map((fifth) => Math.ceil((binned.known * fifth) / 5))
  let before = 0
  for (let bin = 0; bin < binned.counts.length; bin += 1) {
    const after = before + binned.counts[bin]!
    binned.fifth[bin] = edges.some((edge) => edge > before && edge < after) ? 0 : fifthOf(before, edges)
    binned.start[bin] = before
    before = after
  }
  const crossing = new Map<number, number[]>()
  for (let place = 0; place < values.length; place += 1) {
    const bin = binned.binOf(values[place]!)
    if (bin < 0) continue
    const fifth = binned.fifth[bin]!
    if (fifth > 0) result[place] = fifth
    else push(crossing, bin, place)
  }
  for (const [bin, places] of crossing) {
    places.sort((a, b) => compare(values[a]!, values[b]!) || a - b)
    places.forEach((place, index) => {
      result[place] = fifthOf(binned.start[bin]! + index, edges)
    })
  }
  return result
}

/** The fifth of a rank counted from 0. */
function fifthOf(rank: number, edges: readonly number[]): number {
  let fifth = 1
  while (fifth < 5 && rank >= edges[fifth - 1]!) fifth += 1
  return fifth
}

function bins(values: ArrayLike<number>) {
  let [low, high, known] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place]!
    if (Number.isNaN(value)) continue
    known += 1
    if (Number.isFinite(value)) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  // Halved first: the span of two finite numbers may not be finite.
  const half = high / 2 - low / 2
  const binOf = (value: number): number => {
    if (Number.isNaN(value)) return -1
    if (value === Number.POSITIVE_INFINITY) return BINS + 1
    if (value === Number.NEGATIVE_INFINITY) return 0
    return half > 0 ? 1 + Math.min(BINS - 1, Math.floor(((value / 2 - low / 2) / half) * BINS)) : 1
  }
  const counts = new Float64Array(BINS + 2)
  for (let place = 0; place < values.length; place += 1) {
    const bin = binOf(values[place]!)
    if (bin >= 0) counts[bin]! += 1
  }
  return { known, counts, binOf, fifth: new Uint8Array(BINS + 2), start: new Float64Array(BINS + 2) }
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function push(map: Map<number, number[]>, key: number, item: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [item])
  else list.push(item)
}
