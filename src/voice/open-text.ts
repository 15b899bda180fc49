import { FILLER, foldedUnit, HAN, KIND, SEVERAL, WORD } from './units.ts'

/**
 * A text as whole numbers, read once for everyone who looks into it: asking a string for its units one by one is slow.
 * Good until another text is opened.
 */
export interface OpenText {
  /** As it was written; the first `length` places. */
  readonly raw: Uint16Array
  readonly length: number
  /**
   * Folded, where that is one unit for one: each stands where it stood, and all readers fold alike. Null where blanks,
   * lines, emoji, dodges or characters of several units ask for more.
   */
  readonly folded: FoldedText | null
}

/** Longer texts are not kept for the next one, and always folded the long way. */
export const MOST_PLAIN = 8_192
const SPACE = 0x20
/** More single letters with gaps between them might spell a word. */
const MOST_SINGLES = 2
/** Not looked up yet. */
const UNKNOWN = -1

/** What a unit folds to where that is all there is to it, and above it its kind; 0: there is more to it. */
const plain = new Int32Array(0x10000).fill(UNKNOWN)
const KIND_AT = 16
const kept = { raw: new Uint16Array(MOST_PLAIN), folded: new Uint16Array(MOST_PLAIN) }

let last = ''
let opened: OpenText = { raw: kept.raw, length: 0, folded: null }

/** Opens a text; the one that is open costs nothing. */
export function openText(words: string): OpenText {
  if (words === last) return opened
  last = words
  const length = words.length
  const raw = length > MOST_PLAIN ? new Uint16Array(length) : kept.raw
  for (let index = 0; index < length; index += 1) raw[index] = words.charCodeAt(index)
  const isPlain = length <= MOST_PLAIN && foldPlain(raw, length, kept.folded)
  opened = { raw, length, folded: isPlain ? new FoldedText(kept.folded, length) : null }
  return opened
}

/** Folded units; their words are made once, where they are asked for. */
export class FoldedText {
  readonly units: Uint16Array
  readonly length: number
  #words: string | null = null

  constructor(units: Uint16Array, length: number) {
    this.units = units
    this.length = length
  }

  words(): string {
    this.#words ??= textOf(this.units, this.length)
    return this.#words
  }
}

const BLANK = SPACE | (FILLER << KIND_AT)

/** Folds unit by unit; false where that is not all. */
function foldPlain(raw: Uint16Array, length: number, folded: Uint16Array): boolean {
  let kind = 0
  let kindBefore = 0
  let singles = 0
  for (let index = 0; index < length; index += 1) {
    const here = plainly(raw[index]!)
    if (here === 0) return false
    folded[index] = here
    const now = here >> KIND_AT
    if (now === FILLER) {
      const next = index + 1 < length ? plainly(raw[index + 1]!) : BLANK
      // A run of blanks is one, and none at the ends; a filler between Chinese characters is a dodge.
      if (here === BLANK && (index === 0 || next === BLANK)) return false
      const then = next >> KIND_AT
      if (kind === HAN && (then === HAN || (then === FILLER && index + 1 < length))) return false
      if (kind === WORD && kindBefore !== WORD) singles += 1
    }
    kindBefore = kind
    kind = now
  }
  return singles <= MOST_SINGLES
}

function plainly(unit: number): number {
  const known = plain[unit]!
  return known === UNKNOWN ? learn(unit) : known
}

function learn(unit: number): number {
  const fold = foldedUnit(unit)
  const isHalf = unit >= 0xd800 && unit <= 0xdfff
  // `SYMBOL` and `SEVERAL` are the last of all units.
  const isPlain = !isHalf && (fold > SPACE || unit === SPACE) && fold < Math.min(SEVERAL, 0xfffc)
  plain[unit] = isPlain ? fold | (KIND[fold]! << KIND_AT) : 0
  return plain[unit]!
}

const PIECE = 8_192
/** By `apply`: spreading would walk the array through an iterator. */
const UNITS_TO_TEXT = String.fromCharCode

/** The first `length` units as a string. */
export function textOf(units: Uint16Array, length: number): string {
  let text = ''
  for (let at = 0; at < length; at += PIECE) {
    text += UNITS_TO_TEXT.apply(null, units.subarray(at, Math.min(length, at + PIECE)) as unknown as number[])
  }
  return text
}
