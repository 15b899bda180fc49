import type { Action, ActionDetail, Alert } from '../alerts/alert.ts'
import type { Move } from '../alerts/change.ts'
import { changeOf } from '../alerts/change.ts'
import type { CaseTerms } from '../alerts/sla.ts'
import { dueClocks } from '../alerts/sla.ts'
import type { Refusal } from '../alerts/transition.ts'
import { refuses } from '../alerts/transition.ts'
import type { ChannelRef } from '../chat/chat.ts'
import type { Person } from '../records/person.ts'
import { mayActAs } from '../records/person.ts'
import type { AlertTier } from '../risk/assessment.ts'
import type { AlertTable, NewAlert } from './alerts.ts'
import type { AssessmentTable } from './assessments.ts'
import type { OutboxTable } from './outbox.ts'

/** What opening and moving cases follows: deadlines by tier, and where cards go. */
export interface CaseRules extends CaseTerms {
  route(tier: AlertTier): readonly ChannelRef[]
}

export interface CaseTables {
  readonly alerts: AlertTable
  readonly assessments: AssessmentTable
  readonly outbox: OutboxTable
}

/** Who asks, from where, and with which request id (null: the program itself). */
export interface Asked {
  readonly person: Person | null
  readonly via: string
  readonly request: string | null
  readonly note: string
  readonly detail?: ActionDetail
}

export type Moved =
  | { readonly done: true; readonly alert: Alert; readonly action: Action | null }
  | { readonly done: false; readonly alert: Alert; readonly refusal: Refusal }

export const FORESHOCK = 'foreshock'

/**
 * Opens a case: the alert, its first action, its three clocks and its cards. Must run in one transaction, with
 * the closing of the case it follows when it is a relapse.
 */
export async function openCase(
  tables: CaseTables,
  alert: NewAlert,
  rules: CaseRules,
  note: string,
): Promise<Alert> {
  const opened = await tables.alerts.insert(alert)
  await tables.alerts.addAction({
    alert: opened.id,
    at: alert.openedAt,
    by: FORESHOCK,
    verb: 'open',
    from: null,
    to: 'open',
    via: FORESHOCK,
    note,
    detail: {},
    request: null,
  })
  for (const { clock, at } of dueClocks(alert.tier, alert.openedAt, rules.sla)) {
    await tables.alerts.startTimer(opened.id, `sla-${clock}`, at)
  }
  const whole = (await tables.alerts.get(opened.id))!
  await tables.outbox.enqueueCard(whole, rules.route(alert.tier), alert.openedAt)
  return whole
}

/**
 * Makes one move on a case if the transition table allows it: state, timers, action, cards. The same request
 * acts once; of two people pressing at the same moment one is refused with the state the other made.
 * Must run in one transaction.
 */
export async function moveCase(
  tables: CaseTables,
  id: string,
  move: Move,
  asked: Asked,
  rules: CaseRules,
): Promise<Moved> {
  const { alerts } = tables
  // A lost race is seen at once as a newer version: a few rounds are plenty.
  for (let round = 0; round < 8; round += 1) {
    const alert = await alerts.get(id)
    if (alert === null) throw new Error(`no alert ${id}`)
    if (asked.request !== null && (await alerts.wasRequested(asked.request, id))) {
      // The other half of a double click may have finished between the two looks: show what it made.
      return { done: true, alert: (await alerts.get(id)) ?? alert, action: null }
    }
    const refusal = refuses(move.verb, alert, asked.person, mayActAs)
    if (refusal !== null) return { done: false, alert, refusal }
    const moved = await tryMove(tables, alert, move, asked, rules)
    if (moved !== null) return moved
  }
  throw new Error(`alert ${id} kept changing while it was being moved`)
}

async function tryMove(
  tables: CaseTables,
  alert: Alert,
  move: Move,
  asked: Asked,
  rules: CaseRules,
): Promise<Moved | null> {
  const change = changeOf(alert, move, rules)
  const watching = change.state === 'watch' && alert.state !== 'watch'
  const baseline = watching ? ((await tables.assessments.latest(alert.customer)) ?? alert.assessment) : null
  const changed = await tables.alerts.change(alert, change, baseline, move.at)
  if (changed === null) return null
  const action = await tables.alerts.addAction({
    alert: alert.id,
    at: move.at,
    by: asked.person?.id ?? FORESHOCK,
    verb: move.verb,
    from: alert.state,
    to: changed.state,
    via: asked.via,
    note: asked.note,
    detail: { ...asked.detail, ...detailOf(alert, changed, move) },
    request: asked.request,
  })
  await tables.outbox.enqueueCard(changed, rules.route(changed.tier), move.at)
  await tables.outbox.enqueueReply(changed, action.id, move.at)
  return { done: true, alert: changed, action }
}

function detailOf(before: Alert, after: Alert, move: Move): ActionDetail {
  if (move.verb === 'worsen') return { fromTier: before.tier, toTier: after.tier }
  return move.until === undefined ? {} : { until: move.until.toISOString() }
}
