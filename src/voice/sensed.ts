import { severityOf, type WordClass } from './entry.ts'
import type { Hit, Origins } from './hit.ts'
import { units } from './kernel/memory.ts'
import { type Sensed, SURE } from './sense.ts'
import type { Units } from './surroundings.ts'
import { HAN, KIND, SENTENCE_END, WORD } from './units.ts'

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
  let said: readonly number[] | null = null
  let next = 0
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = endOfSentence(text, start)
    if (oddsOf(start, end) < SURE) continue
    const entry = isHan(text, start, end) ? sense.zh : sense.en
    if (entry === undefined) continue
    const span = { start: from[start]!, end: to[end - 1]! }
    said ??= placesOf(entry.class, hits)
    while (next < said.length && said[next]! < span.start) next += 1
    if (next < said.length && said[next]! < span.end) continue
    all ??= [...hits]
    all.push({
      term: entry.term,
      class: entry.class,
      severity: severityOf(entry),
      span,
      counted: true,
      why: 'sounds',
    })
  }
  return all ?? hits
}

/** Where words of a class stand, ascending. */
function placesOf(wordClass: WordClass, hits: readonly Hit[]): number[] {
  const places = hits.flatMap((hit) => (hit.class === wordClass ? [hit.span.start] : []))
  return places.sort((one, other) => one - other)
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
