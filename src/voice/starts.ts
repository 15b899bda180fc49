import { Area, keep, loops, units } from './kernel/memory.ts'
import { HAN, KIND, WORD } from './units.ts'

/** Folded units in the loops' memory; what stands there goes with the object. */
export interface FoldedUnits {
  readonly at: number
  readonly length: number
}

/** Where phrases of one finder may start. */
export interface Starts {
  /** Looks a text through, once for all finders; returns how many places were written. */
  in(text: FoldedUnits): number
  /** Address of the places: each a number whose uppermost bits say whose phrases may start there (`kernel/starts.as`). */
  places(): number
  /** The bit of this finder. */
  readonly finder: number
}

/** What a unit is, beside the finders that look wherever it stands: `kernel/starts.as`. */
const [OF_WORD, OF_HAN, OF_LETTER] = [0x100, 0x200, 0x400]
/** Two units share so many places; behind each the finders of phrases that begin so, and a bit for the third unit. */
const PAIRS = 2 ** 15
const THIRDS_AT = 8
const ANY_THIRD = 0xff00
/** Finders that share a look, and where their bits stand in what is written. */
const MOST = 8
const FINDERS_AT = 24
const MIX = 0x9e3779b1

/**
 * Finders that look through the same texts. At most places no phrase starts, which one look at a unit and its neighbours tells
 * for all of them at once.
 */
class Shared {
  readonly #signs = keep(kinds(), this)
  readonly #pairs = keep(new Uint16Array(PAIRS), this)
  readonly #places = new Area(4)
  /** Bits that are taken. */
  #taken = 0
  #text: FoldedUnits | null = null
  #count = 0

  get isFull(): boolean {
    return this.#taken === 2 ** MOST - 1
  }

  join(phrases: Iterable<string>, signs: Iterable<number>, owner: object): Starts {
    const bit = ~this.#taken & (this.#taken + 1)
    this.#taken |= bit
    this.#text = null
    owners.register(owner, () => this.#leave(bit))
    const mark = (table: number, at: number, bits: number): void => {
      units[(table >> 1) + at]! |= bits
    }
    for (const phrase of phrases) {
      const first = phrase.charCodeAt(0)
      const third = phrase.length > 2 ? thirdOf(phrase.charCodeAt(2)) : ANY_THIRD
      if (phrase.length === 1 || !isGuessed(first)) mark(this.#signs, first, bit)
      else mark(this.#pairs, pairOf(first, phrase.charCodeAt(1)), bit | third)
    }
    for (const sign of signs) mark(this.#signs, sign, bit)
    return { in: (text) => this.#in(text), places: () => this.#places.for(0), finder: bit << FINDERS_AT }
  }

  #in(text: FoldedUnits): number {
    if (this.#text === text) return this.#count
    const { at, length } = text
    this.#count = loops.starts(at, length, this.#signs, this.#pairs, this.#places.for(length))
    this.#text = text
    return this.#count
  }

  /** Nobody looks for these phrases any more. */
  #leave(bit: number): void {
    for (let at = 0; at < 0x10000; at += 1) units[(this.#signs >> 1) + at]! &= ~bit
    for (let at = 0; at < PAIRS; at += 1) units[(this.#pairs >> 1) + at]! &= ~bit
    this.#taken &= ~bit
    this.#text = null
  }
}

const owners = new FinalizationRegistry<() => void>((leave) => leave())
const all: Shared[] = []

/** Of the phrases, and of whatever begins with one of `signs`; as long as `owner` is held. */
export function startsOf(phrases: Iterable<string>, signs: Iterable<number>, owner: object): Starts {
  const shared = all.find(({ isFull }) => !isFull) ?? new Shared()
  if (!all.includes(shared)) all.push(shared)
  return shared.join(phrases, signs, owner)
}

function kinds(): Uint16Array {
  return Uint16Array.from(KIND, (kind, unit) => {
    if (kind === HAN) return OF_HAN
    return kind === WORD ? OF_WORD | (isLetter(unit) ? OF_LETTER : 0) : 0
  })
}

/** Signs and digits are looked at wherever they stand: there are few. */
function isGuessed(first: number): boolean {
  return KIND[first] === HAN || isLetter(first)
}

function pairOf(first: number, second: number): number {
  const mixed = Math.imul(second, MIX)
  return (Math.imul(first, MIX) ^ ((mixed << 11) | (mixed >>> 21))) >>> 17
}

function thirdOf(unit: number): number {
  return 1 << (THIRDS_AT + (Math.imul(unit, MIX) >>> 29))
}

/** An English letter, folded. */
function isLetter(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a
}
