import { FOLDS, HAN, UNITS, WORD } from './cue-units.ts'

/** The pieces of a text by the bucket they are hashed to, each once. Good until the next reading. */
export interface Pieces {
  readonly buckets: Int32Array
  readonly count: number
}

/** Units read; what a text is about, it says early. */
const MOST_UNITS = 2_000
const held: { buckets: Int32Array; seen: Uint32Array; turn: number } = {
  buckets: new Int32Array(4 * MOST_UNITS),
  seen: new Uint32Array(0),
  turn: 0,
}

/** One to three characters of Chinese, words and pairs of words elsewhere, hashed to a power of two of buckets. */
export function piecesOf(text: string, buckets: number): Pieces {
  if (held.seen.length < buckets) {
    held.seen = new Uint32Array(buckets)
    held.turn = 0
  }
  held.turn += 1
  let count = 0
  const put = (hash: number): void => {
    const bucket = mixed(hash) & (buckets - 1)
    if (held.seen[bucket] === held.turn) return
    held.seen[bucket] = held.turn
    held.buckets[count] = bucket
    count += 1
  }
  const length = Math.min(text.length, MOST_UNITS)
  let [last, beforeLast] = [0, 0]
  let word = 0
  let lastWord = 0
  for (let index = 0; index <= length; index += 1) {
    const code = index < length ? FOLDS[text.charCodeAt(index)]! : 0
    const flags = UNITS[code]!
    if ((flags & WORD) !== 0) word = Math.imul(word ^ code, 0x01000193) | 1
    else if (word !== 0) {
      put(word)
      if (lastWord !== 0) put(Math.imul(lastWord, 31) ^ word)
      ;[lastWord, word] = [word, 0]
    }
    if ((flags & HAN) === 0) [last, beforeLast] = [0, 0]
    else {
      put(code)
      if (last !== 0) put(code * 65_537 + last)
      if (beforeLast !== 0) put(Math.imul(code * 65_537 + last, 31) + beforeLast)
      ;[beforeLast, last] = [last, code]
    }
  }
  return { buckets: held.buckets, count }
}

function mixed(hash: number): number {
  let mix = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  mix = Math.imul(mix ^ (mix >>> 12), 0x297a2d39)
  return (mix ^ (mix >>> 15)) >>> 0
}
