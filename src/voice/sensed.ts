import { severityOf, WORD_CLASSES, type WordClass } from './entry.ts'
import type { Hit, Origins } from './hit.ts'
import type { Sensed } from './sense.ts'
import type { Units } from './surroundings.ts'

/**
 * Hits with what whole sentences say: one that speaks of leaving, say, without any of its words is a hit itself. Where such
 * words stand, the rules for words have judged it already.
 */
export function withSensed(
  hits: readonly Hit[],
  text: Units,
  { from, to }: Origins,
  sense: Sensed,
): readonly Hit[] {
  let all: Hit[] | null = null
  for (const { start, end, han, says } of sense.of(text)) {
    const entries = han ? sense.zh : sense.en
    const span = { start: from[start]!, end: to[end - 1]! }
    for (let nth = 0; nth < WORD_CLASSES.length; nth += 1) {
      const entry = (says & (1 << nth)) === 0 ? undefined : entries[WORD_CLASSES[nth]!]
      if (entry === undefined || isSaid(entry.class, hits, span)) continue
      const { term, class: wordClass, own } = entry
      const named = own === undefined ? { term, class: wordClass } : { term, class: wordClass, own }
      all ??= [...hits]
      all.push({ ...named, severity: severityOf(entry), span, counted: true, why: 'sounds' })
    }
  }
  return all ?? hits
}

/** Without what is told of a sentence by a word that was switched off. */
export function withoutOff(hits: readonly Hit[], words: string, { off }: Sensed): readonly Hit[] {
  if (off === undefined) return hits
  return hits.filter(
    ({ why, class: wordClass, span }) =>
      why !== 'sounds' || !off(words.slice(span.start, span.end)).some((hit) => hit.class === wordClass),
  )
}

/** Whether a word of a class stands there, whether it counts or not. */
function isSaid(wordClass: WordClass, hits: readonly Hit[], span: Hit['span']): boolean {
  for (const hit of hits) {
    if (hit.class === wordClass && hit.span.start >= span.start && hit.span.start < span.end) return true
  }
  return false
}
