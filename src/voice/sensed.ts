import { severityOf } from './entry.ts'
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
  const sentences = sense.of(text)
  if (sentences.length === 0) return hits
  const all = [...hits]
  const said = hits.filter(isOfLeaving).map(({ span }) => span.start)
  said.sort((one, other) => one - other)
  let next = 0
  for (const { start, end, han } of sentences) {
    const entry = han ? sense.zh : sense.en
    if (entry === undefined) continue
    const span = { start: from[start]!, end: to[end - 1]! }
    while (next < said.length && said[next]! < span.start) next += 1
    if (next < said.length && said[next]! < span.end) continue
    const { term, class: wordClass } = entry
    all.push({ term, class: wordClass, severity: severityOf(entry), span, counted: true, why: 'sounds' })
  }
  return all
}

function isOfLeaving(hit: Hit): boolean {
  return hit.class === 'strong-churn'
}
