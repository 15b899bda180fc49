import { roomFor } from './memory.ts'
import { inOneGo, PIECE, type Pieces, sortedInPieces } from './pieces.ts'

/** Bins of the histogram; only those that hold an edge between two fifths are looked at one by one. */
const BINS = 4_096

/** Besides the bins of finite numbers: one below for minus infinity, one above for infinity, one for the unknown. */
const ABOVE = BINS + 1
const UNKNOWN = BINS + 2

/**
 * Fifths of the known numbers, 1 (lowest) to 5, each as large as the others to within one; 0 where a number is NaN.
 * Equal numbers are told apart by their place, so that the same customers get the same fifths on every machine: the
 * one further back counts as larger.
 */
export function fifths(values: ArrayLike<number>): Uint8Array {
  return inOneGo(fifthsInPieces(values))
}

/** The same, piece by piece. */
export function* fifthsInPieces(values: ArrayLike<number>): Pieces<Uint8Array> {
  const bins = yield* binsOf(values)
  const counts = new Int32Array(UNKNOWN + 1)
  for (let place = 0; place < bins.length; place += 1) counts[bins[place]!]! += 1
  yield
  const known = bins.length - counts[UNKNOWN]!
  const edges = [1, 2, 3, 4].map((fifth) => Math.ceil((known * fifth) / 5))
  const fifthOfBin = new Uint8Array(UNKNOWN + 1)
  // What lies in a bin across an edge, and the rank of its lowest.
  const crossing = new Map<number, { readonly start: number; readonly places: number[] }>()
  for (let bin = 0, before = 0; bin < UNKNOWN; bin += 1) {
    const after = before + counts[bin]!
    if (edges.some((edge) => edge > before && edge < after)) crossing.set(bin, { start: before, places: [] })
    else fifthOfBin[bin] = fifthOf(before, edges)
    before = after
  }
  const result = roomFor(Uint8Array, bins.length)
  for (let place = 0; place < bins.length; place += 1) {
    if (place % PIECE === PIECE - 1) yield
    const bin = bins[place]!
    const fifth = fifthOfBin[bin]!
    if (fifth > 0) result[place] = fifth
    else if (bin !== UNKNOWN) crossing.get(bin)!.places.push(place)
  }
  for (const { start, places } of crossing.values()) {
    yield
    // Counts crowd on a few numbers: a bin of equals lies in order already.
    const first = values[places[0]!]
    let isMixed = false
    for (const place of places) if (values[place] !== first) isMixed = true
    yield
    const inOrder = isMixed
      ? yield* sortedInPieces(places, (a, b) => compare(values[a]!, values[b]!) || a - b)
      : places
    for (let index = 0; index < inOrder.length; index += 1) {
      if (index % PIECE === PIECE - 1) yield
      result[inOrder[index]!] = fifthOf(start + index, edges)
    }
  }
  return result
}

/** The fifth of a rank counted from 0. */
function fifthOf(rank: number, edges: readonly number[]): number {
  let fifth = 1
  while (fifth < 5 && rank >= edges[fifth - 1]!) fifth += 1
  return fifth
}

/** The bin of each number: a larger one never lies in a lower bin. */
function* binsOf(values: ArrayLike<number>): Pieces<Uint16Array> {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place]!
    // Unknown is neither below nor above; infinities have bins of their own.
    if (value < low && value !== Number.NEGATIVE_INFINITY) low = value
    if (value > high && value !== Number.POSITIVE_INFINITY) high = value
  }
  yield
  // Halved first: the span of two finite numbers may not be finite.
  const scale = BINS / (high / 2 - low / 2)
  const isSpread = scale > 0 && scale < Number.POSITIVE_INFINITY
  const bins = new Uint16Array(values.length)
  for (let place = 0; place < values.length; place += 1) {
    if (place % PIECE === PIECE - 1) yield
    const value = values[place]!
    if (value >= low && value <= high) {
      bins[place] = isSpread ? 1 + Math.min(BINS - 1, Math.floor((value / 2 - low / 2) * scale)) : 1
    } else if (value === Number.POSITIVE_INFINITY) bins[place] = ABOVE
    else if (value !== Number.NEGATIVE_INFINITY) bins[place] = UNKNOWN
  }
  return bins
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
