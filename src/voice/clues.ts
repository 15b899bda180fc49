import { type Featured, openFeatured } from './featured.ts'
import { type Feelings, openFeeler } from './feel.ts'
import { foldInto, MOST_UNITS, signUnit } from './fold.ts'
import { Area, age, units } from './kernel/memory.ts'
import { openText, placed } from './open-text.ts'
import { EMOJI, moodOfSum } from './sentiment.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import type { SentimentWeights } from './sentiment-weights.ts'
import type { Units } from './surroundings.ts'
import { openWeigher, type Weighed } from './weigh.ts'

/** Signs a question ends with: ? 吗 呢 么 (full-width and traditional ones are folded). */
const ASKING = new Uint8Array(0x10000)
for (const sign of '?吗呢么') ASKING[sign.charCodeAt(0)] = 1

/** What is known of a text, or of a part of it, before it is judged; good until the next question. */
export interface Clues {
  /** What the learned rules say of it, and how many features it has. */
  weighed: Weighed
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
  /** Buckets of the text read last, as a place in the loops' `numbers`. */
  readonly buckets: () => number
}

/** Opens what learning and reading share: a text's features, its mood words, its script. `weights` null: nothing is learned yet. */
export function openClues(
  lexicon: SentimentLexicon,
  weights: SentimentWeights | null,
  featured: Featured = featuredBy(lexicon),
): CluesReader {
  const weigher = openWeigher(featured, weights)
  const feel = openFeeler(lexicon)
  const folded = new Area(2)
  const longer = { units: new Uint16Array(MOST_UNITS), from: new Uint32Array(MOST_UNITS) }
  /** What was read last, and whether it was folded one unit for one: then `from` is not written. */
  let last = ''
  let lastAge = -1
  let isPlain = false
  let text: Units = placed(folded, longer.units, 0)
  let felt: Feelings | null = null
  const clues: Clues = {
    weighed: weigher.whole(text),
    lexicon: 0,
    spoken: false,
    asks: false,
    script: 'none',
  }

  /** Adds up the moods found from `start` to `end` of the folded text. */
  function gather(start: number, end: number, weighed: Weighed): Clues {
    const { glad, bitter } = weighed
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
    clues.weighed = weighed
    clues.lexicon = moodOfSum(sum)
    clues.spoken = spoken
    clues.asks = end > start && ASKING[units[(text.at >> 1) + end - 1]!] === 1
    clues.script = scriptOf(weighed)
    return clues
  }

  function fold(words: string): void {
    const plain = openText(words).folded
    last = words
    isPlain = plain !== null && plain.length <= MOST_UNITS
    text = isPlain ? plain! : placed(folded, longer.units, foldInto(longer.units, longer.from, words))
    lastAge = age
  }

  /** The folded unit that stands for the first written one from `place` on. */
  function unitAt(place: number): number {
    if (!isPlain) return placeOf(longer.from, text.length, place)
    if (place > text.length) return text.length
    // A blank goes with what follows it.
    return place > 0 && units[(text.at >> 1) + place - 1] === BLANK ? place - 1 : place
  }

  return {
    of: (words) => {
      fold(words)
      felt = feel(text)
      return gather(0, text.length, weigher.whole(text))
    },
    ofPart: (start, end) => {
      // Somebody may have opened another text since.
      if (age !== lastAge || (isPlain && openText(last).folded !== text)) fold(last)
      featured.read(text)
      const first = unitAt(start)
      const after = unitAt(end)
      return gather(first, after, weigher.part(first, after))
    },
    buckets: weigher.buckets,
  }
}

/** A reader of features that knows the emoji of a word list. */
export function featuredBy({ emoji }: SentimentLexicon): Featured {
  return openFeatured(
    new Map(Array.from(emoji, ([point, mood]) => [signUnit(String.fromCodePoint(point)), mood])),
  )
}

/** The first of the ascending `values[0 .. count)` that is no less than `least`. */
function placeOf(values: Uint32Array, count: number, least: number): number {
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

/** Chinese or English, whichever has more to say; none: neither has half of the letters. */
function scriptOf({ han, latin, foreign }: Weighed): Clues['script'] {
  // One Chinese character says as much as some three letters.
  if (han + latin === 0 || han * 3 + latin < foreign) return 'none'
  return han * 3 >= latin ? 'han' : 'latin'
}
