import { startAt } from './starts'
import { endsAt, intAt, kindOf, lookUp, putInt, recordOf, stepAt, unitAt, WORD } from './tables'

/**
 * The phrases of a flat trie in a text, of which `all` places are known where some may start (`starts.as`), the longest first from the left, none within another. Of each state the third number
 * is that of the phrase that ends in it, -1: none; `steps` has those of states with several by state and unit. Writes into
 * `out` for each three numbers: its own, where it starts, and what ends between the one before and it (bits as `endsAt` has
 * them). Returns how many.
 */
export function phrases(
  units: usize,
  length: i32,
  places: usize,
  all: i32,
  finder: i32,
  kinds: usize,
  first: usize,
  states: usize,
  steps: usize,
  mask: i32,
  lengths: usize,
  out: usize,
): i32 {
  let count = 0
  let from = 0
  for (let nth = 0; nth < all; nth++) {
    const index = startAt(places, nth, finder)
    if (index < from) continue
    const number = longestAt(first, states, steps, mask, kinds, units, length, index)
    if (number < 0) continue
    let between: u32 = 0
    for (let at = from; at < index; at++) between |= endsAt(kinds, units, length, at)
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
  states: usize,
  steps: usize,
  mask: i32,
  kinds: usize,
  units: usize,
  length: i32,
  start: i32,
): i32 {
  let unit = unitAt(units, start)
  let node = intAt(first, unit)
  if (node === 0) return -1
  if (kindOf(kinds, unit) === WORD && start > 0 && kindOf(kinds, unitAt(units, start - 1)) === WORD) return -1
  let found = -1
  let index = start + 1
  while (true) {
    const record = recordOf(states, node)
    const end = load<i32>(record, 8)
    if (end >= 0) {
      const inside =
        index < length && kindOf(kinds, unit) === WORD && kindOf(kinds, unitAt(units, index)) === WORD
      if (!inside) found = end
    }
    if (index >= length) return found
    unit = unitAt(units, index)
    const next = stepAt(record, unit)
    node = next >= 0 ? next : lookUp(steps, mask, ((<u32>node) << 16) | unit)
    if (node === 0) return found
    index++
  }
}
