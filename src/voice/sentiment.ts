import { isResolved } from './courtesy.ts'
import { isNegated } from './negation.ts'
import { normalise } from './normalise.ts'
import { isHowTo } from './question.ts'
import type { Mark, SentimentLexicon } from './sentiment-lexicon.ts'
import { surroundingsOf } from './surroundings.ts'

/** How a voice sounds. */
export interface Sentiment {
  /** -1 (bitter) to 1 (delighted). */
  readonly score: number
  /** Where the writer says that they had expected better, in UTF-16 units of the text; null: nowhere. */
  readonly disappointed: { readonly start: number; readonly end: number } | null
  /** The darkest word, for a quote; null: none. */
  readonly darkest: { readonly start: number; readonly end: number } | null
}

/** A mood word in its place, with what stands around it taken in. */
interface Felt {
  readonly start: number
  readonly end: number
  score: number
  readonly disappointed: boolean
}

const SENTENCE_ENDS = '。!?;\n…'
const CLAUSE_ENDS = ',、:"“”()「」『』【】《》'
/** How far, in UTF-16 units, a word reaches that turns or strengthens the one after it. */
const REACH = 24
const REACH_HAN = 8
const TURNED = { positive: -0.8, negative: -0.4 }
const BEFORE_BUT = 0.7
const AFTER_BUT = 1.3
const EMOJI = 0.8
/** Larger: more words are needed for a full score. */
const DAMPING = 1.5

/**
 * The mood of a text from the words in it, their negations and strengths, and emoji. Null when no word of mood is in it.
 * Linear in the text; any string is safe.
 */
export function sentimentOf(words: string, lexicon: SentimentLexicon): Sentiment | null {
  const normal = normalise(words)
  const felt = feel(normal.text, lexicon)
  const emoji = emojiIn(words, lexicon)
  if (felt.length === 0 && emoji === null) return null
  const sum = felt.reduce((total, { score }) => total + score, (emoji ?? 0) * EMOJI)
  const span = (one: Felt | undefined) =>
    one === undefined ? null : { start: normal.from[one.start]!, end: normal.to[one.end - 1]! }
  const dark = felt.filter(({ score }) => score < 0).sort((a, b) => a.score - b.score || a.start - b.start)
  return {
    score: sum / Math.sqrt(sum * sum + DAMPING),
    disappointed: span(dark.find(({ disappointed }) => disappointed)),
    darkest: span(dark[0]),
  }
}

/** One pass: what turns, strengthens or contrasts is remembered until its clause or sentence ends. */
function feel(text: string, lexicon: SentimentLexicon): Felt[] {
  const felt: Felt[] = []
  let sentence = 0
  let weight = 1
  let before: { mark: Mark; end: number }[] = []
  for (let index = 0; index < text.length; ) {
    const phrase = lexicon.trie.longestAt(text, index)
    if (phrase === null) {
      const unit = text[index]!
      if (isSentenceEnd(text, index)) [sentence, weight, before] = [felt.length, 1, []]
      else if (CLAUSE_ENDS.includes(unit)) before = []
      index += 1
      continue
    }
    const { value: mark, words } = phrase
    const end = index + words.length
    if (mark.score !== null && mark.matter && isNoMood(text, index, end)) before = []
    else if (mark.score !== null) {
      felt.push({
        start: index,
        end,
        disappointed: mark.disappointed,
        score: weight * shaded(mark.score, before, index, text),
      })
      before = []
    } else if (mark.but) {
      // Each word is dimmed once, by the first "but" after it.
      for (; sentence < felt.length; sentence += 1) felt[sentence]!.score *= BEFORE_BUT
      weight = AFTER_BUT
      before = []
    }
    if (mark.turns || mark.times !== 1) before.push({ mark, end })
    index = end
  }
  return felt
}

/** A refund that is asked about, not wanted, or came through quickly says nothing against us. */
function isNoMood(text: string, start: number, end: number): boolean {
  const around = surroundingsOf(text, start, end)
  return isHowTo(around, false) || isNegated(around, true) || isResolved(around)
}

/** The word's own mood, turned and strengthened by what stands before it in the clause. */
function shaded(
  score: number,
  before: readonly { mark: Mark; end: number }[],
  start: number,
  text: string,
): number {
  let shade = score
  let turned = false
  for (const { mark, end } of before) {
    if (start - end > (text.charCodeAt(end - 1) > 0x2e80 ? REACH_HAN : REACH)) continue
    if (mark.turns) turned = !turned
    shade *= mark.times
  }
  if (!turned) return shade
  return shade * (shade > 0 ? TURNED.positive : TURNED.negative)
}

/** A full stop ends a sentence only where no letter or digit follows it. */
function isSentenceEnd(text: string, index: number): boolean {
  const unit = text[index]!
  if (unit === '.') return !/[\p{L}\p{N}]/u.test(text[index + 1] ?? ' ')
  return SENTENCE_ENDS.includes(unit)
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
