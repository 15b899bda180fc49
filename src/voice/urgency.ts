import type { UrgentWhy } from './cue-file.ts'
import type { Found } from './cue-finder.ts'
import { type Cues, KINDS, type UrgencyCue } from './cues.ts'

/** How soon a voice wants an answer, and why. */
export interface Urgency {
  readonly level: 'none' | 'soon' | 'now'
  /** The strongest reason; null: none. */
  readonly why: UrgentWhy | null
  readonly span: { readonly start: number; readonly end: number } | null
}

const NONE: Urgency = { level: 'none', why: null, span: null }

/** The most pressing of what was found; of equals the first. */
export function urgencyIn(found: Found, cues: Cues): Urgency {
  let best = NONE
  for (let index = 0; index < found.count; index += 1) {
    const value = found.values[index]!
    if (cues.kinds[value] !== KINDS.urgency) continue
    const cue = cues.meanings[value] as UrgencyCue
    if (best.level === 'now' || cue.level === best.level) continue
    const span = { start: found.starts[index]!, end: found.ends[index]! }
    best = { level: cue.level, why: cue.why, span }
  }
  return best
}
