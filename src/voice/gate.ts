import { piecesOf } from './pieces.ts'

/**
 * Rules about what stands around a term are many, and hardly ever has one of them anything to say. A gate stands before
 * rules that belong together: they are asked only where a piece stands without which none of them can hold. All pieces
 * of all gates are looked for in one pass over the sentence.
 */
export type Gate = number

/** Pieces found, by gate: before the term, behind it, anywhere in its sentence. Any Chinese character, English letter. */
export interface Signs {
  han: boolean
  latin: boolean
  lead: number
  rest: number
  all: number
}

/** Set in all signs: a gate that cannot tell is open. */
const ALWAYS = 0x8000_0000 | 0
/** Everything is open. */
export const OPEN = -1
const GATES = 31

const gates = new Map<string, number>()
let opened = 0
let table = { mask: 0, keys: new Int32Array(1), found: new Int32Array(1) }

/** Opens a gate before these expressions. More gates than there are bits share them, which only opens them more often. */
export function gateOf(...patterns: readonly RegExp[]): Gate {
  const pieces = patterns.map(piecesOf)
  if (pieces.includes(null)) return ALWAYS
  const gate = 1 << (opened % GATES)
  opened += 1
  for (const piece of pieces.flatMap((each) => each!)) gates.set(piece, (gates.get(piece) ?? 0) | gate)
  table = tableOf(gates)
  return gate
}

/** English letters as numbers from 1; 0: an edge. */
const LETTERS = new Uint8Array(128)
for (let letter = 0; letter < 26; letter += 1) {
  LETTERS[0x61 + letter] = letter + 1
  LETTERS[0x41 + letter] = letter + 27
}

/** Keys of pieces, by kind apart; none is 0. */
const SINGLE = 2 ** 18
const PAIR = 2 ** 19
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

function tableOf(pieces: ReadonlyMap<string, number>): typeof table {
  let size = 64
  while (size < pieces.size * 4) size *= 2
  const [keys, found] = [new Int32Array(size), new Int32Array(size)]
  for (const [piece, gate] of pieces) {
    const key = keyOf(piece)
    let slot = slotOf(key) & (size - 1)
    while (keys[slot] !== 0) slot = (slot + 1) & (size - 1)
    keys[slot] = key
    found[slot] = gate
  }
  return { mask: size - 1, keys, found }
}

function slotOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 16
}

/** Looks for all pieces in `units[from .. to)`, a sentence with a term at `[start, end)`. */
export function signsIn(
  units: Uint16Array,
  from: number,
  to: number,
  start: number,
  end: number,
  into: Signs,
): void {
  const { mask, keys, found } = table
  let lead = ALWAYS
  let rest = ALWAYS
  let all = ALWAYS
  let before = 0
  let unit = from < to ? units[from]! : 0
  let here = letterOf(unit)
  into.han = false
  into.latin = false
  for (let index = from; index < to; index += 1) {
    const next = index + 1 < to ? units[index + 1]! : 0
    const behind = letterOf(next)
    if (here !== 0) into.latin = true
    if ((before | here | behind) !== 0) {
      const key = (before << 12) | (here << 6) | behind
      const gate = lookUp(keys, found, mask, key)
      if (gate !== 0) {
        all |= gate
        // An edge may lie outside of what a rule is asked about; the letters do not.
        if ((behind !== 0 ? index + 1 : here !== 0 ? index : index - 1) < start) lead |= gate
        if ((before !== 0 ? index - 1 : here !== 0 ? index : index + 1) >= end) rest |= gate
      }
    }
    if (here === 0 && unit > 0x20) {
      let gate = lookUp(keys, found, mask, SINGLE + unit)
      if (index < start) lead |= gate
      else if (index >= end) rest |= gate
      all |= gate
      if (unit >= FIRST_HAN && unit <= LAST_HAN) {
        into.han = true
        if (next >= FIRST_HAN && next <= LAST_HAN) {
          gate = lookUp(keys, found, mask, PAIR + (unit - FIRST_HAN) * HAN_SIGNS + next - FIRST_HAN)
          if (index + 1 < start) lead |= gate
          else if (index >= end) rest |= gate
          all |= gate
        }
      }
    }
    before = here
    here = behind
    unit = next
  }
  into.lead = lead
  into.rest = rest
  into.all = all
}

function lookUp(keys: Int32Array, found: Int32Array, mask: number, key: number): number {
  for (let slot = slotOf(key) & mask; ; slot = (slot + 1) & mask) {
    const held = keys[slot]!
    if (held === key) return found[slot]!
    if (held === 0) return 0
  }
}

/** True where a word of letters goes on across the place: an expression that is asked up to there sees an edge in it. */
export function isWithinWord(units: Uint16Array, length: number, place: number): boolean {
  return place > 0 && place < length && letterOf(units[place - 1]!) !== 0 && letterOf(units[place]!) !== 0
}
