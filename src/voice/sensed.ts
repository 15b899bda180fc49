import { severityOf, type WordClass } from './entry.ts'
import type { Hit, Origins } from './hit.ts'
import type { Sensed } from './sense.ts'
import type { Units } from './surroundings.ts'

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
  let all: Hit[] | null = null
  for (const { start, end, han } of sense.of(text)) {
    const entry = han ? sense.zh : sense.en
    const span = { start: from[start]!, end: to[end - 1]! }
    if (entry === undefined || isSaid(entry.class, hits, span)) continue
    const { term, class: wordClass, own } = entry
    const named = own === undefined ? { term, class: wordClass } : { term, class: wordClass, own }
    all ??= [...hits]
    all.push({ ...named, severity: severityOf(entry), span, counted: true, why: 'sounds' })
  }
  return all ?? hits
}

/** Whether a word of a class stands there, whether it counts or not. */
function isSaid(wordClass: WordClass, hits: readonly Hit[], span: Hit['span']): boolean {
  for (const hit of hits) {
    if (hit.class === wordClass && hit.span.start >= span.start && hit.span.start < span.end) return true
  }
  return false
}
