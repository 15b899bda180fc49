import { isResolved } from './courtesy.ts'
import { foundAt } from './flat-trie.ts'
import { numbers, units } from './kernel/memory.ts'
import { isNegated } from './negation.ts'
import { isHowTo } from './question.ts'
import type { Mark, SentimentLexicon } from './sentiment-lexicon.ts'
import { surroundingsOf, type Units } from './surroundings.ts'
import { SENTENCE_END } from './units.ts'

/** Mood words found in a text, in their order; the first `count` places of the arrays. Good until the next reading. */
export interface Feelings {
  count: number
  start: Int32Array
  end: Int32Array
  /** -1.. 1 and somewhat beyond, with what stands around it taken in. */
  score: Float64Array
  /** 1: the writer had expected better. */
  disappointed: Uint8Array
}

/** How far, in UTF-16 units, a word reaches that turns or strengthens the one after it. */
const REACH = 24
const REACH_HAN = 8
/** "Not a scam" is no praise; "no problem" is a little. */
const TURNED = { positive: -0.8, negative: -0.3, strongNegative: 0 }
const BEFORE_BUT = 0.7
const AFTER_BUT = 1.3
/** Room for the words before a mood word: more than twice as many as can stand within reach. */
const NEAREST = 64

/**
 * Opens a reader of mood words: one pass, in which what turns, strengthens or contrasts is remembered until its clause
 * or sentence ends. Linear in the text; the arrays of the answer are used again by the next reading.
 */
export function openFeeler({ trie, marks }: SentimentLexicon): (text: Units) => Feelings {
  const felt: Feelings = {
    count: 0,
    start: new Int32Array(64),
    end: new Int32Array(64),
    score: new Float64Array(64),
    disappointed: new Uint8Array(64),
  }
  const before = { count: 0, mark: new Int32Array(NEAREST), end: new Int32Array(NEAREST) }
  return (text) => {
    let sentence = 0
    let weight = 1
    let mocked = false
    felt.count = 0
    before.count = 0
    const count = trie.phrasesIn(text)
    for (let one = 0, at = foundAt(); one < count; one += 1, at += 3) {
      const number = numbers[at]!
      const start = numbers[at + 1]!
      const ends = numbers[at + 2]!
      if (ends !== 0) before.count = 0
      if ((ends & SENTENCE_END) !== 0) {
        sentence = felt.count
        weight = 1
        mocked = false
      }
      const mark = marks[number]!
      const end = start + trie.lengths[number]!
      if (mark.score !== null) {
        if (!(mark.matter && isNoMood(text, start, end))) {
          const score = weight * shaded(mark.score, start, text.at >> 1)
          add(felt, start, end, mocked && score > 0 ? score * TURNED.positive : score, mark)
          mocked ||= mark.mocks
        }
        before.count = 0
      } else if (mark.but) {
        // Each word is dimmed once, by the first "but" after it.
        for (; sentence < felt.count; sentence += 1) felt.score[sentence]! *= BEFORE_BUT
        weight = AFTER_BUT
        before.count = 0
      }
      if (mark.turns || mark.times !== 1) remember(number, end)
    }
    return felt
  }

  function remember(number: number, end: number): void {
    if (before.count === NEAREST) {
      before.count = NEAREST / 2
      before.mark.copyWithin(0, NEAREST / 2)
      before.end.copyWithin(0, NEAREST / 2)
    }
    before.mark[before.count] = number
    before.end[before.count] = end
    before.count += 1
  }

  /** The word's own mood, turned and strengthened by what stands before it in the clause. */
  function shaded(score: number, start: number, text: number): number {
    let shade = score
    let turned = false
    for (let one = 0; one < before.count; one += 1) {
      const end = before.end[one]!
      if (start - end > (units[text + end - 1]! > 0x2e80 ? REACH_HAN : REACH)) continue
      const mark = marks[before.mark[one]!]!
      if (mark.turns) turned = !turned
      shade *= mark.times
    }
    if (!turned) return shade
    if (shade > 0) return shade * TURNED.positive
    return shade * (score <= -1 ? TURNED.strongNegative : TURNED.negative)
  }
}

function add(felt: Feelings, start: number, end: number, score: number, { disappointed }: Mark): void {
  const at = felt.count
  if (at === felt.start.length) grow(felt)
  felt.start[at] = start
  felt.end[at] = end
  felt.score[at] = score
  felt.disappointed[at] = disappointed ? 1 : 0
  felt.count += 1
}

function grow(felt: Feelings): void {
  const twice = <T extends { set(from: T): void }>(bigger: T, old: T): T => {
    bigger.set(old)
    return bigger
  }
  const size = felt.count * 2
  felt.start = twice(new Int32Array(size), felt.start)
  felt.end = twice(new Int32Array(size), felt.end)
  felt.score = twice(new Float64Array(size), felt.score)
  felt.disappointed = twice(new Uint8Array(size), felt.disappointed)
}

/** A refund that is asked about, not wanted, or came through quickly says nothing against us. */
function isNoMood(text: Units, start: number, end: number): boolean {
  const around = surroundingsOf(text, start, end)
  return isHowTo(around, false) || isNegated(around, true) || isResolved(around)
}
