import type { Voice } from '../timeline/history.ts'
import { fingerprint } from './fingerprint.ts'
import { type Sentiment, sentimentOf } from './sentiment.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import type { Tone, ToneOf } from './sentiment-reader.ts'

/** The mood of one voice, -1 (bitter) to 1 (delighted): its words, and its rating where it has one. */
export type Mood = Sentiment

/** Null: neither words of mood nor a rating; a question or a date is no mood. */
export type MoodOf = (voice: Pick<Voice, 'id' | 'text' | 'rating'>) => Mood | null

/** A rating (0-10) that is neither content nor discontent, and how many points away from it is a full mood. */
const MIDDLE = 6
const REACH = 4
/** Voices remembered; half a year of a large company's. About 100 bytes each. */
const REMEMBERED = 400_000

/** A learned tone is taken for a mood from this probability on; a wrong mood is worse than none. */
const SURE = 0.8

/**
 * The mood of a voice: words and rating in equal parts, or the one that is there. Where the words are in no list, the learned
 * tone stands for them if it is sure.
 */
export function moodOf(
  text: string,
  rating: number | null,
  lexicon: SentimentLexicon,
  toneOf?: ToneOf,
): Mood | null {
  const said = sentimentOf(text, lexicon) ?? (toneOf === undefined ? null : learnedMood(toneOf(text)))
  if (rating === null) return said
  const rated = Math.min(1, Math.max(-1, (rating - MIDDLE) / REACH))
  if (said === null) return { score: rated, disappointed: null, darkest: null }
  return { ...said, score: (said.score + rated) / 2 }
}

/** It names no word: a quote of it is its first sentence. */
function learnedMood({ strength, label, confidence }: Tone): Mood | null {
  if (label === 'neutral' || confidence < SURE) return null
  return { score: strength, disappointed: null, darkest: null }
}

/** Reads moods and remembers them by voice id, so that a night reads only what is new or was corrected. */
export function moodReader(lexicon: SentimentLexicon, toneOf?: ToneOf, remembered = REMEMBERED): MoodOf {
  type Entry = { readonly mark: number; readonly rating: number | null; readonly mood: Mood | null }
  let fresh = new Map<string, Entry>()
  let old = new Map<string, Entry>()
  return ({ id, text, rating }) => {
    const known = fresh.get(id) ?? old.get(id)
    const mark = fingerprint(text)
    if (known !== undefined && known.mark === mark && known.rating === rating) {
      if (!fresh.has(id)) fresh.set(id, known)
      return known.mood
    }
    const mood = moodOf(text, rating, lexicon, toneOf)
    // What was not asked for during a whole generation is forgotten.
    if (fresh.size >= remembered / 2) [old, fresh] = [fresh, new Map()]
    fresh.set(id, { mark, rating, mood })
    return mood
  }
}
