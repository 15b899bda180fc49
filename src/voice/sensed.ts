import { units } from './kernel/memory.ts'
import { HARDLY, type Sense, SURE } from './sense.ts'
import type { Units } from './surroundings.ts'
import { HAN, KIND, SENTENCE_END, WORD } from './units.ts'
import type { Hit, Origins } from './words.ts'

/** Stands for a word where the whole sentence says that its writer leaves, and none that the lexicon knows. */
export const SENSED = { han: '要走', other: 'leaving' } as const

/**
 * Hits with what whole sentences say: one that speaks of leaving without a word of it is a hit itself; a word of leaving in one
 * that speaks of something else does not count. Where words of leaving stand that the rules say mean something else, the
 * rules are right.
 */
export function withSensed(
  hits: readonly Hit[],
  text: Units,
  { from, to }: Origins,
  sense: Sense,
): readonly Hit[] {
  const oddsOf = sense(text)
  let all: Hit[] | null = null
  for (let start = 0; start < text.length; ) {
    const end = endOfSentence(text, start)
    const odds = oddsOf(start, end)
    if (odds >= SURE || odds < HARDLY) {
      const span = { start: from[start]!, end: to[end - 1]! }
      const inside: readonly Hit[] = (all ?? hits).filter((hit) => isLeaving(hit) && isIn(hit.span, span))
      if (odds < HARDLY) {
        if (inside.some(({ counted }) => counted)) {
          all = (all ?? hits).map((hit) => (inside.includes(hit) && hit.counted ? unlike(hit) : hit))
        }
      } else if (inside.length === 0) {
        all ??= [...hits]
        all.push(sensedAt(span, isHan(text, start, end)))
      }
    }
    start = end
  }
  return all ?? hits
}

function isLeaving(hit: Hit): boolean {
  return hit.class === 'strong-churn'
}

function isIn(inner: Hit['span'], outer: Hit['span']): boolean {
  return inner.start >= outer.start && inner.start < outer.end
}

function unlike(hit: Hit): Hit {
  return { ...hit, counted: false, why: 'unlike' }
}

function sensedAt(span: Hit['span'], han: boolean): Hit {
  const term = han ? SENSED.han : SENSED.other
  return { term, class: 'strong-churn', severity: 3, span, counted: true, why: 'sounds' }
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
