import { logistic } from '../learning/model.ts'
import { type Clues, openClues } from './clues.ts'
import { BUCKETS, MOST_FEATURES, REPEATED } from './features.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import type { Rule, SentimentWeights, Zone } from './sentiment-weights.ts'

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

/** Nothing to read, or not a language we know. */
const NOTHING_LEARNED = { mood: 0, neutral: 0 }
const UNKNOWN: Tone = { strength: 0, label: 'neutral', confidence: 1 / 3 }

/** Reads how a text sounds. */
export interface ToneOf {
  (words: string): Tone
  /**
   * How a stretch of the text that was read last sounds, UTF-16 units, end exclusive: out of what was found in it then, for a
   * fraction of a reading.
   */
  readonly part?: (start: number, end: number) => Tone
}

/**
 * Opens the reader of moods: the learned linear model and the word list together. Linear in the text, at most `MOST_UNITS` of it;
 * any string is safe; deterministic.
 */
export function openToneReader(weights: SentimentWeights, lexicon: SentimentLexicon): ToneOf {
  const clues = openClues(lexicon)
  const score = openScorer(weights)
  const { lexicon: share, certainty, zones } = weights.head
  const judged = (from: Clues): Tone => {
    if (from.script === 'none' && !from.spoken) return UNKNOWN
    // Signs without words were not learned: the list of moods alone knows them.
    const learned = from.script === 'none' ? NOTHING_LEARNED : score(from)
    const script = from.script === 'han' ? 'han' : 'latin'
    const evidence = learned.mood + share[script] * from.lexicon
    const positive = logistic(certainty.slope * evidence + certainty.offset)
    const neutral = logistic(neutralOdds(zones[script], learned.neutral, evidence, from))
    return toneOf(positive, neutral)
  }
  return Object.assign((words: string) => judged(clues.of(words)), {
    part: (start: number, end: number) => judged(clues.ofPart(start, end)),
  })
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

/**
 * What the rules say of a text's features; each over the root of its squares, so that long texts say no more than short ones.
 * In whole numbers, of which the bytes of the weights are the roots: a part's sums are then exactly a difference.
 */
export function openScorer({ head, mood, neutral }: SentimentWeights) {
  // One word per bucket, so that a feature costs one look into memory.
  const packed = new Int32Array(BUCKETS)
  for (let at = 0; at < BUCKETS; at += 1) {
    packed[at] =
      (mood.weights[at]! << 24) |
      (mood.telling[at]! << 16) |
      ((neutral.weights[at]! & 0xff) << 8) |
      neutral.telling[at]!
  }
  // For a part's sums: four of each feature, of all that stand before it.
  const upTo = new Int32Array(4 * (MOST_FEATURES + 1))
  const sums = { mood: 0, moodSquares: 0, neutral: 0, neutralSquares: 0 }
  const found = { mood: 0, neutral: 0 }
  return (clues: Clues): { readonly mood: number; readonly neutral: number } => {
    if (clues.isPart) between(upTo, clues, sums)
    else addUp(packed, clues, upTo, sums)
    found.mood = said(head.mood, sums.mood, sums.moodSquares)
    found.neutral = said(head.neutral, sums.neutral, sums.neutralSquares)
    return found
  }
}

interface Sums {
  mood: number
  moodSquares: number
  neutral: number
  neutralSquares: number
}

function said({ bias, scale, telling }: Rule, sum: number, squares: number): number {
  return squares > 0 ? bias + ((sum / Math.sqrt(squares)) * (scale / 127 ** 2)) / (telling / 255) : bias
}

function between(upTo: Int32Array, { first, after }: Clues, sums: Sums): void {
  const [from, to] = [4 * first, 4 * after]
  sums.mood = upTo[to]! - upTo[from]!
  sums.moodSquares = upTo[to + 1]! - upTo[from + 1]!
  sums.neutral = upTo[to + 2]! - upTo[from + 2]!
  sums.neutralSquares = upTo[to + 3]! - upTo[from + 3]!
}

/** Adds up a whole text: what stands in it twice counts once there, and twice in `upTo`. */
function addUp(packed: Int32Array, { buckets, after }: Clues, upTo: Int32Array, sums: Sums): void {
  let mood = 0
  let moodSquares = 0
  let neutral = 0
  let neutralSquares = 0
  sums.mood = 0
  sums.moodSquares = 0
  sums.neutral = 0
  sums.neutralSquares = 0
  for (let at = 0; at < after; at += 1) {
    const feature = buckets[at]!
    const bytes = packed[feature & (BUCKETS - 1)]!
    const forMood = bytes >> 24
    const tellsMood = (bytes >>> 16) & 0xff
    const forNeutral = (bytes << 16) >> 24
    const tellsNeutral = bytes & 0xff
    mood += forMood * Math.abs(forMood)
    moodSquares += tellsMood * tellsMood
    neutral += forNeutral * Math.abs(forNeutral)
    neutralSquares += tellsNeutral * tellsNeutral
    const to = 4 * at + 4
    upTo[to] = mood
    upTo[to + 1] = moodSquares
    upTo[to + 2] = neutral
    upTo[to + 3] = neutralSquares
    if (feature < REPEATED) continue
    sums.mood -= forMood * Math.abs(forMood)
    sums.moodSquares -= tellsMood * tellsMood
    sums.neutral -= forNeutral * Math.abs(forNeutral)
    sums.neutralSquares -= tellsNeutral * tellsNeutral
  }
  sums.mood += mood
  sums.moodSquares += moodSquares
  sums.neutral += neutral
  sums.neutralSquares += neutralSquares
}
