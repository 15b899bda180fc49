import { keep } from './kernel/memory.ts'
import { HAN, KIND } from './units.ts'

/** How phrases start with a unit: not at all; with units that begin one; the same at the head of a word; or look there. */
const [BY_PAIR, BY_WORD, ANYHOW] = [1, 2, 3]
const BITS = 2 ** 18

/** Where phrases may start in folded units, as tables for the loops: at most places none does, which costs a look or two to know. */
export interface Starts {
  /** How they start with each unit. */
  readonly how: number
  /** Bits of the two and three units that begin one. */
  readonly begun: number
}

/** Of the phrases, and of whatever begins with one of `signs`; as long as `owner` is held. */
export function startsOf(phrases: Iterable<string>, signs: Iterable<number>, owner: object): Starts {
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
  return { how: keep(kinds, owner), begun: keep(begun, owner) }
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

/** An English letter, folded. */
function isLetter(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a
}
