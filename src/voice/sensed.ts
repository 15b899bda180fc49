import { type LexiconEntry, severityOf } from './entry.ts'
import { units } from './kernel/memory.ts'
import { type Sense, SURE } from './sense.ts'
import type { Units } from './surroundings.ts'
import { HAN, KIND, SENTENCE_END, WORD } from './units.ts'
import type { Hit, Origins } from './words.ts'

/** The rule, and what stands in a hit for a sentence it speaks of; none: in that language it does not count. */
export interface Sensed {
  readonly of: Sense
  readonly zh?: LexiconEntry
  readonly en?: LexiconEntry
}

/**
 * Hits with what whole sentences say: one that speaks of leaving without any of its words is a hit itself. Where such words
 * stand, the rules for words have judged it already.
 */
export function withSensed(
  hits: readonly Hit[],
  text: Units,
  { from, to }: Origins,
  sense: Sensed,
): readonly Hit[] {
  const oddsOf = sense.of(text)
  let all: Hit[] | null = null
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = endOfSentence(text, start)
    if (oddsOf(start, end) < SURE) continue
    const entry = isHan(text, start, end) ? sense.zh : sense.en
    const span = { start: from[start]!, end: to[end - 1]! }
    if (entry === undefined || hits.some((hit) => hit.class === entry.class && isIn(hit.span, span))) continue
    const { term, class: wordClass } = entry
    all ??= [...hits]
    all.push({ term, class: wordClass, severity: severityOf(entry), span, counted: true, why: 'sounds' })
  }
  return all ?? hits
}

function isIn(inner: Hit['span'], outer: Hit['span']): boolean {
  return inner.start >= outer.start && inner.start < outer.end
}

/** Where the sentence that begins there ends, its marks included. */
function endOfSentence({ at, length }: Units, start: number): number {
  const first = at >> 1
  let end = start
  while (end < length && !isEnd(first, length, end)) end += 1
  while (end < length && (isEnd(first, length, end) || KIND[units[first + end]!] === 0)) end += 1
  return end
}

/** A full stop ends a sentence only where no letter or digit follows it. */
function isEnd(first: number, length: number, index: number): boolean {
  const unit = units[first + index]!
  if (unit !== STOP) return (KIND[unit]! & SENTENCE_END) !== 0
  return index + 1 >= length || (KIND[units[first + index + 1]!]! & (WORD | HAN)) === 0
}

const STOP = 0x2e

function isHan({ at }: Units, start: number, end: number): boolean {
  const first = at >> 1
  for (let index = start; index < end; index += 1) if ((KIND[units[first + index]!]! & HAN) !== 0) return true
  return false
}
