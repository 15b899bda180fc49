import { HAN, isLetter, kindOf, unitAt, WORD } from './tables'

/** How phrases start with a unit, as src/voice/starts.ts writes the table. */
const BY_WORD: u32 = 2
const ANYHOW: u32 = 3
/** In place of the third unit: whichever it is, or the phrase has but two. */
const ANY: u32 = 0
const NO_MORE: u32 = 1

/** The next place from `from` on where a phrase may start; `size` where there is none. */
export function nextStart(how: usize, begun: usize, kinds: usize, units: usize, size: i32, from: i32): i32 {
  for (let index = from; index < size; index++) {
    const unit = unitAt(units, index)
    const start: u32 = load<u8>(how + unit)
    if (start === 0) continue
    if (start === ANYHOW) return index
    const next = index + 1 < size ? unitAt(units, index + 1) : 0
    const third = index + 2 < size ? unitAt(units, index + 2) : 0
    if (start === BY_WORD) {
      if (index > 0 && kindOf(kinds, unitAt(units, index - 1)) === WORD) continue
      // A sign may stand for the second letter, or between the two; it may be drawn out.
      if (!isLetter(next) || next === unit) return index
      if (!isSet(begun, unit, next, ANY)) continue
      if (!isLetter(third) || third === next) return index
    } else {
      if (!isSet(begun, unit, next, ANY)) continue
      if (kindOf(kinds, next) !== HAN) return index
    }
    if (isSet(begun, unit, next, third) || isSet(begun, unit, next, NO_MORE)) return index
  }
  return size
}

function isSet(begun: usize, first: u32, second: u32, third: u32): bool {
  const bit = ((first * 0x9e3779b1) ^ (second * 0x85ebca6b) ^ (third * 0xc2b2ae35)) >>> 14
  return (load<u8>(begun + (bit >>> 3)) & (1 << (bit & 7))) !== 0
}
