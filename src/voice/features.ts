/** Hashed features of a folded text: which of `BUCKETS` occur in it, each once. */

export const BUCKETS = 2 ** 19
/** More than a text of the longest readable length can have. */
export const MOST_FEATURES = 20_000
/** English words share their beginning with their kin: disappoint(ed, ing, ment). */
const STEM = 5
/** A negation reaches so many English words, or to the next mark. */
const NEGATED_WORDS = 4
const KINDS = { word: 0x55aa11, stem: 0x77aa33, negated: 0x11223344 }
/** Stands for an English word between other signs. */
const WORD = 3
const DIGIT = 0x30
const APOSTROPHE = 0x27

const NEGATIONS = new Set(
  "not no never don't doesn't didn't isn't wasn't aren't weren't won't can't cannot couldn't wouldn't shouldn't haven't hasn't hadn't ain't dont didnt doesnt nothing nor without hardly barely neither"
    .split(' ')
    .map((word) => [...word].reduce((hash, letter) => mixLetter(hash, letter.charCodeAt(0)), 0)),
)

/** Set in a feature that stood in the text before. */
export const REPEATED = 0x8000_0000

/**
 * Writes the features of one text into `out`, in their order, and into `starts` how many there are before each unit (and
 * before the end); returns how many in all.
 */
export type FeaturesOf = (units: Uint16Array, length: number, out: Uint32Array, starts: Uint16Array) => number

/** Room for the buckets of the longest text, twice over; a short one stays in a small part of it. */
const SEEN_ROOM = 2 ** 16
const ROOM_A_UNIT = 8
/** Texts told apart in `seen`, in the bits above a bucket's, within the whole numbers that are fast. */
const TEXTS = 2 ** 12

/**
 * Opens a reader of features: single signs, pairs and triples for Chinese; words, pairs of words, beginnings of words and negated words for
 * scripts with spaces. A run of digits is one sign: which number it is says nothing of a mood. Makes nothing per text.
 */
export function openFeatures(): FeaturesOf {
  // Buckets of the text by open addressing, each with the text's number: what is left of another text is free room.
  const seen = new Int32Array(SEEN_ROOM)
  let text = 0
  return (units, length, out, starts) => {
    text += 1
    if (text === TEXTS) {
      seen.fill(0)
      text = 1
    }
    const count = hashesOf(units, length, out, starts)
    let room = 64
    while (room < length * ROOM_A_UNIT && room < SEEN_ROOM) room *= 2
    toBuckets(out, count, seen, room - 1, text * BUCKETS)
    return count
  }
}

/** Brings hashes to their buckets and marks those that stood in the text before. */
function toBuckets(out: Uint32Array, count: number, seen: Int32Array, mask: number, text: number): void {
  for (let at = 0; at < count; at += 1) {
    const hash = out[at]! | 0
    let mixed = hash ^ (hash >>> 15)
    mixed = Math.imul(mixed, 0x2c1b3c6d)
    mixed ^= mixed >>> 12
    mixed = Math.imul(mixed, 0x297a2d39)
    const bucket = (mixed ^ (mixed >>> 15)) & (BUCKETS - 1)
    const mark = text | bucket
    let slot = bucket & mask
    let held = seen[slot]!
    // Marks of this text are the greatest.
    while (held !== mark && held >= text) {
      slot = (slot + 1) & mask
      held = seen[slot]!
    }
    if (held === mark) out[at] = (bucket | REPEATED) >>> 0
    else {
      seen[slot] = mark
      out[at] = bucket
    }
  }
}

function hashesOf(units: Uint16Array, length: number, out: Uint32Array, starts: Uint16Array): number {
  let count = 0
  let word = 0
  let letters = 0
  let wordBefore = 0
  let negated = 0
  let before = 0
  let beforeThat = 0
  for (let index = 0; index <= length; index += 1) {
    const unit = index < length ? units[index]! : 0x20
    starts[index] = count
    if (isLetter(unit)) {
      if (isDigit(unit)) {
        if (index > 0 && isDigit(units[index - 1]!)) continue
        word = mixLetter(word, DIGIT)
      } else word = mixLetter(word, unit)
      letters += 1
      if (letters === STEM) out[count++] = word ^ KINDS.stem
      continue
    }
    if (letters > 0) {
      out[count++] = word ^ KINDS.word
      if (negated > 0) {
        out[count++] = word ^ KINDS.negated
        negated -= 1
      }
      if (wordBefore !== 0) out[count++] = Math.imul(wordBefore, 0x9e3779b1) ^ word
      if (NEGATIONS.has(word)) negated = NEGATED_WORDS
      wordBefore = word
      beforeThat = before
      before = WORD
      word = 0
      letters = 0
    }
    if (unit <= 0x20) continue
    negated = 0
    if (unit >= 0x3400) wordBefore = 0
    out[count++] = unit
    if (before !== 0) {
      out[count++] = Math.imul(before, 65_599) + unit
      if (beforeThat !== 0) out[count++] = Math.imul(Math.imul(beforeThat, 65_599) + before, 65_599) + unit
    }
    beforeThat = before
    before = unit
  }
  return count
}

function mixLetter(hash: number, unit: number): number {
  return (Math.imul(hash, 31) + unit) | 0
}

function isDigit(unit: number): boolean {
  return unit >= DIGIT && unit <= 0x39
}

/** A letter or digit of a script with spaces between words; an apostrophe is part of a word. */
function isLetter(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || isDigit(unit) || unit === APOSTROPHE
  return unit >= 0xc0 && unit < 0x2000 && unit !== 0xd7 && unit !== 0xf7
}
