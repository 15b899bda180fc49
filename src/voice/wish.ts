import type { Found } from './cue-finder.ts'
import { endsClause, endsSentence } from './cue-units.ts'
import { type Cues, KINDS, type WishCue } from './cues.ts'
import { openText } from './open-text.ts'

/** Something a customer would like to have: where it is said, UTF-16 units, end exclusive. */
export interface Wish {
  readonly start: number
  readonly end: number
}

/** A wish says what for: fewer units than this behind its first words are none. */
const LEAST = 2
const LONGEST = 200

/**
 * The first wish of a text: "希望可以早点开门", "I wish the app would …", to the end of its clause; "要是能在线预约就好了" from
 * where it begins to where it is closed; "再优惠点就更好了" the clause that is closed.
 */
export function wishIn(text: string, found: Found, cues: Cues): Wish | null {
  let begun: number | null = null
  let seen = 0
  for (let index = 0; index < found.count; index += 1) {
    const value = found.values[index]!
    if (cues.kinds[value] !== KINDS.wish) continue
    const cue = cues.meanings[value] as WishCue
    const [start, end] = [found.starts[index]!, found.ends[index]!]
    for (; begun !== null && seen < start; seen += 1) if (endsSentence(openText(text), seen)) begun = null
    seen = start
    if (cue.part === 'when') begun ??= start
    else if (cue.part !== 'closing' || begun !== null) {
      const from = cue.part === 'alone' ? clauseStart(text, begun ?? start) : (begun ?? start)
      const wish = cue.part === 'start' ? fromStart(text, start, end) : closed(from, start, end)
      if (wish !== null) return wish
    }
  }
  return null
}

function fromStart(text: string, start: number, from: number): Wish | null {
  let end = from
  // "建议：多开几个工位": the sign after the first words ends nothing.
  while (end < text.length && /[:：,，\s]/.test(text[end]!)) end += 1
  const said = end
  while (end < text.length && end - start < LONGEST && !endsClause(openText(text), end)) end += 1
  return end - said < LEAST ? null : { start, end }
}

function closed(start: number, closing: number, end: number): Wish | null {
  return closing - start < LEAST || closing - start > LONGEST ? null : { start, end }
}

function clauseStart(text: string, from: number): number {
  let start = from
  while (start > 0 && from - start < LONGEST && !endsClause(openText(text), start - 1)) start -= 1
  while (start < from && /\s/.test(text[start]!)) start += 1
  return start
}
