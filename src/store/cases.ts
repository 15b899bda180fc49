import type { Action, ActionDetail, Alert } from '../alerts/alert.ts'
import { changeOf } from '../alerts/change.ts'
import type { Move } from '../alerts/move.ts'
import type { CaseTerms } from '../alerts/sla.ts'
import type { Refusal } from '../alerts/transition.ts'
import { refuses } from '../alerts/transition.ts'
import type { ChannelRef } from '../chat/chat.ts'
import type { NewId } from '../ids.ts'
import { FORESHOCK } from '../records/doer.ts'
import type { Person } from '../records/person.ts'
import { mayActAs } from '../records/person.ts'
import type { AlertTier, TierReason } from '../risk/assessment.ts'
import type { AlertTable } from './alerts.ts'
import type { AssessmentTable } from './assessments.ts'
import type { CaseRow } from './case-row.ts'
import { lookAt, timersAfter } from './case-row.ts'
import { alertAfter, writeCase } from './case-write.ts'
import type { Ask } from './statement.ts'
import { beforeMove } from './timers.ts'

/** What opening and moving cases follows: deadlines by tier, and where cards go. */
export interface CaseRules extends CaseTerms {
  route(tier: AlertTier, reason?: TierReason): readonly ChannelRef[]
}

/** A case by its id, or by the number people see. */
export type WhichCase = { readonly id: string } | { readonly no: number }

export interface CaseTables {
  readonly ask: Ask
  readonly newId: NewId
  readonly alerts: AlertTable
  readonly assessments: AssessmentTable
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

/**
 * Makes one move on a case if the transition table allows it: state, timers, action, cards. The same request
 * acts once; of two people pressing at the same moment one is refused with the state the other made.
 */
export async function moveCase(
  tables: CaseTables,
  which: WhichCase,
  move: Move,
  asked: Asked,
  rules: CaseRules,
): Promise<Moved | null> {
  // A lost race is seen at once as a newer version: a few rounds are plenty.
  for (let round = 0; round < 8; round += 1) {
    const row = await lookAt(tables.ask, which, asked.request)
    if (row === null) return null
    const { alert } = row
    if (row.requested) return { done: true, alert, action: null }
    const refusal = refuses(move.verb, alert, asked.person, mayActAs)
    if (refusal !== null) return { done: false, alert, refusal }
    const moved = await tryMove(tables, row, move, asked, rules)
    if (moved !== null) return moved
  }
  throw new Error(`case ${JSON.stringify(which)} kept changing while it was being moved`)
}

async function tryMove(
  tables: CaseTables,
  row: CaseRow,
  move: Move,
  asked: Asked,
  rules: CaseRules,
): Promise<Moved | null> {
  const { alert } = row
  const change = changeOf(alert, move, rules)
  const after = alertAfter(alert, change)
  const watching = after.state === 'watch' && alert.state !== 'watch'
  const baseline = watching ? ((await tables.assessments.latest(alert.customer)) ?? alert.assessment) : null
  const action: Action = {
    id: tables.newId(),
    alert: alert.id,
    at: move.at,
    by: asked.person?.id ?? FORESHOCK,
    verb: move.verb,
    from: alert.state,
    to: after.state,
    via: asked.via,
    note: asked.note,
    detail: { ...asked.detail, ...detailOf(alert, after, move) },
  }
  const before = asked.person === null ? null : beforeMove(row)
  const written = await writeCase(
    tables.ask,
    tables.newId,
    row,
    {
      alert: after,
      ...timersAfter(row.timers, change),
      baseline,
      action: { ...action, request: asked.request, before },
    },
    rules.route(after.tier, after.assessment.reason),
  )
  return written === null ? null : { done: true, alert: written, action }
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
    case 'step':
      return { step: move.step! }
    default:
      return move.until === undefined ? {} : { until: move.until.toISOString() }
  }
}

const held = ({ owner }: Alert): ActionDetail => (owner === null ? {} : { held: owner })
