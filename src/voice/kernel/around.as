import { ASKED, CLAUSE_END, endsAt, intAt, lookUp, MIX, putInt, SENTENCE_END, SIGNS, unitAt } from './tables'

/** How far is looked, in units (src/voice/surroundings.ts). */
const CLAUSE = 48
const SENTENCE = 120
const NEAR = 90

/** Keys of pieces, by kind apart (src/voice/gate.ts). */
const SINGLE: u32 = 1 << 18
const PAIR: u32 = 1 << 19
const FIRST_HAN: u32 = 0x3400
const HAN_SIGNS: u32 = 0x9fff - FIRST_HAN + 1

/** Pairs share 2^16 bits. */
const PAIR_SHIFT: u32 = 16

/** What a unit may be in `signsAt`. */
const ALONE: u32 = 1
const FIRST: u32 = 2
const IS_HAN: u32 = 4
/** Or, where the uppermost bit is set, the number of an English letter. */
const LETTER: u32 = 0x3f

const ALWAYS: i32 = 1 << 31

/**
 * What stands around a term at `[start, end)` of a folded text, into `out`: where its clause starts and ends, its sentence
 * starts and ends, and the one after that ends; and what `signs` says of it all. `pieces` has
 * the gates of each piece; src/voice/gate.ts writes the tables that say which units, letters and pairs are one.
 */
export function around(
  units: usize,
  length: i32,
  start: i32,
  end: i32,
  pieces: usize,
  mask: i32,
  out: usize,
): void {
  const clauseStart = boundaryBefore(units, length, start, CLAUSE, CLAUSE_END)
  const clauseEnd = boundaryAfter(units, length, end, CLAUSE, CLAUSE_END)
  const before = SENTENCE - (start - clauseStart)
  const sentenceStart = boundaryBefore(units, length, clauseStart, before, SENTENCE_END)
  const last = boundaryAfter(units, length, clauseEnd, SENTENCE - (clauseEnd - end), SENTENCE_END)
  const sentenceEnd = min(last + 1, length)
  const next = boundaryAfter(units, length, sentenceEnd, CLAUSE, SENTENCE_END)
  putInt(out, 0, clauseStart)
  putInt(out, 1, clauseEnd)
  putInt(out, 2, sentenceStart)
  putInt(out, 3, sentenceEnd)
  putInt(out, 4, next)
  const to = out + 20
  signs(units, sentenceStart, next, clauseStart, start, end, clauseEnd, pieces, mask, to)
  // What is asked about may begin or end at any of these; where the sentence does was seen.
  const cut =
    gatesAtCut(units, length, clauseStart, pieces, mask) |
    gatesAtCut(units, length, start, pieces, mask) |
    gatesAtCut(units, length, end, pieces, mask) |
    gatesAtCut(units, length, clauseEnd, pieces, mask) |
    gatesAtCut(units, length, sentenceEnd, pieces, mask) |
    gatesAtCut(units, length, start - NEAR, pieces, mask)
  if (cut === 0) return
  for (let side = 0; side < SIDES; side++) putInt(to, FIRST_SIDE + side, intAt(to, FIRST_SIDE + side) | cut)
}

function boundaryBefore(units: usize, length: i32, start: i32, limit: i32, ends: u32): i32 {
  const least = max(0, start - limit)
  let index = start
  while (index > least && (endsAt(units, length, index - 1) & ends) === 0) index--
  return index
}

function boundaryAfter(units: usize, length: i32, end: i32, limit: i32, ends: u32): i32 {
  const most = min(length, end + limit)
  let index = end
  while (index < most && (endsAt(units, length, index) & ends) === 0) index++
  return index
}

/** Where gates may be open, in this order, behind two other numbers. */
const FIRST_SIDE = 2
const SIDES = 5
let before = 0
let after = 0
let lead = 0
let rest = 0
let all = 0

/**
 * Looks for all pieces in `units[from .. to)`, a sentence with a term at `[start, end)` in a clause at `[clauseStart, clauseEnd)`.
 * Writes whether a Chinese character and an English letter is in it, and the gates open before the term and behind it in its
 * clause, before and behind it in its sentence, in all of it.
 */
export function signs(
  units: usize,
  from: i32,
  to: i32,
  clauseStart: i32,
  start: i32,
  end: i32,
  clauseEnd: i32,
  pieces: usize,
  mask: i32,
  out: usize,
): void {
  before = after = lead = rest = all = ALWAYS
  let han = 0
  let latin = 0
  let past: u32 = 0
  let unit: u32 = from < to ? unitAt(units, from) : 0
  let sign = signOf(unit)
  let here = letterIn(sign)
  for (let index = from; index < to; index++) {
    const next: u32 = index + 1 < to ? unitAt(units, index + 1) : 0
    const signNext = signOf(next)
    const behind = letterIn(signNext)
    if (here !== 0) latin = 1
    if ((past | here | behind) !== 0) {
      const gates = gatesOf((past << 12) | (here << 6) | behind, pieces, mask)
      if (gates !== 0) {
        // An edge may lie outside of what a rule is asked about; the letters do not.
        const first = past !== 0 ? index - 1 : here !== 0 ? index : index + 1
        const last = behind !== 0 ? index + 1 : here !== 0 ? index : index - 1
        open(gates, first, last, clauseStart, start, end, clauseEnd)
      }
    }
    if (here === 0) {
      if ((sign & IS_HAN) !== 0) han = 1
      if ((sign & ALONE) !== 0) {
        open(lookUp(pieces, mask, SINGLE + unit), index, index, clauseStart, start, end, clauseEnd)
      }
      if ((sign & FIRST) !== 0 && (signNext & IS_HAN) !== 0) {
        const pair = PAIR + (unit - FIRST_HAN) * HAN_SIGNS + next - FIRST_HAN
        if (isSet(SINGLE + ((pair * MIX) >>> PAIR_SHIFT))) {
          open(lookUp(pieces, mask, pair), index, index + 1, clauseStart, start, end, clauseEnd)
        }
      }
    }
    past = here
    here = behind
    sign = signNext
    unit = next
  }
  putInt(out, 0, han)
  putInt(out, 1, latin)
  putInt(out, 2, before)
  putInt(out, 3, after)
  putInt(out, 4, lead)
  putInt(out, 5, rest)
  putInt(out, 6, all)
}

/** Opens gates of a piece that stands from `first` to `last`, wherever it stands whole. */
function open(
  gates: i32,
  first: i32,
  last: i32,
  clauseStart: i32,
  start: i32,
  end: i32,
  clauseEnd: i32,
): void {
  all |= gates
  if (last < start) {
    lead |= gates
    if (first >= clauseStart) before |= gates
  } else if (first >= end) {
    rest |= gates
    if (last < clauseEnd) after |= gates
  }
}

/** The gates of pieces with an edge where a word is cut: an expression sees one there, though the word goes on. */
function gatesAtCut(units: usize, length: i32, place: i32, pieces: usize, mask: i32): i32 {
  if (place <= 0 || place >= length) return 0
  const last = letterIn(signOf(unitAt(units, place - 1)))
  const first = letterIn(signOf(unitAt(units, place)))
  if (last === 0 || first === 0) return 0
  const past: u32 = place > 1 ? letterIn(signOf(unitAt(units, place - 2))) : 0
  const behind: u32 = place + 1 < length ? letterIn(signOf(unitAt(units, place + 1))) : 0
  return (
    gatesOf((past << 12) | (last << 6), pieces, mask) |
    gatesOf((first << 6) | behind, pieces, mask) |
    // One letter may be all that is left.
    gatesOf(last << 6, pieces, mask) |
    gatesOf(first << 6, pieces, mask)
  )
}

/** The gates of three letters, if they are a piece. */
function gatesOf(key: u32, pieces: usize, mask: i32): i32 {
  return isSet(key) ? lookUp(pieces, mask, key) : 0
}

function isSet(at: u32): bool {
  return (load<u8>(at >>> 3, ASKED) & (1 << (at & 7))) !== 0
}

function signOf(unit: u32): u32 {
  return load<u8>(unit, SIGNS)
}

/** The number of an English letter; 0: it is none. */
function letterIn(sign: u32): u32 {
  return sign & LETTER & (0 - (sign >>> 7))
}
