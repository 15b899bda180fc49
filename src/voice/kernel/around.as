import { ASKED, CLAUSE_END, endsAt, lookUp, MIX, putInt, SENTENCE_END, SIGNS, unitAt } from './tables'

/** How far is looked, in units (src/voice/surroundings.ts). */
const CLAUSE = 48
const SENTENCE = 120
const NEAR = 90
const NEARER = 60

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
const OPEN: i32 = -1

/**
 * What stands around a term at `[start, end)` of a folded text, into `out`: where its clause starts and ends, its sentence
 * starts and ends, and the one after that ends; whether a Chinese character, an English letter is in it all; and which gates
 * are open before the term, behind it, anywhere. `letters` numbers English letters, `pieces` has the gates of each piece,
 * `asked` a bit for each three letters that are one, and behind those bits that pairs share, and `signsAt` says of each other unit whether it is one or begins one.
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
  signs(units, sentenceStart, next, start, end, pieces, mask, out + 20)
  // Cut inside a word, every expression sees an edge where there is none: then all of them are asked.
  const isCut =
    isWithinWord(units, length, sentenceStart) ||
    isWithinWord(units, length, clauseStart) ||
    isWithinWord(units, length, start) ||
    isWithinWord(units, length, end) ||
    isWithinWord(units, length, clauseEnd) ||
    isWithinWord(units, length, sentenceEnd) ||
    isWithinWord(units, length, next) ||
    isWithinWord(units, length, start - NEAR) ||
    isWithinWord(units, length, start - NEARER)
  if (!isCut) return
  putInt(out, 7, OPEN)
  putInt(out, 8, OPEN)
  putInt(out, 9, OPEN)
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

/**
 * Looks for all pieces in `units[from .. to)`, a sentence with a term at `[start, end)`. Writes whether a Chinese character
 * and an English letter is in it, and the gates open before the term, behind it, in all of it.
 */
export function signs(
  units: usize,
  from: i32,
  to: i32,
  start: i32,
  end: i32,
  pieces: usize,
  mask: i32,
  out: usize,
): void {
  let lead = ALWAYS
  let rest = ALWAYS
  let all = ALWAYS
  let han = 0
  let latin = 0
  let before: u32 = 0
  let unit: u32 = from < to ? unitAt(units, from) : 0
  let sign = signOf(unit)
  let here = letterIn(sign)
  for (let index = from; index < to; index++) {
    const next: u32 = index + 1 < to ? unitAt(units, index + 1) : 0
    const signNext = signOf(next)
    const behind = letterIn(signNext)
    if (here !== 0) latin = 1
    if ((before | here | behind) !== 0) {
      const key = (before << 12) | (here << 6) | behind
      if (isSet(key)) {
        const gate = lookUp(pieces, mask, key)
        all |= gate
        // An edge may lie outside of what a rule is asked about; the letters do not.
        if ((behind !== 0 ? index + 1 : here !== 0 ? index : index - 1) < start) lead |= gate
        if ((before !== 0 ? index - 1 : here !== 0 ? index : index + 1) >= end) rest |= gate
      }
    }
    if (here === 0) {
      if ((sign & IS_HAN) !== 0) han = 1
      if ((sign & ALONE) !== 0) {
        const gate = lookUp(pieces, mask, SINGLE + unit)
        if (index < start) lead |= gate
        else if (index >= end) rest |= gate
        all |= gate
      }
      if ((sign & FIRST) !== 0 && (signNext & IS_HAN) !== 0) {
        const pair = PAIR + (unit - FIRST_HAN) * HAN_SIGNS + next - FIRST_HAN
        if (isSet(SINGLE + ((pair * MIX) >>> PAIR_SHIFT))) {
          const gate = lookUp(pieces, mask, pair)
          if (index + 1 < start) lead |= gate
          else if (index >= end) rest |= gate
          all |= gate
        }
      }
    }
    before = here
    here = behind
    sign = signNext
    unit = next
  }
  putInt(out, 0, han)
  putInt(out, 1, latin)
  putInt(out, 2, lead)
  putInt(out, 3, rest)
  putInt(out, 4, all)
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

/** True where a word of letters goes on across the place: an expression that is asked up to there sees an edge in it. */
function isWithinWord(units: usize, length: i32, place: i32): bool {
  if (place <= 0 || place >= length) return false
  return letterIn(signOf(unitAt(units, place - 1))) !== 0 && letterIn(signOf(unitAt(units, place))) !== 0
}
