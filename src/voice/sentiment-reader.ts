import { logistic } from '../learning/model.ts'
import { type Clues, openClues } from './clues.ts'
import { BUCKETS, REPEATED } from './features.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import {
  lexiconShare,
  type SentimentWeights,
  spread,
  type WeightsHead,
  type Zone,
} from './sentiment-weights.ts'

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

/** A word of mood in a text, and whether it asks something. */
type Signs = Pick<Clues, 'spoken' | 'asks'>

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
  const { lexicon: share } = weights.head
  const judged = (from: Clues): Tone => {
    if (from.script === 'none' && !from.spoken) return UNKNOWN
    // Signs without words were not learned: the list of moods alone knows them.
    const learned = from.script === 'none' ? NOTHING_LEARNED : score(from)
    const script = from.script === 'han' ? 'han' : 'latin'
    const evidence = learned.mood + lexiconShare(share[script], from.after - from.first) * from.lexicon
    return toneOf(weights.head, script, evidence, learned.neutral, from)
  }
  return Object.assign((words: string) => judged(clues.of(words)), {
    part: (start: number, end: number) => judged(clues.ofPart(start, end)),
  })
}

/** What evidence for or against, the rule of "neutral" and two signs in a text make together. */
export function toneOf(
  { certainty, zones }: Pick<WeightsHead, 'certainty' | 'zones'>,
  script: keyof WeightsHead['zones'],
  evidence: number,
  neutralRule: number,
  signs: Signs,
): Tone {
  const positive = logistic(certainty.slope * evidence + certainty.offset)
  const neutral = logistic(neutralOdds(zones[script], neutralRule, evidence, signs))
  const [for_, against] = [(1 - neutral) * positive, (1 - neutral) * (1 - positive)]
  const strength = for_ - against
  if (neutral >= for_ && neutral >= against) return { strength, label: 'neutral', confidence: neutral }
  return for_ > against
    ? { strength, label: 'positive', confidence: for_ }
    : { strength, label: 'negative', confidence: against }
}

/** Log-odds of "neutral": a text that leans to neither side, has no word of mood, or asks something. */
function neutralOdds(zone: Zone, neutral: number, evidence: number, { spoken, asks }: Signs): number {
  return (
    zone.base +
    zone.neutral * neutral +
    zone.size * Math.abs(evidence) +
    (spoken ? zone.word : 0) +
    (asks ? zone.asks : 0)
  )
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
  return ({ buckets, first, after, isPart }: Clues): { readonly mood: number; readonly neutral: number } => {
    let moodSum = 0
    let moodNorm = 0
    let neutralSum = 0
    let neutralNorm = 0
    for (let at = first; at < after; at += 1) {
      const feature = buckets[at]!
      if (feature >= REPEATED && !isPart) continue
      const word = packed[feature & (BUCKETS - 1)]!
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
