import { intAt, lookUp, putInt, unitAt } from './tables'

/** What a unit is to the features and to the count of scripts, as src/voice/features.ts writes the table. */
const LETTER: u32 = 1
const FIGURE: u32 = 2
const HAN: u32 = 4
const LATIN: u32 = 8
const FOREIGN: u32 = 16
const GLAD: u32 = 32
const BITTER: u32 = 64

const BUCKET_BITS = 18
const DIGIT: u32 = 0x30
/** Stands for an English word between other signs. */
const WORD: u32 = 3
/** English words share their beginning with their kin: disappoint(ed, ing, ment). */
const STEM = 5
/** A negation reaches so many English words, or to the next mark. */
const NEGATED_WORDS = 4
const WORD_SALT: u32 = 0x55aa11
const STEM_SALT: u32 = 0x77aa33
const NEGATED_SALT: u32 = 0x11223344
const PAIR: u32 = 65_599
/** Bytes of a row. */
const ROW: usize = 24

/**
 * Finds the features of a text (src/voice/features.ts says which) and counts its scripts. Writes the bucket of each feature
 * into `out`, and into `rows`, for each unit and for the end, six numbers of what stands before it: features, and units
 * Chinese, Latin, foreign, glad and bitter. Returns how many features there are.
 */
export function read(
  units: usize,
  length: i32,
  signs: usize,
  negations: usize,
  mask: i32,
  out: usize,
  rows: usize,
): i32 {
  let features = 0
  let han = 0
  let latin = 0
  let foreign = 0
  let glad = 0
  let bitter = 0
  let word: u32 = 0
  let letters = 0
  let wordBefore: u32 = 0
  let negated = 0
  let before: u32 = 0
  let pair: u32 = 0
  let figure = false
  let row = rows
  for (let index = 0; index <= length; index++) {
    store<i32>(row, features, 0)
    store<i32>(row, han, 4)
    store<i32>(row, latin, 8)
    store<i32>(row, foreign, 12)
    store<i32>(row, glad, 16)
    store<i32>(row, bitter, 20)
    row += ROW
    const unit: u32 = index < length ? unitAt(units, index) : 0x20
    const sign: u32 = load<u8>(signs + unit)
    if ((sign & (HAN | LATIN)) !== 0) {
      if ((sign & HAN) !== 0) han++
      else latin++
    } else if ((sign & (FOREIGN | GLAD | BITTER)) !== 0) {
      if ((sign & FOREIGN) !== 0) foreign++
      else if ((sign & GLAD) !== 0) glad++
      else bitter++
    }
    if ((sign & (LETTER | FIGURE)) !== 0) {
      const next = (sign & FIGURE) !== 0
      // A run of digits is one sign: which number it is says nothing of a mood.
      if (figure && next) continue
      figure = next
      word = word * 31 + (next ? DIGIT : unit)
      letters++
      if (letters === STEM) putInt(out, features++, bucketOf(word ^ STEM_SALT))
      continue
    }
    figure = false
    if (letters > 0) {
      putInt(out, features++, bucketOf(word ^ WORD_SALT))
      if (negated > 0) {
        putInt(out, features++, bucketOf(word ^ NEGATED_SALT))
        negated--
      }
      if (wordBefore !== 0) putInt(out, features++, bucketOf((wordBefore * 0x9e3779b1) ^ word))
      if (lookUp(negations, mask, word) !== 0) negated = NEGATED_WORDS
      wordBefore = word
      pair = before === 0 ? 0 : before * PAIR + WORD
      before = WORD
      word = 0
      letters = 0
    }
    if (unit <= 0x20) continue
    negated = 0
    if (unit >= 0x3400) wordBefore = 0
    putInt(out, features++, bucketOf(unit))
    if (before !== 0) {
      const next = before * PAIR + unit
      putInt(out, features++, bucketOf(next))
      if (pair !== 0) putInt(out, features++, bucketOf(pair * PAIR + unit))
      pair = next
    }
    before = unit
  }
  // A word that ends the text belongs to what stands before its end.
  store<i32>(row - ROW, features)
  return features
}

function bucketOf(hash: u32): u32 {
  let mixed = hash ^ (hash >>> 15)
  mixed *= 0x2c1b3c6d
  mixed ^= mixed >>> 12
  mixed *= 0x297a2d39
  return (mixed ^ (mixed >>> 15)) & ((1 << BUCKET_BITS) - 1)
}

/**
 * Weighs features by two rules. `codes` has two bytes for each bucket, one for each rule; in the rule's book two whole numbers stand
 * for each of them, the weight and the square of how telling it is (src/voice/codebook.ts).
 * Writes their sums over those before it into `sums`, for each feature and for the end; and into `repeated` the sums over all
 * that stood in the text before. Marks of text `number` stand in none of the `room` slots, a power of
 * two, of `seen`.
 */
export function weigh(
  from: usize,
  count: i32,
  codes: usize,
  mood: usize,
  neutral: usize,
  seen: usize,
  room: i32,
  number: i32,
  sums: usize,
  repeated: usize,
): void {
  const mask = room - 1
  const text = number << BUCKET_BITS
  let all = i32x4.splat(0)
  let again = i32x4.splat(0)
  let sum = sums
  for (let at = 0; at < count; at++) {
    v128.store(sum, all)
    sum += 16
    const bucket = intAt(from, at)
    const both: usize = load<u16>(codes + ((<usize>bucket) << 1))
    const weight = v128.load64_lane(neutral + ((both >>> 8) << 3), v128.load64_zero(mood + ((both & 0xff) << 3)), 1)
    all = i32x4.add(all, weight)
    const mark = text | bucket
    let slot = bucket & mask
    let held = intAt(seen, slot)
    // Marks of this text are the greatest.
    while (held >= text && held !== mark) {
      slot = (slot + 1) & mask
      held = intAt(seen, slot)
    }
    if (held !== mark) putInt(seen, slot, mark)
    else again = i32x4.add(again, weight)
  }
  v128.store(sum, all)
  v128.store(repeated, again)
}
