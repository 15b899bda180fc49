import { intAt, MIX, putInt, unitAt } from './tables'

/** What a unit is, above the finders that look wherever it stands, as src/voice/starts.ts writes the table. */
const WORD: u32 = 0x100
const LETTER: u32 = 0x400
/** May stand for a letter, or between two. */
const LOOSE: u32 = 0x800
const FINDERS: u32 = 0xff
/** Where their bits stand above a place; longer texts are looked through so far. */
const FINDERS_AT = 24
const MOST = 1 << FINDERS_AT
/** How far the second, third and fourth unit are turned before they are joined. */
const SECOND = 11
const THIRD = 19
const FOURTH = 27
const PAIR_BITS = 15
const QUAD_BITS = 16

/**
 * The places at which a phrase of some finder may start, ascending, into `out`: each with the finders' bits above it. Returns
 * how many. At most places none does, and which one cannot be guessed: so units are worked out the same way, without a turn,
 * and only what may be one is looked at closely. `bending` are the finders that see through dodges: where one may be, a phrase
 * is not to be told by its first units. Behind the text stand three units that are 0.
 */
export function starts(
  units: usize,
  size: i32,
  signs: usize,
  pairs: usize,
  quads: usize,
  bending: u32,
  out: usize,
): i32 {
  let count = 0
  let before: u32 = 0
  let unit = unitAt(units, 0)
  let next = unitAt(units, 1)
  let third = unitAt(units, 2)
  let here = signOf(signs, unit)
  let there = signOf(signs, next)
  let beyond = signOf(signs, third)
  let mixed = unit * MIX
  let mixedNext = rotl(next * MIX, SECOND)
  const end = min(size, MOST)
  for (let index = 0; index < end; index++) {
    const fourth = unitAt(units, index + 3)
    const last = signOf(signs, fourth)
    const mixedThird = third * MIX
    const byWord = (here & LETTER) !== 0
    if (!byWord || (before & WORD) === 0) {
      const two = mixed ^ mixedNext
      const pair = signOf(pairs, two >>> (32 - PAIR_BITS))
      const goesOn = (pair >>> (8 + (mixedThird >>> 29))) & 1
      // Behind a letter a sign may stand for one or between two, and letters may be drawn out.
      const bentSecond = byWord && ((there & LOOSE) !== 0 || next === unit)
      const bentThird = (there & LETTER) !== 0 && ((beyond & LOOSE) !== 0 || third === next)
      let finders = here | (pair & (0 - goesOn))
      if (bentSecond || bentThird) finders |= (bentSecond ? FINDERS : pair) & bending
      finders &= FINDERS
      if (finders !== 0) {
        const three = two ^ rotl(mixedThird, THIRD)
        const four = three ^ rotl(fourth * MIX, FOURTH)
        const bentFourth = (beyond & LETTER) !== 0 && ((last & LOOSE) !== 0 || fourth === third)
        const loose = bentSecond || bentThird || bentFourth ? bending : 0
        finders &= here | loose | begunBy(quads, two) | begunBy(quads, three) | begunBy(quads, four)
        putInt(out, count, index | (finders << FINDERS_AT))
        count += u32(finders !== 0)
      }
    }
    before = here
    here = there
    there = beyond
    beyond = last
    unit = next
    next = third
    third = fourth
    mixed = rotr(mixedNext, SECOND)
    mixedNext = rotl(mixedThird, SECOND)
  }
  return count
}

/** The finders of phrases that begin so with four units, or are no longer than two or three. */
function begunBy(quads: usize, mixed: u32): u32 {
  return load<u8>(quads + ((mixed * MIX) >>> (32 - QUAD_BITS)))
}

function signOf(table: usize, at: u32): u32 {
  return load<u16>(table + ((<usize>at) << 1))
}

/** The place that stands there, if a phrase of this finder (its bit) may start at it; else -1. */
export function startAt(places: usize, nth: i32, finder: i32): i32 {
  const place = intAt(places, nth)
  return (place & finder) !== 0 ? place & (MOST - 1) : -1
}
