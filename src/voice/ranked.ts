import { EVERYWHERE } from './sought.ts'
import { type Segmenter, termsOf } from './terms.ts'

/** Less of the query's weight than this is a chance hit, such as one character of a word. */
const LEAST = 0.3

/**
 * Which of some texts answer a query, the best first: places in the list. A word counts the more, the fewer texts have it;
 * words that none has count for nothing, nor do those that mean little (太, 了, "so") beside others, and a text that has too
 * little of the rest is left out.
 */
export function ranked(query: string, texts: readonly string[], segmenter: Segmenter): number[] {
  const asked = termsOf(query, segmenter).map(({ term }) => term)
  const telling = asked.filter((term) => !EVERYWHERE.has(term))
  const wanted = new Set(telling.length > 0 ? telling : asked)
  const held = texts.map((text) => new Set(termsOf(text, segmenter).map(({ term }) => term)))
  const weightOf = new Map(
    [...wanted].flatMap((term) => {
      const texts = held.filter((terms) => terms.has(term)).length
      return texts === 0
        ? []
        : [[term, Math.log(1 + held.length / texts) * Math.min(2, term.length)] as const]
    }),
  )
  const whole = [...weightOf.values()].reduce((sum, weight) => sum + weight, 0)
  return held
    .map((terms, at) => ({
      at,
      weight: [...weightOf].reduce((sum, [term, weight]) => sum + (terms.has(term) ? weight : 0), 0),
    }))
    .filter(({ weight }) => weight > 0 && weight >= LEAST * whole)
    .sort((a, b) => b.weight - a.weight || a.at - b.at)
    .map(({ at }) => at)
}
