import type { Action, ActionDetail, Alert } from '../alerts/alert.ts'
import { changeOf } from '../alerts/change.ts'
import type { Move } from '../alerts/move.ts'
import { openingTimers } from '../alerts/pace.ts'
import type { CaseTerms } from '../alerts/sla.ts'
import type { Refusal } from '../alerts/transition.ts'
import { refuses } from '../alerts/transition.ts'
import type { ChannelRef } from '../chat/chat.ts'
import type { Person } from '../records/person.ts'
import { mayActAs } from '../records/person.ts'
import type { AlertTier } from '../risk/assessment.ts'
import type { AlertTable, NewAlert } from './alerts.ts'
import type { AssessmentTable } from './assessments.ts'
import type { OutboxTable } from './outbox.ts'
import type { TimerTable } from './timers.ts'

/** What opening and moving cases follows: deadlines by tier, and where cards go. */
export interface CaseRules extends CaseTerms {
  route(tier: AlertTier): readonly ChannelRef[]
}

export interface CaseTables {
  readonly alerts: AlertTable
  readonly assessments: AssessmentTable
  readonly outbox: OutboxTable
  readonly timers: TimerTable
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
    before: null,
  })
  await tables.timers.start(opened.id, openingTimers(alert.tier, alert.openedAt, rules))
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
  const before = asked.person === null ? null : await tables.alerts.before(alert)
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
    before,
  })
  await tell(tables, changed, action, rules)
  return { done: true, alert: changed, action }
}

/** Brings every card of the case up to date and adds a line to its threads. */
export async function tell(
  { outbox }: CaseTables,
  alert: Alert,
  action: Action,
  rules: CaseRules,
): Promise<void> {
  await outbox.enqueueCard(alert, rules.route(alert.tier), action.at)
  await outbox.enqueueReply(alert, action.id, action.at)
}

function detailOf(before: Alert, after: Alert, move: Move): ActionDetail {
  switch (move.verb) {
    case 'worsen':
      return { fromTier: before.tier, toTier: after.tier }
    case 'overdue':
      return { clock: move.missed!.clock, dueAt: move.missed!.at.toISOString() }
    case 'reassign':
      return { to: move.to!, ...held(before) }
    case 'release':
      return held(before)
    case 'course':
      return { course: move.course! }
    default:
      return move.until === undefined ? {} : { until: move.until.toISOString() }
  }
}

const held = ({ owner }: Alert): ActionDetail => (owner === null ? {} : { held: owner })
