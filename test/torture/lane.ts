import type { Store } from '../../src/store/store.ts'
import { moveOf, type Press } from '../alerts/told.ts'
import { minutes, person, RULES } from '../store/samples.ts'

/** What one worker does to one case, one press after the other. */
export interface Errand {
  readonly alert: string
  readonly presses: readonly Press[]
}

/** What each press of an errand was refused with; null: it was done. */
export type Answers = readonly (string | null)[]

/** Does all errands at once, as people at different cards would; `via` tells afterwards whose press an action was. */
export function runErrands(store: Store, lane: string, errands: readonly Errand[]): Promise<Answers[]> {
  return Promise.all(errands.map((errand) => runErrand(store, lane, errand)))
}

async function runErrand(store: Store, lane: string, { alert, presses }: Errand): Promise<Answers> {
  const answers: (string | null)[] = []
  for (const [index, press] of presses.entries()) {
    const by = press.by === null ? null : person(press.by.id, press.by.role)
    const asked = { person: by, via: viaOf(lane, index), request: null, note: '' }
    // All in one minute: the history is then told in the order in which it was written.
    const move = moveOf(press, minutes(0), minutes(3_000))
    const moved = await store.cases.move(alert, move, asked, RULES)
    answers.push(moved.done ? null : moved.refusal)
  }
  return answers
}

export const viaOf = (lane: string, index: number): string => `${lane}/${index}`
