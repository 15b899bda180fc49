import type { Alert } from '../alerts/alert.ts'
import { openingTimers } from '../alerts/pace.ts'
import type { ChannelRef } from '../chat/chat.ts'
import type { NewId } from '../ids.ts'
import { FORESHOCK } from '../records/doer.ts'
import type { NewAlert } from './alerts.ts'
import { dueOf } from './case-row.ts'
import { URGENCY } from './case-write.ts'
import type { CaseRules } from './cases.ts'
import { jsonText } from './rows.ts'
import type { Ask, Statement } from './statement.ts'

/** A case to be opened, and why. */
export interface Opening {
  readonly alert: NewAlert
  readonly note: string
}

/**
 * Cases, their first action, their clocks and their cards, all in one statement: what a customer says is followed at
 * once, and each statement more is a wait for the embedded database's one connection. Whoever was merged while they were
 * judged has it under the number that stays.
 */
const OPEN: Statement = {
  name: 'case-open',
  sql: `
  WITH opened AS (
    INSERT INTO alert (id, customer, tier, state, trigger, previous, assignee, opened_at, assessment)
    SELECT a.id, coalesce((SELECT p.customer FROM customer_part p WHERE p.id = a.customer), a.customer), a.tier, 'open', a.trigger, a.previous, a.assignee, a.at, a.assessment
    FROM jsonb_to_recordset($1::jsonb) AS a(id uuid, customer uuid, tier text, trigger text, previous uuid,
      assignee text, at timestamptz, assessment jsonb)
    RETURNING id, no),
  done AS (
    INSERT INTO action (id, alert, at, by, verb, "from", "to", via, note, detail)
    SELECT a.action, opened.id, a.at, '${FORESHOCK}', 'open', NULL, 'open', '${FORESHOCK}', a.note, '{}'
    FROM opened JOIN jsonb_to_recordset($1::jsonb) AS a(id uuid, action uuid, at timestamptz, note text) USING (id)),
  begun AS (
    INSERT INTO timer (id, alert, kind, due_at)
    SELECT t.id, t.alert, t.kind, t.at
    FROM jsonb_to_recordset($2::jsonb) AS t(id uuid, alert uuid, kind text, at timestamptz)
    ON CONFLICT (alert, kind, due_at) DO NOTHING),
  carded AS (
    INSERT INTO card (id, alert, chat, channel)
    SELECT c.id, c.alert, c.chat, c.channel
    FROM jsonb_to_recordset($3::jsonb) AS c(id uuid, alert uuid, chat text, channel text)),
  told AS (
    INSERT INTO outbox (id, card, kind, body, dedupe, priority, not_before, created_at)
    SELECT c.item, c.id, 'card', '{"version": 1}', 'card:' || c.id || ':v1', c.priority, c.at, c.at
    FROM jsonb_to_recordset($3::jsonb) AS c(id uuid, item uuid, priority int, at timestamptz))
  SELECT jsonb_object_agg(id, no) AS body FROM opened`,
}

/**
 * Opens cases: the alerts, the first action of each, its three clocks and its cards. Must run in one transaction with
 * what sets them off, such as the closing of the case that a relapse follows. Rejects when a customer has an open case.
 */
export async function openCases(
  { ask, newId }: { readonly ask: Ask; readonly newId: NewId },
  openings: readonly Opening[],
  rules: CaseRules,
): Promise<Alert[]> {
  if (openings.length === 0) return []
  const fresh = openings.map(({ alert, note }) => ({
    ...{ id: newId(), action: newId(), alert, note },
    timers: openingTimers(alert.tier, alert.openedAt, rules),
  }))
  const alerts = fresh.map(({ id, action, note, alert: { openedAt: at, ...alert } }) => ({
    ...alert,
    ...{ id, action, note, at },
  }))
  const timers = fresh.flatMap((each) =>
    each.timers.map((timer) => ({ ...timer, id: newId(), alert: each.id })),
  )
  const cards = fresh.flatMap(({ id, alert: { tier, assessment, openedAt: at } }) =>
    inOrder(rules.route(tier, assessment.reason)).map(({ chat, channel }) => ({
      ...{ id: newId(), alert: id, chat, channel },
      ...{ item: newId(), priority: URGENCY[tier], at },
    })),
  )
  const numbers = await ask<Record<string, number>>(OPEN, [
    jsonText(alerts),
    jsonText(timers),
    jsonText(cards),
  ])
  return fresh.map(({ id, alert, timers }) => ({
    ...alert,
    ...{
      id,
      no: numbers![id]!,
      state: 'open',
      version: 1,
      owner: null,
      escalated: 0,
      course: null,
      outcome: null,
    },
    ...{
      claimedAt: null,
      contactedAt: null,
      closedAt: null,
      watchFrom: null,
      watchUntil: null,
      snoozedUntil: null,
    },
    due: dueOf(timers.map((timer) => ({ ...timer, firedAt: null }))),
  }))
}

/** Each once, as the outbox has always had them. */
function inOrder(channels: readonly ChannelRef[]): ChannelRef[] {
  const places = new Map(channels.map((each) => [`${each.chat} ${each.channel}`, each]))
  return [...places.values()].toSorted((a, b) => (a.channel < b.channel ? -1 : 1))
}
