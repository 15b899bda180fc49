import type { Action, Alert } from '../alerts/alert.ts'
import { refusesUndo, type UndoRefusal } from '../alerts/undo.ts'
import { lookAt } from './case-row.ts'
import { writeCase } from './case-write.ts'
import type { Asked, CaseRules, CaseTables } from './cases.ts'
import { putBack } from './timers.ts'

export type Undone =
  | { readonly done: true; readonly alert: Alert; readonly action: Action | null }
  | { readonly done: false; readonly alert: Alert; readonly refusal: UndoRefusal }

/**
 * Takes back the last move of a case, if it is this person's and recent enough: the case and its timers stand as
 * before, and the history says so. Null: there is no such case.
 */
export async function undoMove(
  tables: CaseTables,
  id: string,
  at: Date,
  asked: Asked & { readonly person: NonNullable<Asked['person']> },
  rules: CaseRules,
): Promise<Undone | null> {
  const row = await lookAt(tables.ask, { id }, asked.request)
  if (row === null) return null
  const { alert } = row
  if (row.requested) return { done: true, alert, action: null }
  const last = await tables.alerts.lastAction(alert.id)
  const refusal = refusesUndo(last?.action ?? null, asked.person.id, at, rules.undoMs)
  if (refusal !== null || last === null || last.before === null) {
    return { done: false, alert, refusal: refusal ?? 'nothing' }
  }
  const { alert: back, ...timers } = putBack(row, last.before)
  if (await hasNext(tables, alert)) return { done: false, alert, refusal: 'overtaken' }
  const action: Action = {
    id: tables.newId(),
    alert: alert.id,
    at,
    by: asked.person.id,
    verb: 'undo',
    from: alert.state,
    to: back.state,
    via: asked.via,
    note: '',
    detail: { undone: last.action.verb as Exclude<Action['verb'], 'open' | 'undo'> },
  }
  const write = {
    alert: back,
    ...timers,
    baseline: null,
    action: { ...action, request: asked.request, before: null },
  }
  const restored = await writeCase(
    tables.ask,
    tables.newId,
    row,
    write,
    rules.route(back.tier, back.assessment.reason),
  )
  return restored === null
    ? { done: false, alert, refusal: 'overtaken' }
    : { done: true, alert: restored, action }
}

/** What came in since may have opened the customer's next case, and they have one at a time. */
async function hasNext({ alerts }: CaseTables, { id, customer }: Alert): Promise<boolean> {
  const current = await alerts.current(customer)
  return (current !== null && current.id !== id) || (await alerts.successor(id)) !== null
}
