import { FORESHOCK } from '../records/doer.ts'
import type { Action } from './alert.ts'

/** Why a move is not taken back. */
export type UndoRefusal = 'nothing' | 'not-yours' | 'too-late' | 'overtaken'

/**
 * What was done last can be taken back by who did it, for a short while. Once the clock or someone else has acted
 * on it, it stays: taking it back would take theirs back too.
 */
export function refusesUndo(
  last: Pick<Action, 'by' | 'verb' | 'at'> | null,
  person: string,
  now: Date,
  undoMs: number,
): UndoRefusal | null {
  if (last === null || last.verb === 'open' || last.verb === 'undo') return 'nothing'
  if (last.by === FORESHOCK) return 'overtaken'
  if (last.by !== person) return 'not-yours'
  return now.getTime() - last.at.getTime() > undoMs ? 'too-late' : null
}
