import { ownValue } from '../../src/own-value.ts'
import type { Label } from '../../src/voice/sentiment-reader.ts'

/** What people call a mood. */
const MOODS: Readonly<Record<string, Label>> = {
  negative: 'negative',
  neg: 'negative',
  bad: 'negative',
  负面: 'negative',
  消极: 'negative',
  差评: 'negative',
  neutral: 'neutral',
  中性: 'neutral',
  中立: 'neutral',
  positive: 'positive',
  pos: 'positive',
  good: 'positive',
  正面: 'positive',
  积极: 'positive',
  好评: 'positive',
}

export const MOOD_WORDS: readonly string[] = ['negative', 'neutral', 'positive']

/** The mood a word names; null: none. */
export function labelNamed(word: string): Label | null {
  return ownValue(MOODS, word.trim().toLowerCase()) ?? null
}
