import { FOLDS } from './cue-units.ts'
import { Area, age, fixedAt, loops, numbers, textAt, units, writeText } from './kernel/memory.ts'
import { foldedUnit, KIND, SEVERAL } from './units.ts'

/**
 * A text as whole numbers, read once for everyone who looks into it: asking a string for its units one by one is slow.
 * Good until another text is opened.
 */
export interface OpenText {
  /** Where it stands as it was written, in the loops' memory. */
  readonly at: number
  readonly length: number
  /**
   * Where its outline stands in the memory's `numbers`, and how many ends of clauses are in it: first how many letters of which
   * scripts there are, then the ends, each as twice its place, and 1 where a sentence ends (`kernel/text.as`).
   */
  readonly outline: number
  readonly ends: number
  /**
   * Folded, where that is one unit for one: each stands where it stood, and all readers fold alike. Null where blanks,
   * lines, emoji, dodges or characters of several units ask for more.
   */
  readonly folded: FoldedText | null
}

/** Units behind a folded text that are 0. */
export const BEYOND = 4
/** Longer texts are always folded the long way. */
export const MOST_PLAIN = 8_192
const SPACE = 0x20
/** Not looked up yet. */
const UNKNOWN = -1

/** What a unit folds to where that is all there is to it, and above it its kind; 0: there is more to it. */
const PLAIN = fixedAt('PLAIN')
const KIND_AT = 16
numbers.fill(UNKNOWN, PLAIN >> 2, (PLAIN >> 2) + 0x10000)

const written = new Area(2)
const foldedUnits = new Area(2)
const outlines = new Area(4)
let last = ''
let lastAge = -1
let opened: OpenText = { at: 0, length: 0, outline: 0, ends: 0, folded: null }

/** Opens a text; the one that is open costs nothing. */
export function openText(words: string): OpenText {
  if (words === last && age === lastAge) return opened
  const length = words.length
  const at = written.for(length)
  const to = foldedUnits.for(Math.min(length, MOST_PLAIN))
  writeText(words, at)
  last = words
  lastAge = age
  const isPlain = length <= MOST_PLAIN && foldPlain(at, length, to)
  const outline = outlines.for(length + 1)
  const ends = loops.outline(at, length, outline)
  opened = { at, length, outline: outline >> 2, ends, folded: isPlain ? new FoldedText(to, length) : null }
  return opened
}

/** Folded units, in the loops' memory; their words are made once, where they are asked for. */
export class FoldedText {
  readonly at: number
  readonly length: number
  #words: string | null = null

  constructor(at: number, length: number) {
    this.at = at
    this.length = length
  }

  words(): string {
    this.#words ??= textAt(this.at, this.length)
    return this.#words
  }
}

/** Puts folded units that were made elsewhere into an area of the loops' memory. */
export function placed(area: Area, from: Uint16Array, length: number): FoldedText {
  const at = area.for(length)
  const all = units
  for (let index = 0, place = at >> 1; index < length; index += 1, place += 1) all[place] = from[index]!
  // Who looks ahead from the last unit sees none.
  all.fill(0, (at >> 1) + length, (at >> 1) + length + BEYOND)
  return new FoldedText(at, length)
}

const byUnit = new Area(2)

/** A text with each unit folded by itself, blanks, dodges and emoji left as they are: places stay what they were. */
export function foldedByUnit(words: string): FoldedText {
  const { at, length, folded } = openText(words)
  if (folded !== null) return folded
  const all = units
  const from = at >> 1
  return placed(
    byUnit,
    all.subarray(from, from + length).map((unit) => FOLDS[unit]!),
    length,
  )
}

/** Folds unit by unit; false where that is not all. */
function foldPlain(at: number, length: number, to: number): boolean {
  for (;;) {
    const answer = loops.foldPlain(at, length, to)
    if (answer >= 0) return answer === 1
    learn(units[(at >> 1) - 1 - answer]!)
  }
}

function learn(unit: number): void {
  const fold = foldedUnit(unit)
  const isHalf = unit >= 0xd800 && unit <= 0xdfff
  // `SYMBOL` and `SEVERAL` are the last of all units.
  const isOne = !isHalf && (fold > SPACE || unit === SPACE) && fold < Math.min(SEVERAL, 0xfffc)
  // Who folds by unit must see the same.
  const isPlain = isOne && fold === FOLDS[unit]
  numbers[(PLAIN >> 2) + unit] = isPlain ? fold | (KIND[fold]! << KIND_AT) : 0
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
