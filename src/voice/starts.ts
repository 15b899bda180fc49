import { HAN, KIND, WORD } from './units.ts'

/** How phrases start with a unit: not at all; with units that begin one; the same at the head of a word; or look there. */
const [BY_PAIR, BY_WORD, ANYHOW] = [1, 2, 3]
const BITS = 2 ** 18

/** Where phrases may start in folded units: at most places none does, which costs a look or two to know. */
export interface Starts {
  /** The next place from `from` on; `size` where there is none. */
  nextFrom(units: Uint16Array, size: number, from: number): number
}

/** Of the phrases, and of whatever begins with one of `signs`. */
export function startsOf(phrases: Iterable<string>, signs: Iterable<number> = []): Starts {
  const kinds = new Uint8Array(0x10000)
  const begun = new Uint8Array(BITS / 8)
  for (const phrase of phrases) {
    const first = phrase.charCodeAt(0)
    if (phrase.length === 1) kinds[first] = ANYHOW
    else if (kinds[first] !== ANYHOW) kinds[first] = kindOf(first)
    const second = phrase.length > 1 ? phrase.charCodeAt(1) : 0
    const third = phrase.length > 2 ? phrase.charCodeAt(2) : NO_MORE
    for (const bit of [bitOf(first, second, ANY), bitOf(first, second, third)]) {
      begun[bit >> 3]! |= 1 << (bit & 7)
    }
  }
  for (const sign of signs) kinds[sign] = ANYHOW
  return { nextFrom: (units, size, from) => nextFrom(kinds, begun, units, size, from) }
}

function kindOf(unit: number): number {
  return KIND[unit] === HAN ? BY_PAIR : isLetter(unit) ? BY_WORD : ANYHOW
}

/** In place of the third unit: whichever it is, or the phrase has but two. */
const ANY = 0
const NO_MORE = 1

function bitOf(first: number, second: number, third: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35)
  return mixed >>> 14
}

function isSet(begun: Uint8Array, bit: number): boolean {
  return (begun[bit >> 3]! & (1 << (bit & 7))) !== 0
}

function nextFrom(
  kinds: Uint8Array,
  begun: Uint8Array,
  units: Uint16Array,
  size: number,
  from: number,
): number {
  for (let index = from; index < size; index += 1) {
    const unit = units[index]!
    const kind = kinds[unit]!
    if (kind === 0) continue
    if (kind === ANYHOW) return index
    const next = index + 1 < size ? units[index + 1]! : 0
    const third = index + 2 < size ? units[index + 2]! : 0
    if (kind === BY_WORD) {
      if (index > 0 && KIND[units[index - 1]!] === WORD) continue
      // A sign may stand for the second letter, or between the two; it may be drawn out.
      if (!isLetter(next) || next === unit) return index
      if (!isSet(begun, bitOf(unit, next, ANY))) continue
      if (!isLetter(third) || third === next) return index
    } else {
      if (!isSet(begun, bitOf(unit, next, ANY))) continue
      if (KIND[next] !== HAN) return index
    }
    if (isSet(begun, bitOf(unit, next, third)) || isSet(begun, bitOf(unit, next, NO_MORE))) return index
  }
  return size
}

/** An English letter, folded. */
export function isLetter(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0x61 && unit <= 0x7a
}
