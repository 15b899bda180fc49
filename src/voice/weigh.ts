import { AXES, CODES } from './codebook.ts'
import { type Featured, ROW } from './featured.ts'
import { BUCKETS, MOST_A_UNIT } from './features.ts'
import { Area, keep, loops, numbers, roomFor } from './kernel/memory.ts'
import { type Rule as LearnedRule, type SentimentWeights, unitsOf } from './sentiment-weights.ts'
import type { Units } from './surroundings.ts'

/** What is in a text or a part of it; good until the next question. */
export interface Weighed {
  /** What the two rules say of it. */
  mood: number
  neutral: number
  /** Features, repeated ones included. */
  features: number
  /** Units of each kind. */
  han: number
  latin: number
  foreign: number
  glad: number
  bitter: number
}

export interface Weigher {
  /** Weighs a folded text; each feature counts once. */
  whole(text: Units): Weighed
  /** A stretch of the text weighed last, in folded units: it counts what it repeats from another one. */
  part(start: number, end: number): Weighed
  /** Buckets of all features of the text weighed last, in their order, as a place in the memory's `numbers`. */
  readonly buckets: () => number
}

/** Numbers kept for each feature: see `kernel/tone.as`. */
const SUMS = 4
/** Room for the buckets of the longest text, twice over; a short one stays in a small part of it. */
const SEEN_ROOM = 2 ** 16
/** Texts told apart among what was seen, in the bits above a bucket's, within the whole numbers that are fast. */
const TEXTS = 2 ** 12

/**
 * Opens both rules (null: none, everything weighs nothing); each divides by the root of its squares, so that long texts say no
 * more than short ones. Sums are of whole numbers, so that any part of a text is the difference of two of them.
 */
export function openWeigher(featured: Featured, weights: SentimentWeights | null): Weigher {
  const weighed: Weighed = {
    mood: 0,
    neutral: 0,
    features: 0,
    han: 0,
    latin: 0,
    foreign: 0,
    glad: 0,
    bitter: 0,
  }
  // The answer is held by whoever asks: as long as it is, so are the tables.
  const codes = keep(codesOf(weights), weighed)
  const mood = keep(weights?.mood.book ?? NO_BOOK, weighed)
  const neutral = keep(weights?.neutral.book ?? NO_BOOK, weighed)
  // Buckets of the text by open addressing, each with the text's number: what is left of another text is free room.
  const seen = roomFor(4 * SEEN_ROOM, weighed)
  const repeated = roomFor(4 * SUMS, weighed)
  const sums = new Area(4 * SUMS * MOST_A_UNIT)
  const rules = rulesOf(weights)
  let text = 0

  /** Of the units from `start` to `end`, without the sums that stand at `less`. */
  function fill(start: number, end: number, less: number): Weighed {
    const all = numbers
    const row = featured.rows() >> 2
    const [first, after] = [row + ROW * start, row + ROW * end]
    const sum = sums.for(0) >> 2
    const [from, to] = [sum + SUMS * all[first]!, sum + SUMS * all[after]!]
    const features = all[after]! - all[first]!
    const of = (which: number): number => all[to + which]! - all[from + which]! - all[less + which]!
    weighed.mood = said(rules.mood, of(0), of(1))
    weighed.neutral = said(rules.neutral, of(2), of(3))
    weighed.features = features
    weighed.han = all[after + 1]! - all[first + 1]!
    weighed.latin = all[after + 2]! - all[first + 2]!
    weighed.foreign = all[after + 3]! - all[first + 3]!
    weighed.glad = all[after + 4]! - all[first + 4]!
    weighed.bitter = all[after + 5]! - all[first + 5]!
    return weighed
  }

  return {
    whole: (words) => {
      const count = featured.read(words)
      text += 1
      if (text === TEXTS) {
        numbers.fill(0, seen >> 2, (seen >> 2) + SEEN_ROOM)
        text = 1
      }
      let room = 64
      while (room < 8 * count && room < SEEN_ROOM) room *= 2
      const to = sums.for(words.length)
      loops.weigh(featured.buckets(), count, codes, mood, neutral, seen, room, text, to, repeated)
      return fill(0, words.length, repeated >> 2)
    },
    part: (start, end) => fill(start, end, NOTHING >> 2),
    buckets: () => featured.buckets() >> 2,
  }
}

/** A part leaves nothing out. */
const NOTHING = keep(new Int32Array(SUMS), loops)

interface Rule {
  readonly bias: number
  /** What one of a sum, and of its squares, stands for. */
  readonly unit: number
  readonly square: number
}

function said({ unit, square, bias }: Rule, sum: number, squares: number): number {
  return bias + (squares > 0 ? (sum * unit) / Math.sqrt(squares * square) : 0)
}

function rulesOf(weights: SentimentWeights | null): { readonly mood: Rule; readonly neutral: Rule } {
  const of = (rule: LearnedRule = { bias: 0, scale: 0, telling: 0 }): Rule => {
    const { weight, square } = unitsOf(rule)
    return { bias: rule.bias, unit: weight, square }
  }
  return { mood: of(weights?.head.mood), neutral: of(weights?.head.neutral) }
}

const NO_BOOK = new Int32Array(AXES * CODES)

/** What a bucket says to both rules, side by side, so that a feature costs one look into memory. */
function codesOf(weights: SentimentWeights | null): Uint8Array {
  const codes = new Uint8Array(2 * BUCKETS)
  for (let at = 0; at < BUCKETS; at += 1) {
    codes[2 * at] = weights?.mood.codes[at] ?? 0
    codes[2 * at + 1] = weights?.neutral.codes[at] ?? 0
  }
  return codes
}
