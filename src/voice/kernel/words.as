import { startAt } from './starts'
import { FILLER, intAt, isLetter, kindOf, MEANT, putInt, recordOf, SPACE, stepAt, unitAt, WORD } from './tables'

/** Tables of one automaton, set by `look`. */
let states: usize = 0
let units: usize = 0
let size = 0

/**
 * All phrases of an automaton in a folded text, dodges seen through, that start at one of the `count` places (`starts.as`), from
 * number `nth` on.
 * Each is written into `out` as its state, its length, and the places of its units; those that start at one place together,
 * the shortest first. Stops before a place for which there may be no room within `room` numbers. Returns how many numbers
 * were written; the number of the place where it stopped goes to `stopped`. `root` holds the steps out of the root, `states` has 1 as the third number of
 * those in which a phrase ends.
 */
export function look(
  text: usize,
  length: i32,
  places: usize,
  nth: i32,
  count: i32,
  finder: i32,
  root: usize,
  statesAt: usize,
  walked: usize,
  out: usize,
  room: i32,
  stopped: usize,
): i32 {
  units = text
  size = length
  states = statesAt
  let written = 0
  let at = nth
  for (; at < count; at++) {
    const start = startAt(places, at, finder)
    if (start < 0) continue
    const more = walk(start, root, walked, out, written, room)
    if (more < 0) break
    written = more
  }
  putInt(stopped, 0, at)
  return written
}

/** Follows phrases from a place; returns how many numbers are written then, -1 where there is no room. */
function walk(
  start: i32,
  root: usize,
  walked: usize,
  out: usize,
  before: i32,
  room: i32,
): i32 {
  const first = unitAt(units, start)
  let state = intAt(root, first)
  if (state === 0) return before
  if (kindOf(first) === WORD && start > 0 && kindOf(unitAt(units, start - 1)) === WORD) {
    return before
  }
  const next = start + 1 < size ? unitAt(units, start + 1) : 0
  if (isMeant(first) && !isLetter(next) && !stands(state) && stepFrom(state, next) === 0) {
    return before
  }
  let written = before
  let depth = 1
  putInt(walked, 0, start)
  let index = start
  while (true) {
    if (stands(state) && !isInsideWord(index)) {
      if (written + depth + 2 > room) return -1
      putInt(out, written, state)
      putInt(out, written + 1, depth)
      memory.copy(out + ((<usize>(written + 2)) << 2), walked, (<usize>depth) << 2)
      written += depth + 2
    }
    index++
    if (index >= size) return written
    const unit = unitAt(units, index)
    let to = stepFrom(state, unit)
    if (to === 0) {
      to = bentStep(state, index)
      if (to < 0) return written
    }
    // A unit that was passed over belongs to the letter before it.
    if (to !== state) depth++
    putInt(walked, depth - 1, index)
    state = to
  }
}

/** Whether a phrase ends in a state. */
function stands(state: i32): bool {
  return load<i32>(recordOf(states, state), 8) !== 0
}

function isInsideWord(index: i32): bool {
  return (
    index + 1 < size &&
    kindOf(unitAt(units, index)) === WORD &&
    kindOf(unitAt(units, index + 1)) === WORD
  )
}

function isMeant(unit: u32): bool {
  return unit < 128 && load<u8>(unit << 1, MEANT) !== 0
}

function stepFrom(state: i32, unit: u32): i32 {
  return stepAt(states, recordOf(states, state), unit)
}

/**
 * The step where the phrase is written to dodge a filter: a sign for a letter, a mark inside a word, a letter drawn
 * out. The same state where the unit is passed over, -1 where nothing helps.
 */
function bentStep(state: i32, index: i32): i32 {
  const unit = unitAt(units, index)
  const before = unitAt(units, index - 1)
  if (!isLetter(before) && !isMeant(before)) return -1
  if (isMeant(unit)) {
    for (let one: u32 = 0; one < 2; one++) {
      const letter: u32 = load<u8>((unit << 1) + one, MEANT)
      const next = letter === 0 ? 0 : stepFrom(state, letter)
      if (next !== 0) return next
    }
  }
  if (unit === before && isLetter(unit)) return state
  if (kindOf(unit) !== FILLER || unit === SPACE) return -1
  const next = stepFrom(state, SPACE)
  if (next !== 0) return next
  return index + 1 < size && isLetter(unitAt(units, index + 1)) ? state : -1
}
