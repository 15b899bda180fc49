import { endsClause, endsSentence, type WrittenUnits } from './cue-units.ts'
import type { Topic } from './cues.ts'

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
export function partsOf(text: WrittenUnits, hits: readonly TopicHit[], turns: readonly number[]): Part[] {
  const parts: Part[] = []
  let part: Part | null = null
  /** Where the clauses begin that go with the next topic. */
  let from = 0
  let clause = 0
  let turn = 0
  for (let index = 0; index < text.length; ) {
    while (turn < turns.length && turns[turn]! <= index) turn += 1
    const end = clauseEnd(text, index, turns[turn] ?? text.length)
    const first: number = parts.at(-1)?.after ?? 0
    let after = first
    while (after < hits.length && hits[after]!.start < end) after += 1
    if (after > first) {
      part = { start: part === null ? from : clause, end, first, after }
      parts.push(part)
    } else if (part !== null) part.end = end
    // What begins a sentence, or stands against what was said before, goes with neither.
    if (end === turns[turn] || endsSentence(text, end - 1)) {
      part = null
      from = end
    }
    clause = end
    index = end
  }
  return parts
}

/** Where the clause ends that begins at `start`, its signs included ("……", "?!"); at the next "but" in any case. */
function clauseEnd(text: WrittenUnits, start: number, turn: number): number {
  let index = start
  while (index < turn && !endsClause(text, index)) index += 1
  while (index < turn && endsClause(text, index)) index += 1
  return index
}
