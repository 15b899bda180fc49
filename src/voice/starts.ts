import { Area, bytes, keep, loops, MIX, units } from './kernel/memory.ts'
import { FILLER, HAN, KIND, WORD } from './units.ts'

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
const [OF_WORD, OF_LETTER, IS_LOOSE] = [0x100, 0x400, 0x800]
/** Two units share so many places; behind each the finders of phrases that begin so, and a bit for the third unit. */
const PAIR_BITS = 15
/** Four units share so many; behind each the finders. */
const QUAD_BITS = 16
const THIRDS_AT = 8
const ANY_THIRD = 0xff00
/** Finders that share a look, and where their bits stand in what is written. */
const MOST = 8
const FINDERS_AT = 24
const SPACE = 0x20
/** How far each unit is turned before they are joined. */
const TURNS = [0, 11, 19, 27]

/**
 * Finders that look through the same texts. At most places no phrase starts, which one look at a unit and its neighbours tells
 * for all of them at once.
 */
class Shared {
  readonly #signs = keep(kinds(), this)
  readonly #pairs = keep(new Uint16Array(2 ** PAIR_BITS), this)
  readonly #quads = keep(new Uint8Array(2 ** QUAD_BITS), this)
  readonly #places = new Area(4)
  /** Bits that are taken. */
  #taken = 0
  /** Of those, finders that see through dodges. */
  #bending = 0
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
      else {
        mark(this.#pairs, mixedOf(phrase, 2) >>> (32 - PAIR_BITS), bit | third)
        bytes[this.#quads + (Math.imul(mixedOf(phrase, 4), MIX) >>> (32 - QUAD_BITS))]! |= bit
      }
    }
    for (const sign of signs) {
      mark(this.#signs, sign, bit | IS_LOOSE)
      this.#bending |= bit
    }
    return { in: (text) => this.#in(text), places: () => this.#places.for(0), finder: bit << FINDERS_AT }
  }

  #in(text: FoldedUnits): number {
    if (this.#text === text) return this.#count
    const { at, length } = text
    this.#count = loops.starts(
      at,
      length,
      this.#signs,
      this.#pairs,
      this.#quads,
      this.#bending,
      this.#places.for(length),
    )
    this.#text = text
    return this.#count
  }

  /** Nobody looks for these phrases any more. */
  #leave(bit: number): void {
    for (let at = 0; at < 0x10000; at += 1) units[(this.#signs >> 1) + at]! &= ~bit
    for (let at = 0; at < 2 ** PAIR_BITS; at += 1) units[(this.#pairs >> 1) + at]! &= ~bit
    for (let at = 0; at < 2 ** QUAD_BITS; at += 1) bytes[this.#quads + at]! &= ~bit
    this.#taken &= ~bit
    this.#bending &= ~bit
    this.#text = null
  }
}

const owners = new FinalizationRegistry<() => void>((leave) => leave())
const all: Shared[] = []

/**
 * Of the phrases; as long as `owner` is held. `signs` may stand for letters: phrases may begin with them, and be bent wherever
 * there are letters.
 */
export function startsOf(phrases: Iterable<string>, signs: Iterable<number>, owner: object): Starts {
  const shared = all.find(({ isFull }) => !isFull) ?? new Shared()
  if (!all.includes(shared)) all.push(shared)
  return shared.join(phrases, signs, owner)
}

function kinds(): Uint16Array {
  return Uint16Array.from(KIND, (kind, unit) => {
    if (kind === FILLER) return unit === SPACE ? 0 : IS_LOOSE
    return kind === WORD ? OF_WORD | (isLetter(unit) ? OF_LETTER : 0) : 0
  })
}

/** Signs and digits are looked at wherever they stand: there are few. */
function isGuessed(first: number): boolean {
  return KIND[first] === HAN || isLetter(first)
}

/** The first `count` units of a phrase joined, those that are not there left out. */
function mixedOf(phrase: string, count: number): number {
  let joined = 0
  for (let at = 0; at < Math.min(count, phrase.length); at += 1) {
    const mixed = Math.imul(phrase.charCodeAt(at), MIX)
    joined ^= (mixed << TURNS[at]!) | (mixed >>> (32 - TURNS[at]!))
  }
  return joined
}

function thirdOf(unit: number): number {
  return 1 << (THIRDS_AT + (Math.imul(unit, MIX) >>> 29))
}

/** An English letter, folded. */
function isLetter(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a
}
