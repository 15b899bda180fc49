import { keepPairs, type Pairs } from './kernel/memory.ts'
import { unitsIn } from './kernel/trie.ts'

/**
 * Hashed features of a folded text, which fall into `BUCKETS`: single signs, pairs and triples for Chinese; words, pairs of
 * words, beginnings of words and negated words for scripts with spaces. A run of digits is one sign: which number it is says
 * nothing of a mood. `kernel/tone.as` finds them.
 */
export const BUCKETS = 2 ** 18
/** A unit has at most three; the end of a word besides that four. */
export const MOST_A_UNIT = 7

const NEGATIONS =
  "not no never don't doesn't didn't isn't wasn't aren't weren't won't can't cannot couldn't wouldn't shouldn't haven't hasn't hadn't ain't dont didnt doesnt nothing nor without hardly barely neither"

/** Hashes of the words that turn what follows, for the loops to look up. */
export function keepNegations(owner: object): Pairs {
  const hashes = NEGATIONS.split(' ').map((word) =>
    unitsIn(word).reduce((hash, unit) => (Math.imul(hash, 31) + unit) | 0, 0),
  )
  return keepPairs(new Map(hashes.map((hash) => [hash, 1])), owner)
}

/** What a folded unit is, as bits: a letter or a digit of a script with spaces between words, an apostrophe among them; */
const LETTER = 1
const FIGURE = 2
/** and for the count of scripts. */
const HAN = 4
const LATIN = 8
const FOREIGN = 16
const GLAD = 32
const BITTER = 64

/** Of every unit; `moods` has the moods of single units, above 0 glad. */
export function signsOf(moods: ReadonlyMap<number, number>): Uint8Array {
  const table = new Uint8Array(0x10000)
  const add = (from: number, to: number, flag: number): void => {
    for (let unit = from; unit <= to; unit += 1) table[unit]! |= flag
  }
  add(0x61, 0x7a, LETTER | LATIN)
  add(0x27, 0x27, LETTER)
  add(0x30, 0x39, FIGURE)
  add(0xc0, 0x1fff, LETTER)
  for (const sign of [0xd7, 0xf7]) table[sign] = 0
  add(0x3400, 0x9fff, HAN)
  // Other alphabets, kana, Hangul (whole and in pieces).
  for (const [from, to] of [
    [0xc0, 0x1fff],
    [0x3040, 0x30ff],
    [0xac00, 0xd7ff],
  ] as const) {
    add(from, to, FOREIGN)
  }
  for (const [unit, mood] of moods) {
    table[unit] = (table[unit]! & ~FOREIGN) | (mood > 0 ? GLAD : BITTER)
  }
  return table
}
