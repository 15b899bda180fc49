import { endsAt, FILLER, intAt, kindOf, putInt, SENTENCE_END, unitAt } from './tables'

/** Features share weights, so that these lie where they are read fast: `SHARED` in src/voice/sense.ts. */
const FEW = 0xffff
/** Numbers of a row that `read` wrote. */
const ROW = 6

/**
 * Finds the sentences of a folded text whose features speak of leaving: `bias` and the sum of their weights, `scale` each, by
 * the root of their number, is 0 or more. `features` and `rows` are as `read` wrote them; `weights` has a byte for each of the buckets they share.
 * Writes where each begins and ends into `out`, its marks and blanks included; returns how many there are.
 */
export function leaving(
  units: usize,
  length: i32,
  features: usize,
  rows: usize,
  weights: usize,
  bias: f64,
  scale: f64,
  out: usize,
): i32 {
  let count = 0
  let start = 0
  while (start < length) {
    let end = start
    while (end < length && !isEnd(units, length, end)) end++
    while (end < length && (isEnd(units, length, end) || kindOf(unitAt(units, end)) === FILLER)) end++
    const from = intAt(rows, ROW * start)
    const to = intAt(rows, ROW * end)
    let sum = 0
    for (let at = from; at < to; at++) sum += load<i8>(weights + <usize>(intAt(features, at) & FEW))
    if (to > from && bias + (<f64>sum * scale) / sqrt<f64>(<f64>(to - from)) >= 0) {
      putInt(out, 2 * count, start)
      putInt(out, 2 * count + 1, end)
      count++
    }
    start = end
  }
  return count
}

function isEnd(units: usize, length: i32, index: i32): bool {
  return (endsAt(units, length, index) & SENTENCE_END) !== 0
}
