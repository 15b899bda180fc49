import { fix, keepPairs, MIX, type Pairs } from './kernel/memory.ts'
import { piecesOf } from './pieces.ts'

/**
 * Rules about what stands around a term are many, and hardly ever has one of them anything to say. A gate stands before
 * rules that belong together: they are asked only where a piece stands without which none of them can hold. All pieces
 * of all gates are looked for in one pass over the sentence.
 */
export type Gate = number

/** Gates open before a term and behind it in its clause, the same in its sentence, anywhere in that. */
export interface Signs {
  readonly before: number
  readonly after: number
  readonly lead: number
  readonly rest: number
  readonly all: number
}

/** Set in all signs: a gate that cannot tell is open. */
const ALWAYS = 0x8000_0000 | 0
const GATES = 31

const gates = new Map<string, number>()
/** Gates of Chinese pieces and those of others: a bit for one of each, since hardly a text has both. */
const opened = { han: 0, other: 0, both: 0 }
let table: Pairs | null = null
/** Holds the tables. */
let owner = {}

/** Opens a gate before these expressions. Gates share bits, which only opens them more often. */
export function gateOf(...patterns: readonly RegExp[]): Gate {
  const needed = patterns.map(piecesOf)
  if (needed.includes(null)) return ALWAYS
  const all = needed.flatMap((each) => each!)
  const gate = nextGate(all.filter(isHanPiece).length, all.length)
  for (const piece of all) gates.set(piece, (gates.get(piece) ?? 0) | gate)
  table = null
  return gate
}

/** Matches where any of them does: asked first where nearly always none does. */
export function anyOf(patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'))
}

/** Those of one kind from one end, those of both from the other. */
function nextGate(han: number, pieces: number): Gate {
  if (han === pieces) return 1 << (opened.han++ % GATES)
  if (han === 0) return 1 << (opened.other++ % GATES)
  return 1 << (GATES - 1 - (opened.both++ % GATES))
}

function isHanPiece(piece: string): boolean {
  return piece.charCodeAt(0) >= FIRST_HAN
}

/** English letters as numbers from 1; 0: an edge. */
const LETTERS = new Uint8Array(128)
for (let letter = 0; letter < 26; letter += 1) {
  LETTERS[0x61 + letter] = letter + 1
  LETTERS[0x41 + letter] = letter + 27
}

/** Keys of pieces, by kind apart; none is 0. `kernel/around.as` looks them up. */
const SINGLE = 2 ** 18
const PAIR = 2 ** 19
/** Bits that pairs share. */
const SHARED = 2 ** 16
const FIRST_HAN = 0x3400
const LAST_HAN = 0x9fff
const HAN_SIGNS = LAST_HAN - FIRST_HAN + 1

function keyOf(piece: string): number {
  const [first, second, third] = Array.from(piece, (sign) => sign.charCodeAt(0)) as [number, number, number]
  if (piece.length === 1) return SINGLE + first
  if (piece.length === 2) return PAIR + (first - FIRST_HAN) * HAN_SIGNS + second - FIRST_HAN
  return (letterOf(first) << 12) | (letterOf(second) << 6) | letterOf(third)
}

function letterOf(unit: number): number {
  return unit < 128 ? LETTERS[unit]! : 0
}

/** What a unit may be, as bits: a piece, the first of one of two Chinese characters, one of those; or a letter with its number. */
const [ALONE, FIRST, IS_HAN, IS_LETTER] = [1, 2, 4, 128]

/** Puts all pieces where the loops look them up: signs of units, bits, and the gates themselves. */
function tablesOf(owner: object): Pairs {
  const signs = new Uint8Array(0x10000).fill(IS_HAN, FIRST_HAN, LAST_HAN + 1)
  for (const [unit, letter] of LETTERS.entries()) if (letter > 0) signs[unit] = IS_LETTER | letter
  const asked = new Uint8Array((SINGLE + SHARED) / 8)
  const ask = (bit: number): void => {
    asked[bit >> 3]! |= 1 << (bit & 7)
  }
  const keys = new Map<number, number>()
  for (const [piece, gate] of gates) {
    const key = keyOf(piece)
    keys.set(key, gate)
    if (piece.length === 3) ask(key)
    else signs[piece.charCodeAt(0)]! |= piece.length === 1 ? ALONE : FIRST
    if (piece.length === 2) ask(SINGLE + (Math.imul(key, MIX) >>> 16))
  }
  fix('SIGNS', signs)
  fix('ASKED', asked)
  return keepPairs(keys, owner)
}

/** The gates of all pieces; made when somebody looks for them after a gate was opened. */
export function pieces(): Pairs {
  if (table === null) {
    owner = {}
    table = tablesOf(owner)
  }
  return table
}
