import { logistic } from '../learning/model.ts'
import { type Clues, openClues } from './clues.ts'
import type { Featured } from './featured.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import { lexiconShare, type SentimentWeights, type WeightsHead, type Zone } from './sentiment-weights.ts'

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
export function openToneReader(
  weights: SentimentWeights,
  lexicon: SentimentLexicon,
  featured?: Featured,
): ToneOf {
  const clues = openClues(lexicon, weights, featured)
  const { lexicon: share } = weights.head
  const judged = (from: Clues): Tone => {
    if (from.script === 'none' && !from.spoken) return UNKNOWN
    // Signs without words were not learned: the list of moods alone knows them.
    const learned = from.script === 'none' ? NOTHING_LEARNED : from.weighed
    const script = from.script === 'han' ? 'han' : 'latin'
    const evidence =
      learned.mood +
      lexiconShare(script === 'han' ? share.han : share.latin, from.weighed.features) * from.lexicon
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
  const neutral = logistic(
    neutralOdds(script === 'han' ? zones.han : zones.latin, neutralRule, evidence, signs),
  )
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
