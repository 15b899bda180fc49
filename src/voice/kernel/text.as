import { FILLER, FLAGS, HAN, PLAIN, putInt, SPACE, unitAt, WORD } from './tables'

const KIND_AT = 16
const UNKNOWN = -1
const BLANK = <i32>(SPACE | (FILLER << KIND_AT))
/** More single letters in a row with gaps between them might spell a word. */
const MOST_SINGLES = 2

/**
 * Folds a text unit by unit. 1: that is all there is to it; 0: there is more; below 0: nobody has said yet what the unit
 * at place -1 - n folds to.
 */
export function foldPlain(raw: usize, length: i32, folded: usize): i32 {
  let kind: u32 = 0
  let kindBefore: u32 = 0
  let singles = 0
  for (let index = 0; index < length; index++) {
    const here = load<i32>(unitAt(raw, index) << 2, PLAIN)
    if (here <= 0) return here === UNKNOWN ? -1 - index : 0
    store<u16>(folded + ((<usize>index) << 1), here)
    const now = <u32>here >> KIND_AT
    if (now === FILLER) {
      const next = index + 1 < length ? load<i32>(unitAt(raw, index + 1) << 2, PLAIN) : BLANK
      if (next === UNKNOWN) return -2 - index
      // A run of blanks is one, and none at the ends; a filler between Chinese characters is a dodge.
      if (here === BLANK && (index === 0 || next === BLANK)) return 0
      const then = <u32>next >> KIND_AT
      if (kind === HAN && (then === HAN || (then === FILLER && index + 1 < length))) return 0
      // Four letters by themselves, one after another, may be a word that is spelled.
      if (kind === WORD) singles = kindBefore !== WORD ? singles + 1 : 0
      if (singles > MOST_SINGLES) return 0
    }
    kindBefore = kind
    kind = now
  }
  // Who looks ahead from the last unit sees none.
  store<u64>(folded + ((<usize>length) << 1), 0)
  return 1
}

/** Flags of written units, as src/voice/cue-units.ts has them. */
const RAW_WORD: u32 = 1
/** A full stop may end both. */
const RAW_CLAUSE: u32 = 2
const RAW_SENTENCE: u32 = 4
const RAW_HAN: u32 = 8
const RAW_FOREIGN: u32 = 16
const RAW_LATIN: u32 = 32
const HAN_AT: u32 = 3
const FOREIGN_AT: u32 = 4
const LATIN_AT: u32 = 5
const STOP: u32 = 0x2e

/** So many units tell the script. */
const LOOKED_AT = 400
const COUNT_BITS = 10

/**
 * What is seen of a text as it was written: into `out` how many Chinese characters, letters of other scripts, and Latin
 * letters there are in its first units, and the places at which clauses end, each twice the place, and 1 where a sentence ends
 * there. Returns how many of these there are.
 */
export function outline(raw: usize, length: i32, out: usize): i32 {
  let counts: u32 = 0
  let looked: u32 = 0
  let count = 0
  for (let index = 0; index < length; index++) {
    const unit = unitAt(raw, index)
    const flag: u32 = load<u8>(unit, FLAGS)
    if (index === LOOKED_AT) looked = counts
    counts +=
      ((flag & RAW_LATIN) >>> LATIN_AT) |
      ((flag & RAW_FOREIGN) >>> FOREIGN_AT << COUNT_BITS) |
      ((flag & RAW_HAN) >>> HAN_AT << (2 * COUNT_BITS))
    if ((flag & RAW_CLAUSE) === 0) continue
    if (unit === STOP) {
      const next: u32 = index + 1 < length ? load<u8>(unitAt(raw, index + 1), FLAGS) : 0
      if ((next & (RAW_WORD | RAW_HAN)) !== 0) continue
    }
    putInt(out, 1 + count, (index << 1) | i32((flag & RAW_SENTENCE) !== 0))
    count++
  }
  putInt(out, 0, length > LOOKED_AT ? looked : counts)
  return count
}
