import type { Action, Alert } from '../alerts/alert.ts'
import { refusesUndo, type UndoRefusal } from '../alerts/undo.ts'
import type { Asked, CaseRules, CaseTables } from './cases.ts'
import { tell } from './cases.ts'

export type Undone =
  | { readonly done: true; readonly alert: Alert; readonly action: Action | null }
  | { readonly done: false; readonly alert: Alert; readonly refusal: UndoRefusal }

/**
 * Takes back the last move of a case, if it is this person's and recent enough: the case and its timers stand as
 * before, and the history says so. Must run in one transaction.
 */
export async function undoMove(
  tables: CaseTables,
  id: string,
  at: Date,
  asked: Asked & { readonly person: NonNullable<Asked['person']> },
  rules: CaseRules,
): Promise<Undone> {
  const { alerts } = tables
  const alert = await alerts.get(id)
  if (alert === null) throw new Error(`no alert ${id}`)
  if (asked.request !== null && (await alerts.wasRequested(asked.request, id))) {
    return { done: true, alert, action: null }
  }
  const last = await alerts.lastAction(id)
  const refusal = refusesUndo(last?.action ?? null, asked.person.id, at, rules.undoMs)
  if (refusal !== null || last === null || last.before === null) {
    return { done: false, alert, refusal: refusal ?? 'nothing' }
  }
  const restored = await alerts.restore(alert, last.before, at)
  if (restored === null) return { done: false, alert, refusal: 'overtaken' }
  const action = await alerts.addAction({
    alert: id,
    at,
    by: asked.person.id,
    verb: 'undo',
    from: alert.state,
    to: restored.state,
    via: asked.via,
    note: '',
    detail: { undone: last.action.verb as Exclude<Action['verb'], 'open' | 'undo'> },
    request: asked.request,
    before: null,
  })
  await tell(tables, restored, action, rules)
  return { done: true, alert: restored, action }
}
