import { FILLER, FLAGS, HAN, PLAIN, SPACE, unitAt, WORD } from './tables'

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
  store<u32>(folded + ((<usize>length) << 1), 0)
  return 1
}

/** Flags of written units, as src/voice/cue-units.ts has them. */
const RAW_WORD: u32 = 1
const RAW_CLAUSE: u32 = 2
const RAW_SENTENCE: u32 = 4
const RAW_HAN: u32 = 8
const RAW_FOREIGN: u32 = 16
const STOP: u32 = 0x2e

/** How many Chinese characters, letters of other scripts, and Latin letters there are: ten bits of each. */
export function scripts(raw: usize, length: i32): i32 {
  let han = 0
  let foreign = 0
  let latin = 0
  for (let index = 0; index < length; index++) {
    const unit = unitAt(raw, index)
    const flag: u32 = load<u8>(unit, FLAGS)
    if ((flag & RAW_HAN) !== 0) han++
    else if ((flag & RAW_FOREIGN) !== 0) foreign++
    else if ((flag & RAW_WORD) !== 0 && unit - 0x30 > 9 && unit - 0xff10 > 9) latin++
  }
  return (han << 20) | (foreign << 10) | latin
}

/** The places at which clauses end, into `out`: twice the place, and 1 where a sentence ends there; returns how many. */
export function clauseEnds(raw: usize, length: i32, out: usize): i32 {
  let count = 0
  for (let index = 0; index < length; index++) {
    const unit = unitAt(raw, index)
    const flag: u32 = load<u8>(unit, FLAGS)
    let ends = flag & (RAW_CLAUSE | RAW_SENTENCE)
    if (unit === STOP) {
      const next: u32 = index + 1 < length ? load<u8>(unitAt(raw, index + 1), FLAGS) : 0
      ends = (next & (RAW_WORD | RAW_HAN)) === 0 ? RAW_CLAUSE | RAW_SENTENCE : 0
    }
    if (ends === 0) continue
    store<i32>(out + ((<usize>count) << 2), (index << 1) | ((ends & RAW_SENTENCE) !== 0 ? 1 : 0))
    count++
  }
  return count
}
