import { sentimentOf } from './sentiment.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'

export const MOOD_LABELS = ['negative', 'neutral', 'positive'] as const
export type MoodLabel = (typeof MOOD_LABELS)[number]

/** How a text reads. */
export interface SentimentReading {
  /** -1 (bitter) to 1 (delighted). */
  readonly strength: number
  readonly label: MoodLabel
  /** 0..1: how sure the label is. */
  readonly confidence: number
}

export type ReadSentiment = (text: string) => SentimentReading

/** Weaker than this says nothing either way. */
const NEUTRAL = 0.15
const UNSURE = 0.5

/** Reads by the words of mood alone. */
export function sentimentByWords(lexicon: SentimentLexicon): ReadSentiment {
  return (text) => {
    const strength = sentimentOf(text, lexicon)?.score ?? 0
    if (Math.abs(strength) < NEUTRAL) return { strength, label: 'neutral', confidence: UNSURE }
    const confidence = UNSURE + Math.abs(strength) / 2
    return { strength, label: strength < 0 ? 'negative' : 'positive', confidence }
  }
}
