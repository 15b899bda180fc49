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

/** Writes the features of one text into `out`, in their order, and into `places` the unit each ends before; returns how many. */
export type FeaturesOf = (units: Uint16Array, length: number, out: Uint32Array, places: Uint16Array) => number

/**
 * Opens a reader of features: single signs, pairs and triples for Chinese; words, pairs of words, beginnings of words and negated words for
 * scripts with spaces. A run of digits is one sign: which number it is says nothing of a mood. Makes nothing per text.
 */
export function openFeatures(): FeaturesOf {
  // Which text saw a bucket last, by a number of eight bits: it stays in the processor's cache.
  const seen = new Uint8Array(BUCKETS)
  let text = 0
  let count = 0
  let out: Uint32Array = new Uint32Array(0)
  let places: Uint16Array = new Uint16Array(0)

  function add(hash: number, place: number): void {
    let mixed = hash ^ (hash >>> 15)
    mixed = Math.imul(mixed, 0x2c1b3c6d)
    mixed ^= mixed >>> 12
    mixed = Math.imul(mixed, 0x297a2d39)
    const bucket = ((mixed ^ (mixed >>> 15)) >>> 0) & (BUCKETS - 1)
    const isRepeated = seen[bucket] === text
    seen[bucket] = text
    places[count] = place
    out[count++] = isRepeated ? (bucket | REPEATED) >>> 0 : bucket
  }

  return (units, length, into, intoPlaces) => {
    text += 1
    if (text === 2 ** 8) {
      seen.fill(0)
      text = 1
    }
    count = 0
    out = into
    places = intoPlaces
    let word = 0
    let letters = 0
    let wordBefore = 0
    let negated = 0
    let before = 0
    let beforeThat = 0
    for (let index = 0; index <= length; index += 1) {
      const unit = index < length ? units[index]! : 0x20
      if (isLetter(unit)) {
        if (isDigit(unit)) {
          if (index > 0 && isDigit(units[index - 1]!)) continue
          word = mixLetter(word, DIGIT)
        } else word = mixLetter(word, unit)
        letters += 1
        if (letters === STEM) add(word ^ KINDS.stem, index)
        continue
      }
      if (letters > 0) {
        add(word ^ KINDS.word, index)
        if (negated > 0) {
          add(word ^ KINDS.negated, index)
          negated -= 1
        }
        if (wordBefore !== 0) add(Math.imul(wordBefore, 0x9e3779b1) ^ word, index)
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
      add(unit, index)
      if (before !== 0) {
        add((Math.imul(before, 65_599) + unit) | 0, index)
        if (beforeThat !== 0)
          add((Math.imul(Math.imul(beforeThat, 65_599) + before, 65_599) + unit) | 0, index)
      }
      beforeThat = before
      before = unit
    }
    return count
  }
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
