import { startAt } from './starts'
import { endsAt, intAt, kindOf, lookUp, putInt, recordOf, stepAt, unitAt, WORD } from './tables'

/**
 * The phrases of a flat trie in a text, of which `all` places are known where some may start (`starts.as`), the longest first from the left, none within another. Of each state the third number
 * is that of the phrase that ends in it, -1: none. Writes into
 * `out` for each three numbers: its own, where it starts, and what ends between the one before and it (bits as `endsAt` has
 * them). Returns how many.
 */
export function phrases(
  units: usize,
  length: i32,
  places: usize,
  all: i32,
  finder: i32,
  first: usize,
  second: usize,
  secondMask: i32,
  states: usize,
  lengths: usize,
  out: usize,
): i32 {
  let count = 0
  let from = 0
  for (let nth = 0; nth < all; nth++) {
    const index = startAt(places, nth, finder)
    if (index < from) continue
    const number = longestAt(first, second, secondMask, states, units, length, index)
    if (number < 0) continue
    let between: u32 = 0
    for (let at = from; at < index; at++) between |= endsAt(units, length, at)
    putInt(out, 3 * count, number)
    putInt(out, 3 * count + 1, index)
    putInt(out, 3 * count + 2, between)
    count++
    from = index + load<u16>(lengths + ((<usize>number) << 1))
  }
  return count
}

/** The number of the longest phrase that starts at `start`, or -1. A phrase of letters matches whole words only. */
function longestAt(
  first: usize,
  second: usize,
  secondMask: i32,
  states: usize,
  units: usize,
  length: i32,
  start: i32,
): i32 {
  let unit = unitAt(units, start)
  const byWord = kindOf(unit) === WORD
  if (byWord && start > 0 && kindOf(unitAt(units, start - 1)) === WORD) return -1
  let next = start + 1 < length ? unitAt(units, start + 1) : 0
  const alone = intAt(first, unit)
  let found = -1
  if (alone !== 0 && !(byWord && kindOf(next) === WORD)) found = load<i32>(recordOf(states, alone), 8)
  let node = lookUp(second, secondMask, (unit << 16) | next)
  for (let index = start + 2; node !== 0; index++) {
    unit = next
    next = index < length ? unitAt(units, index) : 0
    const record = recordOf(states, node)
    const end = load<i32>(record, 8)
    if (end >= 0 && !(kindOf(unit) === WORD && kindOf(next) === WORD)) found = end
    if (index >= length) break
    node = stepAt(states, record, next)
  }
  return found
}
