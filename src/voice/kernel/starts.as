import { intAt, putInt, unitAt } from './tables'

/** What a unit is, above the finders that look wherever it stands, as src/voice/starts.ts writes the table. */
const WORD: u32 = 0x100
const HAN: u32 = 0x200
const LETTER: u32 = 0x400
const FINDERS: u32 = 0xff
/** Where their bits stand above a place; longer texts are looked through so far. */
const FINDERS_AT = 24
const MOST = 1 << FINDERS_AT
const MIX: u32 = 0x9e3779b1

/**
 * The places at which a phrase of some finder may start, ascending, into `out`: each with the finders' bits above it. Returns
 * how many. At most places none does, and which one cannot be guessed: so units are worked out the same way, without a turn.
 * Behind the text stand two units that are 0.
 */
export function starts(units: usize, size: i32, signs: usize, pairs: usize, out: usize): i32 {
  let count = 0
  let before: u32 = 0
  let unit = unitAt(units, 0)
  let next = unitAt(units, 1)
  let here = signOf(signs, unit)
  let there = signOf(signs, next)
  let mixed = unit * MIX
  let mixedNext = next * MIX
  const end = min(size, MOST)
  for (let index = 0; index < end; index++) {
    const third = unitAt(units, index + 2)
    const beyond = signOf(signs, third)
    const mixedThird = third * MIX
    if ((here & LETTER) === 0) {
      const pair = signOf(pairs, (mixed ^ rotl(mixedNext, 11)) >>> 17)
      const goesOn = (pair >>> (8 + (mixedThird >>> 29))) | u32((there & HAN) === 0)
      const finders = (here | (pair & (0 - (goesOn & 1)))) & FINDERS
      putInt(out, count, index | (finders << FINDERS_AT))
      count += u32(finders !== 0)
    } else if ((before & WORD) === 0) {
      // A sign may stand for the second letter of a word, or between the two; it may be drawn out.
      let finders = FINDERS
      if ((there & LETTER) !== 0 && next !== unit) {
        const pair = signOf(pairs, (mixed ^ rotl(mixedNext, 11)) >>> 17)
        const goesOn =
          ((pair >>> (8 + (mixedThird >>> 29))) & 1) !== 0 || (beyond & LETTER) === 0 || third === next
        finders = (goesOn ? here | pair : here) & FINDERS
      }
      putInt(out, count, index | (finders << FINDERS_AT))
      count += u32(finders !== 0)
    }
    before = here
    here = there
    there = beyond
    unit = next
    next = third
    mixed = mixedNext
    mixedNext = mixedThird
  }
  return count
}

function signOf(table: usize, at: u32): u32 {
  return load<u16>(table + ((<usize>at) << 1))
}

/** The place that stands there, if a phrase of this finder (its bit) may start at it; else -1. */
export function startAt(places: usize, nth: i32, finder: i32): i32 {
  const place = intAt(places, nth)
  return (place & finder) !== 0 ? place & (MOST - 1) : -1
}
