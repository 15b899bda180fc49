import { MOST_FEATURES, openFeatures } from './features.ts'
import { type Feelings, openFeeler } from './feel.ts'
import { foldInto, MOST_UNITS, signUnit } from './fold.ts'
import { FoldedText, openText } from './open-text.ts'
import { EMOJI, moodOfSum } from './sentiment.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import type { Units } from './surroundings.ts'

/** Signs a question ends with: ? 吗 呢 么 (full-width and traditional ones are folded). */
const ASKING = new Set(Array.from('?吗呢么', (sign) => sign.charCodeAt(0)))

/** What is known of a text, or of a part of it, before it is judged; good until the next question. */
export interface Clues {
  /** Features in `buckets[first .. after)`; one with `REPEATED` stood in the text before. */
  first: number
  after: number
  readonly buckets: Uint32Array
  /** A part counts what it repeats from another one. */
  isPart: boolean
  /** The lexicon's mood, -1..1. */
  lexicon: number
  /** True when the lexicon found any word or emoji with a mood. */
  spoken: boolean
  /** True when it ends as a question. */
  asks: boolean
  script: 'han' | 'latin' | 'none'
}

export interface CluesReader {
  /** Reads a text. */
  of(words: string): Clues
  /** A stretch of the text read last, UTF-16 units, end exclusive. */
  ofPart(start: number, end: number): Clues
}

/** Opens what learning and reading share: a text's features, its mood words, its script. */
export function openClues(lexicon: SentimentLexicon): CluesReader {
  const featuresOf = openFeatures()
  const feel = openFeeler(lexicon)
  const kinds = kindsOf(lexicon)
  const units = new Uint16Array(MOST_UNITS)
  const from = new Uint32Array(MOST_UNITS)
  /** How many features there are before each unit. */
  const starts = new Uint16Array(MOST_UNITS + 1)
  let text: Units = new FoldedText(units, 0)
  /** What was read last, and whether it was folded one unit for one: then `from` is not written. */
  let last = ''
  let isPlain = false
  let count = 0
  let felt: Feelings | null = null
  const clues: Clues = {
    first: 0,
    after: 0,
    buckets: new Uint32Array(MOST_FEATURES),
    isPart: false,
    lexicon: 0,
    spoken: false,
    asks: false,
    script: 'none',
  }

  /** Counts the units from `start` to `end` of the folded text and adds up the moods found there. */
  function gather(start: number, end: number): Clues {
    const { units } = text
    let han = 0
    let latin = 0
    let foreign = 0
    let glad = 0
    let bitter = 0
    for (let index = start; index < end; index += 1) {
      const unit = units[index]!
      if (unit >= FIRST_HAN && unit <= LAST_HAN) han += 1
      else if (unit >= 0x61 && unit <= 0x7a) latin += 1
      // Nearly all units are one of these: the others alone are looked up.
      else if (unit > 0x7a) {
        const kind = kinds[unit]!
        if (kind === KINDS.foreign) foreign += 1
        else if (kind === KINDS.glad) glad += 1
        else if (kind === KINDS.bitter) bitter += 1
      }
    }
    let sum = 0
    let spoken = glad + bitter > 0
    for (let one = 0; one < felt!.count; one += 1) {
      const at = felt!.start[one]!
      if (at < start || at >= end) continue
      sum += felt!.score[one]!
      spoken = true
    }
    // The mean of the signs, so that ten of a kind are no louder than one.
    if (glad + bitter > 0) sum += (EMOJI * (glad - bitter)) / (glad + bitter)
    clues.lexicon = moodOfSum(sum)
    clues.spoken = spoken
    clues.asks = end > start && ASKING.has(units[end - 1]!)
    clues.script = scriptOf(han, latin, foreign)
    return clues
  }

  function fold(words: string): void {
    const plain = openText(words).folded
    last = words
    isPlain = plain !== null && plain.length <= MOST_UNITS
    text = isPlain ? plain! : new FoldedText(units, foldInto(units, from, words))
  }

  /** The folded unit that stands for the first written one from `place` on. */
  function unitAt(place: number): number {
    if (!isPlain) return placeOf(from, text.length, place)
    if (place > text.length) return text.length
    // A blank goes with what follows it.
    return place > 0 && text.units[place - 1] === BLANK ? place - 1 : place
  }

  return {
    of: (words) => {
      fold(words)
      count = featuresOf(text.units, text.length, clues.buckets, starts)
      felt = feel(text)
      clues.isPart = false
      clues.first = 0
      clues.after = count
      return gather(0, text.length)
    },
    ofPart: (start, end) => {
      // Somebody may have opened another text since.
      if (isPlain && openText(last).folded !== text) fold(last)
      const first = unitAt(start)
      const after = unitAt(end)
      clues.isPart = true
      clues.first = starts[first]!
      clues.after = starts[after]!
      return gather(first, after)
    },
  }
}

/** The first of the ascending `values[0 .. count)` that is no less than `least`. */
function placeOf(values: Uint16Array | Uint32Array, count: number, least: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

const BLANK = 0x20

const FIRST_HAN = 0x3400
const LAST_HAN = 0x9fff

/** What other units are, for counting. */
const KINDS = { other: 0, foreign: 1, glad: 2, bitter: 3 } as const

/** The kind of every unit but Chinese characters and letters from a to z; signs with a mood as the lexicon has them. */
function kindsOf({ emoji }: SentimentLexicon): Uint8Array {
  const kinds = new Uint8Array(65_536)
  const fill = (from: number, to: number) => kinds.fill(KINDS.foreign, from, to + 1)
  // Other alphabets, kana, Hangul (whole and in pieces).
  fill(0xc0, 0x1fff)
  fill(0x3040, 0x30ff)
  fill(0xac00, 0xd7ff)
  for (const [point, mood] of emoji) {
    kinds[signUnit(String.fromCodePoint(point))] = mood > 0 ? KINDS.glad : KINDS.bitter
  }
  return kinds
}

/** Chinese or English, whichever has more to say; none: neither has half of the letters. */
function scriptOf(han: number, latin: number, foreign: number): Clues['script'] {
  // One Chinese character says as much as some three letters.
  if (han + latin === 0 || han * 3 + latin < foreign) return 'none'
  return han * 3 >= latin ? 'han' : 'latin'
}
