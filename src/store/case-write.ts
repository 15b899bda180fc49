import type { Action, Alert } from '../alerts/alert.ts'
import type { Change } from '../alerts/move.ts'
import type { ChannelRef } from '../chat/chat.ts'
import type { NewId } from '../ids.ts'
import type { AlertTier, Assessment } from '../risk/assessment.ts'
import type { CaseRow, RunningTimer } from './case-row.ts'
import { dueOf, isSameTimer } from './case-row.ts'
import { json } from './rows.ts'
import type { Ask, Statement } from './statement.ts'
import type { Before } from './timers.ts'

/** Everything one move writes. */
export interface CaseWrite {
  readonly alert: Alert
  readonly ended: readonly string[]
  readonly begun: readonly { readonly kind: string; readonly at: Date; readonly firedAt?: Date | null }[]
  /** What was known when a watch begins; null: it stays as it is. */
  readonly baseline: Assessment | null
  readonly action: Omit<Action, 'alert'> & { readonly request: string | null; readonly before: Before | null }
}

/**
 * A move, its timers, its line of history and what is to be told, all in one statement, so all or nothing. The version
 * is the lock: when someone was faster the first part finds nothing and the others write nothing.
 */
const WRITE: Statement = {
  name: 'case-write',
  sql: `
  WITH moved AS (
    UPDATE alert SET version = alert.version + 1, state = v.state, tier = v.tier, owner = v.owner,
      escalated = v.escalated, course = v.course, claimed_at = v.claimed_at, contacted_at = v.contacted_at,
      closed_at = v.closed_at, watch_from = v.watch_from, watch_until = v.watch_until,
      snoozed_until = v.snoozed_until, outcome = v.outcome,
      assessment = coalesce(v.assessment, alert.assessment), baseline = coalesce(v.baseline, alert.baseline)
    FROM jsonb_to_record($4::jsonb) AS v(state text, tier text, owner text, escalated int, course text,
      claimed_at timestamptz, contacted_at timestamptz, closed_at timestamptz, watch_from timestamptz,
      watch_until timestamptz, snoozed_until timestamptz, outcome jsonb, assessment jsonb, baseline jsonb)
    WHERE alert.id = $1::uuid AND alert.version = $2::int AND alert.state = $3 RETURNING alert.id),
  ended AS (
    UPDATE timer SET done_at = $5::timestamptz
    WHERE id IN (SELECT value::uuid FROM jsonb_array_elements_text($6::jsonb)) AND EXISTS (SELECT 1 FROM moved)),
  begun AS (
    INSERT INTO timer (id, alert, kind, due_at, fired_at)
    SELECT t.id, moved.id, t.kind, t.due_at, t.fired_at
    FROM moved, jsonb_to_recordset($7::jsonb) AS t(id uuid, kind text, due_at timestamptz, fired_at timestamptz)
    ON CONFLICT (alert, kind, due_at) DO UPDATE SET done_at = NULL, fired_at = excluded.fired_at),
  done AS (
    INSERT INTO action (id, alert, at, by, verb, "from", "to", via, note, detail, request, before)
    SELECT a.id, moved.id, a.at, a.by, a.verb, a."from", a."to", a.via, a.note, a.detail, a.request, a.before
    FROM moved, jsonb_to_record($8::jsonb) AS a(id uuid, at timestamptz, by text, verb text, "from" text, "to" text,
      via text, note text, detail jsonb, request text, before jsonb)),
  carded AS (
    INSERT INTO card (id, alert, chat, channel)
    SELECT c.id, moved.id, c.chat, c.channel
    FROM moved, jsonb_to_recordset($9::jsonb) AS c(id uuid, chat text, channel text)
    ON CONFLICT (alert, chat, channel) DO NOTHING),
  raised AS (
    UPDATE outbox SET priority = $11::int
    WHERE card IN (SELECT c.id FROM card c JOIN moved ON c.alert = moved.id)
      AND state = 'queued' AND priority > $11::int),
  told AS (
    INSERT INTO outbox (id, card, kind, body, dedupe, priority, not_before, created_at)
    SELECT o.id, o.card, o.kind, o.body, o.dedupe, $11::int, $5::timestamptz, $5::timestamptz
    FROM moved, jsonb_to_recordset($10::jsonb) AS o(id uuid, card uuid, kind text, body jsonb, dedupe text)
    ON CONFLICT (dedupe) DO NOTHING)
  SELECT to_jsonb(count(*)) AS body FROM moved`,
}

export const URGENCY: Readonly<Record<AlertTier, number>> = { P0: 0, P1: 1, P2: 2 }

/** Writes a move on the case as it was looked at; null when someone was faster. */
export async function writeCase(
  ask: Ask,
  newId: NewId,
  { alert: before, timers, cards }: CaseRow,
  { alert: after, ended, begun, baseline, action }: CaseWrite,
  channels: readonly ChannelRef[],
): Promise<Alert | null> {
  const version = before.version + 1
  const fresh = channels
    .filter(({ chat, channel }) => !cards.some((card) => card.chat === chat && card.channel === channel))
    .map(({ chat, channel }) => ({ id: newId(), chat, channel }))
  const told = [...cards, ...fresh].flatMap(({ id: card }) => [
    { id: newId(), card, kind: 'card', body: { version }, dedupe: `card:${card}:v${version}` },
    { id: newId(), card, kind: 'reply', body: { action: action.id }, dedupe: `reply:${card}:${action.id}` },
  ])
  const values = columnsOf(after, after.assessment === before.assessment ? null : after.assessment, baseline)
  const started = begun.map(({ kind, at, firedAt = null }) => ({
    id: newId(),
    kind,
    due_at: at,
    fired_at: firedAt,
  }))
  const moved = await ask<number>(WRITE, [
    before.id,
    before.version,
    before.state,
    JSON.stringify(values),
    action.at.toISOString(),
    JSON.stringify(ended),
    JSON.stringify(started),
    JSON.stringify({ ...action, detail: json(action.detail) }),
    JSON.stringify(fresh),
    JSON.stringify(told),
    URGENCY[after.tier],
  ])
  if (moved !== 1) return null
  const running: Omit<RunningTimer, 'id'>[] = [
    ...timers.filter((timer) => !ended.includes(timer.id) && !begun.some((each) => isSameTimer(each, timer))),
    ...begun.map(({ kind, at, firedAt = null }) => ({ kind: kind as RunningTimer['kind'], at, firedAt })),
  ]
  return { ...after, version, due: dueOf(running) }
}

/** The columns a move can change, by their names. */
function columnsOf(alert: Alert, assessment: Assessment | null, baseline: Assessment | null) {
  return {
    state: alert.state,
    tier: alert.tier,
    owner: alert.owner,
    escalated: alert.escalated,
    course: alert.course,
    claimed_at: alert.claimedAt,
    contacted_at: alert.contactedAt,
    closed_at: alert.closedAt,
    watch_from: alert.watchFrom,
    watch_until: alert.watchUntil,
    snoozed_until: alert.snoozedUntil,
    outcome: alert.outcome,
    assessment,
    baseline,
  }
}

/** The case after a change, before it has been written. */
export function alertAfter(alert: Alert, { state, set }: Pick<Change, 'state' | 'set'>): Alert {
  return { ...alert, ...set, state }
}
