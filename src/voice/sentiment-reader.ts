import { logistic } from '../learning/model.ts'
import { BUCKETS, MOST_FEATURES, openFeatures } from './features.ts'
import { openFeeler, type Units } from './feel.ts'
import { foldInto, MOST_UNITS, signUnit } from './fold.ts'
import { textOf } from './normalise.ts'
import { EMOJI, moodOfSum, sumOf } from './sentiment.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import { type SentimentWeights, spread, type Zone } from './sentiment-weights.ts'

export const LABELS = ['negative', 'neutral', 'positive'] as const
export type Label = (typeof LABELS)[number]

/** How a text sounds. */
export interface Tone {
  /** -1 (bitter) to 1 (delighted); near 0: neither, or nobody knows. */
  readonly strength: number
  readonly label: Label
  /** Probability of the label, as far as known; a third where nothing is known. */
  readonly confidence: number
}

/** Signs a question ends with: ? 吗 呢 么 (full-width and traditional ones are folded). */
const ASKING = new Set(Array.from('?吗呢么', (sign) => sign.charCodeAt(0)))

export type ToneOf = (words: string) => Tone

/** What is known of a text before it is judged; good until the next reading. */
export interface Clues {
  /** Features in `buckets[0 .. count)`. */
  count: number
  readonly buckets: Uint32Array
  /** The lexicon's mood, -1..1. */
  lexicon: number
  /** True when the lexicon found any word or emoji with a mood. */
  spoken: boolean
  /** True when it ends as a question. */
  asks: boolean
  script: 'han' | 'latin' | 'none'
}

/** Nothing to read, or not a language we know. */
const NOTHING_LEARNED = { mood: 0, neutral: 0 }
const UNKNOWN: Tone = { strength: 0, label: 'neutral', confidence: 1 / 3 }

/**
 * Opens the reader of moods: the learned linear model and the word list together. Linear in the text, at most `MOST_UNITS` of it;
 * any string is safe; deterministic.
 */
export function openToneReader(weights: SentimentWeights, lexicon: SentimentLexicon): ToneOf {
  const cluesOf = openClues(lexicon)
  const score = openScorer(weights)
  const { lexicon: share, certainty, zones } = weights.head
  return (words) => {
    const clues = cluesOf(words)
    if (clues.script === 'none' && !clues.spoken) return UNKNOWN
    // Signs without words were not learned: the list of moods alone knows them.
    const learned = clues.script === 'none' ? NOTHING_LEARNED : score(clues)
    const script = clues.script === 'han' ? 'han' : 'latin'
    const evidence = learned.mood + share[script] * clues.lexicon
    const positive = logistic(certainty.slope * evidence + certainty.offset)
    const neutral = logistic(neutralOdds(zones[script], learned.neutral, evidence, clues))
    return toneOf(positive, neutral)
  }
}

/** Log-odds of "neutral": a text that leans to neither side, has no word of mood, or asks something. */
function neutralOdds(zone: Zone, neutral: number, evidence: number, { spoken, asks }: Clues): number {
  return (
    zone.base +
    zone.neutral * neutral +
    zone.size * Math.abs(evidence) +
    (spoken ? zone.word : 0) +
    (asks ? zone.asks : 0)
  )
}

function toneOf(positive: number, neutral: number): Tone {
  const [for_, against] = [(1 - neutral) * positive, (1 - neutral) * (1 - positive)]
  const strength = for_ - against
  if (neutral >= for_ && neutral >= against) return { strength, label: 'neutral', confidence: neutral }
  return for_ > against
    ? { strength, label: 'positive', confidence: for_ }
    : { strength, label: 'negative', confidence: against }
}

/** Opens what learning and reading share: a text's features, its mood words, its script. */
export function openClues(lexicon: SentimentLexicon): (words: string) => Clues {
  const featuresOf = openFeatures()
  const feel = openFeeler(lexicon)
  const kinds = kindsOf(lexicon)
  const counts = new Uint32Array(6)
  const units = new Uint16Array(MOST_UNITS)
  const text = { units, length: 0, words: () => wordsOf(text) }
  const clues: Clues = {
    count: 0,
    buckets: new Uint32Array(MOST_FEATURES),
    lexicon: 0,
    spoken: false,
    asks: false,
    script: 'none',
  }
  return (words) => {
    text.length = foldInto(units, words)
    clues.count = featuresOf(units, text.length, clues.buckets)
    counts.fill(0)
    for (let index = 0; index < text.length; index += 1) counts[kinds[units[index]!]!]! += 1
    const felt = feel(text)
    const [glad, bitter] = [counts[KINDS.glad]!, counts[KINDS.bitter]!]
    // The mean of the signs, so that ten of a kind are no louder than one.
    const signs = glad + bitter === 0 ? 0 : (glad - bitter) / (glad + bitter)
    clues.spoken = felt.count + glad + bitter > 0
    clues.lexicon = moodOfSum(sumOf(felt) + signs * EMOJI)
    clues.asks = text.length > 0 && ASKING.has(units[text.length - 1]!)
    clues.script = scriptOf(counts)
    return clues
  }
}

/** What the rules say of a text's features; each over the root of its squares, so that long texts say no more than short ones. */
export function openScorer({ head, mood, neutral }: SentimentWeights) {
  // One word per bucket, so that a feature costs one look into memory.
  const packed = new Uint32Array(BUCKETS)
  for (let at = 0; at < BUCKETS; at += 1) {
    packed[at] =
      ((mood.weights[at]! + 128) << 24) |
      (mood.telling[at]! << 16) |
      ((neutral.weights[at]! + 128) << 8) |
      neutral.telling[at]!
  }
  const weights = { mood: spread(head.mood.scale), neutral: spread(head.neutral.scale) }
  const squares = { mood: squaresOf(head.mood.telling), neutral: squaresOf(head.neutral.telling) }
  const found = { mood: 0, neutral: 0 }
  return ({ buckets, count }: Clues): { readonly mood: number; readonly neutral: number } => {
    let moodSum = 0
    let moodNorm = 0
    let neutralSum = 0
    let neutralNorm = 0
    for (let at = 0; at < count; at += 1) {
      const word = packed[buckets[at]!]!
      moodSum += weights.mood[word >>> 24]!
      moodNorm += squares.mood[(word >>> 16) & 0xff]!
      neutralSum += weights.neutral[(word >>> 8) & 0xff]!
      neutralNorm += squares.neutral[word & 0xff]!
    }
    found.mood = head.mood.bias + (moodNorm > 0 ? moodSum / Math.sqrt(moodNorm) : 0)
    found.neutral = head.neutral.bias + (neutralNorm > 0 ? neutralSum / Math.sqrt(neutralNorm) : 0)
    return found
  }
}

function squaresOf(most: number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, byte) => ((byte / 255) * most) ** 2)
}

/** What a unit is, for counting. */
const KINDS = { other: 0, han: 1, latin: 2, foreign: 3, glad: 4, bitter: 5 } as const

/** The kind of every unit; signs with a mood as the lexicon has them. */
function kindsOf({ emoji }: SentimentLexicon): Uint8Array {
  const kinds = new Uint8Array(65_536)
  const fill = (from: number, to: number, kind: number) => kinds.fill(kind, from, to + 1)
  fill(0x3400, 0x9fff, KINDS.han)
  fill(0x61, 0x7a, KINDS.latin)
  // Other alphabets, kana, Hangul (whole and in pieces).
  fill(0xc0, 0x1fff, KINDS.foreign)
  fill(0x3040, 0x30ff, KINDS.foreign)
  fill(0xac00, 0xd7ff, KINDS.foreign)
  for (const [point, mood] of emoji) {
    kinds[signUnit(String.fromCodePoint(point))] = mood > 0 ? KINDS.glad : KINDS.bitter
  }
  return kinds
}

/** Chinese or English, whichever has more to say; none: neither has half of the letters. */
function scriptOf(counts: Uint32Array): Clues['script'] {
  const [han, latin, foreign] = [counts[KINDS.han]!, counts[KINDS.latin]!, counts[KINDS.foreign]!]
  // One Chinese character says as much as some three letters.
  if (han + latin === 0 || han * 3 + latin < foreign) return 'none'
  return han * 3 >= latin ? 'han' : 'latin'
}

function wordsOf({ units, length }: Units): string {
  return textOf({ units, size: length })
}
