import { type Feelings, openFeeler } from './feel.ts'
import { Area, units } from './kernel/memory.ts'
import { normalise } from './normalise.ts'
import { BEYOND } from './open-text.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import type { Units } from './surroundings.ts'

/** How a voice sounds. */
export interface Sentiment {
  /** -1 (bitter) to 1 (delighted). */
  readonly score: number
  /** Where the writer says that they had expected better, in UTF-16 units of the text; null: nowhere. */
  readonly disappointed: { readonly start: number; readonly end: number } | null
  /** The darkest word, for a quote; null: none. */
  readonly darkest: { readonly start: number; readonly end: number } | null
}

/** Weight of the emoji beside the words. */
export const EMOJI = 0.8
/** Larger: more words are needed for a full score. */
const DAMPING = 1.5

/**
 * The mood of a text from the words in it, their negations and strengths, and emoji. Null when no word of mood is in it.
 * Linear in the text; any string is safe.
 */
export function sentimentOf(words: string, lexicon: SentimentLexicon): Sentiment | null {
  const normal = normalise(words)
  const felt = feelerOf(lexicon)(unitsOf(normal.text))
  const emoji = emojiIn(words, lexicon)
  if (felt.count === 0 && emoji === null) return null
  const span = (one: number) =>
    one < 0 ? null : { start: normal.from[felt.start[one]!]!, end: normal.to[felt.end[one]! - 1]! }
  return {
    score: moodOfSum(sumOf(felt) + (emoji ?? 0) * EMOJI),
    disappointed: span(darkestOf(felt, true)),
    darkest: span(darkestOf(felt, false)),
  }
}

/** Mood words added up, brought into -1..1. */
export function moodOfSum(sum: number): number {
  return sum / Math.sqrt(sum * sum + DAMPING)
}

const feelers = new WeakMap<SentimentLexicon, ReturnType<typeof openFeeler>>()

function feelerOf(lexicon: SentimentLexicon): ReturnType<typeof openFeeler> {
  let feeler = feelers.get(lexicon)
  if (feeler === undefined) {
    feeler = openFeeler(lexicon)
    feelers.set(lexicon, feeler)
  }
  return feeler
}

const area = new Area(2)

/** A folded text as units; good until the next one. */
export function unitsOf(text: string): Units {
  const at = area.for(text.length)
  for (let index = 0, place = at >> 1; index < text.length; index += 1, place += 1) {
    units[place] = text.charCodeAt(index)
  }
  // Who looks ahead from the last unit sees none.
  units.fill(0, (at >> 1) + text.length, (at >> 1) + text.length + BEYOND)
  return { at, length: text.length, words: () => text }
}

export function sumOf({ count, score }: Feelings): number {
  let sum = 0
  for (let one = 0; one < count; one += 1) sum += score[one]!
  return sum
}

/** The darkest word's place, of equals the first; of those only that had expected better, where asked. -1: none. */
function darkestOf({ count, score, disappointed }: Feelings, letDown: boolean): number {
  let dark = -1
  for (let one = 0; one < count; one += 1) {
    if (score[one]! >= 0 || (letDown && disappointed[one] === 0)) continue
    if (dark < 0 || score[one]! < score[dark]!) dark = one
  }
  return dark
}

/** The mean of the emoji that carry a mood, so that ten of a kind are no louder than one; null: none. */
function emojiIn(words: string, { emoji }: SentimentLexicon): number | null {
  let sum = 0
  let count = 0
  for (const sign of words) {
    const mood = emoji.get(sign.codePointAt(0)!)
    if (mood === undefined) continue
    sum += mood
    count += 1
  }
  return count === 0 ? null : sum / count
}
