import type { Topic } from './cues.ts'
import { numbers } from './kernel/memory.ts'
import type { OpenText } from './open-text.ts'

/** A word of a topic in its place. */
export interface TopicHit {
  readonly topic: Topic
  /** What the word itself says: 1 content, -1 not, 0 neither. */
  readonly mood: number
  readonly start: number
  readonly end: number
}

/** A stretch of a text that speaks of its own topics: of the hits from `first` up to, not including, `after`. */
export interface Part {
  readonly start: number
  end: number
  readonly first: number
  readonly after: number
}

/**
 * Cuts a text where its topics part: at clauses and at "but" (`turns`: where one stands). A clause without a topic goes
 * with the one before it, and else with the one after it, in the same sentence and on the same side of a "but".
 */
export function partsOf(text: OpenText, hits: readonly TopicHit[], turns: readonly number[]): Part[] {
  const parts: Part[] = []
  let part: Part | null = null
  /** Where the clauses begin that go with the next topic. */
  let from = 0
  let clause = 0
  let turn = 0
  let after = 0
  /** Places at which clauses end. */
  let next = text.outline + 1
  const last = next + text.ends
  while (clause < text.length) {
    while (turn < turns.length && turns[turn]! <= clause) turn += 1
    const most = turns[turn] ?? text.length
    // A clause ends with all its signs ("……", "?!"), and at the next "but" in any case.
    let end = most
    let sentence = false
    if (next < last && numbers[next]! >> 1 < most) {
      end = numbers[next]! >> 1
      while (next < last && numbers[next]! >> 1 === end && end < most) {
        sentence = (numbers[next]! & 1) === 1
        end += 1
        next += 1
      }
    }
    const first = after
    while (after < hits.length && hits[after]!.start < end) after += 1
    if (after > first) {
      part = { start: part === null ? from : clause, end, first, after }
      parts.push(part)
    } else if (part !== null) part.end = end
    // What begins a sentence, or stands against what was said before, goes with neither.
    if (end === turns[turn] || sentence) {
      part = null
      from = end
    }
    clause = end
  }
  return parts
}
