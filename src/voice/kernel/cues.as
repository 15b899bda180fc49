import { startAt } from './starts'
import { intAt, kindOf, lookUp, putInt, recordOf, stepAt, unitAt, WORD } from './tables'

const KINDS = 8
const KIND = 7
const KIND_BITS = 3

/**
 * Finds every phrase that starts at one of the `count` places (`starts.as`), whole words only in scripts that have them; one
 * inside a longer one of its kind is left out. The third number of a state is that of the list of what its phrase means, 0:
 * none ends there; list n stands in `meanings` from `lists[n]` to `lists[n + 1]`, each a value with its kind (0..7) in the
 * last three bits. What is found goes to `out` in the order it
 * ends, in three planes of `room` numbers: starts, ends and values, and there are three numbers more for each kind; there
 * must be room for eight finds a unit. Returns how many.
 */
export function scan(
  units: usize,
  length: i32,
  places: usize,
  count: i32,
  finder: i32,
  first: usize,
  second: usize,
  secondMask: i32,
  states: usize,
  lists: usize,
  meanings: usize,
  out: usize,
  room: i32,
): i32 {
  // The farthest end of each kind so far; the end and the value of the longest one that starts here.
  const farthest = out + ((<usize>(3 * room)) << 2)
  for (let kind = 0; kind < KINDS; kind++) putInt(farthest, kind, 0)
  let found = 0
  for (let nth = 0; nth < count; nth++) {
    const start = startAt(places, nth, finder)
    if (start < 0) continue
    let unit = unitAt(units, start)
    if (start > 0 && kindOf(unit) === WORD && kindOf(unitAt(units, start - 1)) === WORD) continue
    let next: u32 = start + 1 < length ? unitAt(units, start + 1) : 0
    let seen: u32 = 0
    let end = start + 1
    let node = intAt(first, unit)
    if (node === 0) {
      node = lookUp(second, secondMask, (unit << 16) | next)
      unit = next
      end++
    }
    while (node !== 0) {
      const record = recordOf(states, node)
      next = end < length ? unitAt(units, end) : 0
      const list = load<i32>(record, 8)
      if (list !== 0 && !(kindOf(unit) === WORD && kindOf(next) === WORD)) {
        for (let at = intAt(lists, list); at < intAt(lists, list + 1); at++) {
          const meaning = intAt(meanings, at)
          const kind = meaning & KIND
          seen |= 1 << kind
          putInt(farthest, KINDS + kind, end)
          putInt(farthest, 2 * KINDS + kind, meaning >> KIND_BITS)
        }
      }
      if (end >= length) break
      node = stepAt(states, record, next)
      unit = next
      end++
    }
    for (; seen !== 0; seen &= seen - 1) {
      const kind = ctz(seen)
      const to = intAt(farthest, KINDS + kind)
      // What starts no sooner and ends no later lies inside.
      if (to <= intAt(farthest, kind)) continue
      putInt(farthest, kind, to)
      put(out, room, found, start, to, intAt(farthest, 2 * KINDS + kind))
      found++
    }
  }
  return found
}

/** Puts a find where it belongs by its end; of those before none starts later. */
function put(out: usize, room: i32, count: i32, start: i32, end: i32, value: i32): void {
  let at = count
  for (; at > 0 && intAt(out, room + at - 1) > end; at--) {
    for (let plane = 0; plane < 3; plane++) putInt(out, plane * room + at, intAt(out, plane * room + at - 1))
  }
  putInt(out, at, start)
  putInt(out, room + at, end)
  putInt(out, 2 * room + at, value)
}
