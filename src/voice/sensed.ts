import { severityOf, type WordClass } from './entry.ts'
import { type Hit, hitOf, type Origins } from './hit.ts'
import type { Sensed } from './sense.ts'
import type { Units } from './surroundings.ts'

/**
 * Hits with what whole sentences say: one that speaks of leaving, say, without any of its words is a hit itself. Where such
 * words stand, the rules for words have judged it already (`words.ts`); only who surely says it is heard though no word counts.
 */
export function withSensed(
  hits: readonly Hit[],
  text: Units,
  { from, to }: Origins,
  sense: Sensed,
): readonly Hit[] {
  let all: Hit[] | null = null
  for (const { start, end, language, says, sure } of sense.of.saidIn(text)) {
    if (language === null) continue
    const entries = sense[language]
    const span = { start: from[start]!, end: to[end - 1]! }
    for (let nth = 0, left = says; left !== 0; nth += 1, left >>= 1) {
      const entry = (left & 1) === 0 ? undefined : entries[nth]
      if (entry === undefined || isSaid(entry.class, hits, span, ((sure >> nth) & 1) === 1)) continue
      all ??= [...hits]
      all.push(hitOf(entry, severityOf(entry), span, 'sounds'))
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

/** "啦啦啦啦啦": letters that somebody keeps typing say no more than one of them does. */
const RUN = /(\p{Script=Han})\1{3,}/gu

/** Without what is told of a sentence only for a sign that is repeated in it. `read` reads a text. */
export function withoutRuns(
  hits: readonly Hit[],
  words: string,
  read: (words: string) => readonly Hit[],
): readonly Hit[] {
  return hits.filter(({ why, class: own, span }) => {
    if (why !== 'sounds') return true
    const sentence = words.slice(span.start, span.end)
    const once = sentence.replace(RUN, '$1')
    return once === sentence || read(once).some((hit) => hit.counted && hit.class === own)
  })
}

/** Whether a word of a class stands there; where it is `sure` only one that counts, or has a "not" that tells more than all else. */
function isSaid(
  wordClass: WordClass,
  hits: readonly Hit[],
  { start, end }: Hit['span'],
  sure: boolean,
): boolean {
  for (const { class: own, span, counted, why } of hits) {
    const tells = counted || !sure || why === 'negated'
    if (tells && own === wordClass && span.start >= start && span.start < end) return true
  }
  return false
}
