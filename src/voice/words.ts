import { type Text, text } from '../text.ts'
import { isPoliteClosing, isResolved } from './courtesy.ts'
import type { Gap, Lexicon, LexiconEntry, Meaning, WordClass } from './lexicon.ts'
import { isNegated } from './negation.ts'
import { isWordUnit, type Normalised, normalise } from './normalise.ts'
import { isHowTo } from './question.ts'
import { type Surroundings, surroundingsOf } from './surroundings.ts'

/** Why a hit counts (`said`) or does not. */
export type Why = 'said' | 'negated' | 'how-to' | 'other-meaning' | 'closing' | 'resolved'

export const WHY_TEXTS: Readonly<Record<Why, Text>> = {
  said: text('客户这么说了', 'the customer says so'),
  negated: text('说的是“不”', 'said with a "not"'),
  'how-to': text('只是在问怎么操作或规则', 'asks how something works'),
  'other-meaning': text('这里是别的意思', 'means something else here'),
  closing: text('只是礼貌的告别', 'a polite goodbye'),
  resolved: text('过去的事，已经满意解决', 'over, and settled well'),
}

/** A lexicon term found in a voice. */
export interface Hit {
  /** The entry's term as the lexicon writes it. */
  readonly term: string
  readonly class: WordClass
  /** Place in the original text, UTF-16 units, end exclusive. */
  readonly span: { readonly start: number; readonly end: number }
  readonly counted: boolean
  readonly why: Why
}

/**
 * Finds the lexicon's terms in a text, longest first from the left, and says of each whether it counts. Linear in
 * the text; any string is safe.
 */
export function readWords(words: string, lexicon: Lexicon): Hit[] {
  const normal = normalise(words)
  const hits: Hit[] = []
  for (let index = 0; index < normal.text.length; ) {
    const phrase = lexicon.trie.longestAt(normal.text, index)
    if (phrase === null) {
      index += 1
      continue
    }
    hits.push(hitOf(normal, index, phrase.words.length, phrase.value))
    index += phrase.words.length
  }
  return hits
}

function hitOf(normal: Normalised, index: number, length: number, meaning: Meaning): Hit {
  const start = index + (meaning.inner?.start ?? 0)
  const end = index + (meaning.inner?.end ?? length)
  const why =
    meaning.inner === null ? judge(surroundingsOf(normal.text, start, end), meaning) : 'other-meaning'
  const span = { start: normal.from[start]!, end: normal.to[end - 1]! }
  return { term: meaning.entry.term, class: meaning.entry.class, span, counted: why === 'said', why }
}

function judge(around: Surroundings, { entry, gaps }: Meaning): Why {
  if (gaps.some((gap) => standsBy(gap, around))) return 'other-meaning'
  if (entry.closing && isPoliteClosing(around)) return 'closing'
  if (isNegated(around, entry.asked)) return 'negated'
  if (!isAct(entry)) return 'said'
  if (isHowTo(around, entry.asked)) return 'how-to'
  return isResolved(around) ? 'resolved' : 'said'
}

/** Only what one can do can be asked about or be over; an insult or a decision ("不会再来", "never again") cannot. */
function isAct(entry: LexiconEntry): boolean {
  return entry.class === 'strong-churn' && !/不|\b(?:not|never|won't)\b/.test(entry.term)
}

const GAP_UNITS = 24

/** True when the words that change the term's meaning stand near it in the same clause. */
function standsBy(gap: Gap, around: Surroundings): boolean {
  const near = gap.side === 'after' ? around.after.slice(0, GAP_UNITS + gap.words.length) : around.before
  const side = gap.side === 'after' ? near : near.slice(-(GAP_UNITS + gap.words.length))
  for (let at = side.indexOf(gap.words); at !== -1; at = side.indexOf(gap.words, at + 1)) {
    if (isWholeWord(side, at, at + gap.words.length)) return true
  }
  return false
}

/** Whole in English, a plural included; Chinese needs no boundary. */
function isWholeWord(side: string, start: number, end: number): boolean {
  const latin = isWordUnit(side[start])
  if (latin && isWordUnit(side[start - 1])) return false
  const rest = side.slice(end, end + 2)
  return !isWordUnit(side[end - 1]) || !isWordUnit(rest[0]) || (rest[0] === 's' && !isWordUnit(rest[1]))
}
