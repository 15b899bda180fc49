import { CLAUSE_END, endsAt, FILLER, intAt, kindOf, putInt, SENTENCE_END, unitAt } from './tables'

/** Features share weights, so that these lie where they are read fast: `SHARED` in src/voice/sense.ts. */
const FEW = 0xffff
/** Numbers of a row that `read` wrote. */
const ROW = 6
/** So many weights are summed in 16 bits each. */
const AT_ONCE = 256

/**
 * Finds the sentences of a folded text whose features speak of something: for one of four rules its bias and the sum of its
 * weights, `scale` each, by the root of their number, is 0 or more. `features` and `rows` are as `read` wrote them;
 * `weights` has a byte a rule for each of the buckets they share and 4 more, `rules` a bias and a scale each.
 * Writes into `out` where each begins and ends, its marks and blanks included, a bit for each rule, and one for those whose sum is
 * `sure` or more; returns how many there are.
 */
export function senses(
  units: usize,
  length: i32,
  features: usize,
  rows: usize,
  weights: usize,
  rules: usize,
  sure: f64,
  out: usize,
): i32 {
  let count = 0
  let start = 0
  while (start < length) {
    let end = start
    while (end < length && !isEnd(units, length, end, SENTENCE_END)) end++
    while (end < length && (isEnd(units, length, end, SENTENCE_END) || kindOf(unitAt(units, end)) === FILLER)) end++
    const from = intAt(rows, ROW * start)
    const to = intAt(rows, ROW * end)
    const says = said(features, from, to, weights, rules, 0)
    if (says !== 0) {
      putInt(out, 4 * count, start)
      putInt(out, 4 * count + 1, end)
      putInt(out, 4 * count + 2, says)
      putInt(out, 4 * count + 3, said(features, from, to, weights, rules, sure))
      count++
    }
    start = end
  }
  return count
}

/** Of what the sentence around a place speaks, or the clause around it, where `least` is enough: a bit for each rule. */
export function sensed(
  units: usize,
  length: i32,
  place: i32,
  features: usize,
  rows: usize,
  weights: usize,
  rules: usize,
  least: f64,
): i32 {
  let says = 0
  for (let end: u32 = CLAUSE_END; end <= SENTENCE_END; end += SENTENCE_END - CLAUSE_END) {
    let from = place
    let to = place
    while (from > 0 && !isEnd(units, length, from - 1, end)) from--
    while (to < length && !isEnd(units, length, to, end)) to++
    says |= said(features, intAt(rows, ROW * from), intAt(rows, ROW * to), weights, rules, least)
  }
  return says
}

function said(features: usize, from: i32, to: i32, weights: usize, rules: usize, least: f64): i32 {
  if (to <= from) return 0
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let at = from; at < to; ) {
    const stop = min(at + AT_ONCE, to)
    let sums = i16x8.splat(0)
    for (; at < stop; at++) {
      const place = weights + ((<usize>(intAt(features, at) & FEW)) << 2)
      sums = i16x8.add(sums, v128.load_ext<i8>(place))
    }
    first += i16x8.extract_lane_s(sums, 0)
    second += i16x8.extract_lane_s(sums, 1)
    third += i16x8.extract_lane_s(sums, 2)
    fourth += i16x8.extract_lane_s(sums, 3)
  }
  const size = sqrt<f64>(<f64>(to - from))
  return (
    isSaid(rules, 0, first, size, least) |
    (isSaid(rules, 1, second, size, least) << 1) |
    (isSaid(rules, 2, third, size, least) << 2) |
    (isSaid(rules, 3, fourth, size, least) << 3)
  )
}

function isSaid(rules: usize, rule: i32, sum: i32, size: f64, least: f64): i32 {
  const at = rules + (<usize>rule << 4)
  return load<f64>(at) + (<f64>sum * load<f64>(at, 8)) / size >= least ? 1 : 0
}

function isEnd(units: usize, length: i32, index: i32, end: u32): bool {
  return (endsAt(units, length, index) & end) !== 0
}
