import { LONGEST_PAUSE_MS } from '../chat/fault.ts'
import type { Gate, OutboxEntry, OutboxRows } from '../chat/outbox-rows.ts'
import type { NewId } from '../ids.ts'
import type { Db } from './rows.ts'
import type { Ask, Statement } from './statement.ts'

export interface LeasedItem extends OutboxEntry {
  readonly card: OutboxEntry['card'] & { readonly shown: number }
}

/** What the delivery loop does with the outbox. Every write is refused once the lease has gone to another (epoch). */
export function deliveryRows(db: Db, ask: Ask, newId: NewId): OutboxRows<LeasedItem> {
  const held = (item: LeasedItem) => ({ id: item.id, epoch: item.epoch, state: 'queued' })
  return {
    lease: (now, until, limit, gates = [], most = {}) => lease(ask, now, until, limit, gates, most),
    sent: async (item, shows, now, repeated = false) =>
      (await ask<number>(SENT, [
        ...[item.id, item.epoch, now.toISOString()],
        ...[shows?.message ?? item.card.message, shows?.version ?? item.card.shown],
        String(repeated),
      ])) === 1,
    posted: async (item, shows, now) =>
      (await ask<number>(POSTED, [item.id, item.epoch, now.toISOString(), shows.message, shows.version])) ===
      1,
    forget: async (item) => (await ask<number>(FORGET, [item.id, item.epoch])) === 1,
    release: async (item, notBefore, unclear) => {
      await db.outbox.updateMany({ where: held(item), data: { notBefore, leaseUntil: null, unclear } })
    },
    retry: async (item, error, notBefore, unclear = false) => {
      await db.outbox.updateMany({
        where: held(item),
        data: { error, notBefore, leaseUntil: null, attempts: item.attempts + 1, unclear },
      })
    },
    dead: async (item, error, reason = 'failed') => {
      await db.outbox.updateMany({
        where: held(item),
        data: { error, reason, state: 'dead', leaseUntil: null, attempts: item.attempts + 1 },
      })
    },
    redo: async (item, now, notBefore = now) => {
      await db.outbox.createMany({
        data: {
          ...{ id: newId(), card: item.card.id, kind: item.kind === 'notice' ? 'notice' : 'card', body: {} },
          priority: 0,
          ...{ dedupe: `redo:${item.id}:${item.epoch}`, notBefore, createdAt: now },
        },
        skipDuplicates: true,
      })
    },
    standing: async ({ card }) =>
      (await db.card.findUnique({ where: { id: card.id }, select: { message: true } }))?.message ?? null,
    pause: async (chat, channel, until, now) => {
      await ask<number>(PAUSE, [chat, channel ?? '', until.toISOString(), now.toISOString()])
    },
    pauses: (now) => db.chatPause.findMany({ where: { until: holding(now) }, orderBy: { until: 'desc' } }),
    age: async (chat, before, now) =>
      (await ask<number>(AGE, [chat, before.toISOString(), now.toISOString()])) ?? 0,
  }
}

/** Pauses that end within the longest there is: see LONGEST_PAUSE_MS. */
export function holding(now: Date): { readonly gt: Date; readonly lte: Date } {
  return { gt: now, lte: new Date(now.getTime() + LONGEST_PAUSE_MS) }
}

const LONGEST = `interval '${LONGEST_PAUSE_MS} milliseconds'`

/**
 * Per card only the oldest waiting item can be leased, and not while it is leased elsewhere: one writer a card, and a
 * thread line never overtakes the card it belongs to. A lease that ran out says that nobody knows what came of it. What was
 * never tried was told to wait by nobody, or by a time on the clock that was set back since.
 */
const LEASE: Statement = {
  name: 'outbox-lease',
  sql: `
  WITH gates AS MATERIALIZED (
    SELECT chat, channel, edits FROM jsonb_to_recordset($4::jsonb) AS g(chat text, channel text, edits boolean)
    UNION ALL SELECT chat, nullif(channel, ''), NULL FROM chat_pause
      WHERE until > $1::timestamptz AND until <= $1::timestamptz + ${LONGEST}),
  heads AS MATERIALIZED (
    SELECT DISTINCT ON (card) id, card, kind, priority, seq, lease_until,
      epoch = 0 AND not_before <= created_at AS is_new, not_before FROM outbox
    WHERE state = 'queued' ORDER BY card, seq),
  ready AS (
    SELECT h.id, h.priority, h.seq, c.chat,
      row_number() OVER (PARTITION BY c.chat, c.channel ORDER BY h.priority, h.seq) AS place
    FROM heads h JOIN card c ON c.id = h.card
    WHERE (h.is_new OR h.not_before <= $1::timestamptz OR h.not_before > $1::timestamptz + ${LONGEST})
      AND (h.lease_until IS NULL OR h.lease_until <= $1::timestamptz OR h.lease_until > $1::timestamptz + ${LONGEST})
      AND NOT EXISTS (
        SELECT 1 FROM gates g
        WHERE g.chat = c.chat AND coalesce(g.channel, c.channel) = c.channel
          AND coalesce(g.edits = (h.kind IN ('card', 'notice') AND c.message IS NOT NULL), true))),
  -- More than are wanted: other processes may be taking the same.
  picked AS MATERIALIZED (
    SELECT id FROM ready WHERE place <= coalesce(($5::jsonb ->> chat)::int, $3::int)
    ORDER BY priority, seq LIMIT $3::int * 3),
  due AS (
    SELECT o.id, o.lease_until IS NOT NULL AS lost FROM outbox o
    WHERE o.id = ANY (ARRAY (SELECT id FROM picked)) AND o.state = 'queued'
      AND (o.lease_until IS NULL OR o.lease_until <= $1::timestamptz OR o.lease_until > $1::timestamptz + ${LONGEST})
    ORDER BY o.priority, o.seq LIMIT $3::int FOR UPDATE SKIP LOCKED),
  leased AS (
    UPDATE outbox o SET lease_until = $2::timestamptz, epoch = o.epoch + 1, unclear = o.unclear OR due.lost,
      tried_at = coalesce(o.tried_at, $1::timestamptz)
    FROM due WHERE o.id = due.id
    RETURNING o.id, o.kind, o.body, o.attempts, o.epoch, o.unclear, o.repeated, o.tried_at, o.card, o.priority, o.seq)
  SELECT jsonb_agg(jsonb_build_object('id', l.id, 'kind', l.kind, 'action', l.body->>'action',
    'issue', (l.body->>'issue')::int, 'attempts', l.attempts, 'epoch', l.epoch, 'unclear', l.unclear,
    'repeated', l.repeated, 'triedAt', l.tried_at, 'card', jsonb_build_object('id', c.id, 'alert', c.alert,
      'chat', c.chat, 'channel', c.channel, 'message', c.message, 'shown', c.shown, 'issue', c.issue,
      'previous', to_jsonb(c.previous))) ORDER BY l.priority, l.seq) AS body
  FROM leased l JOIN card c ON c.id = l.card`,
}

async function lease(
  ask: Ask,
  now: Date,
  until: Date,
  limit: number,
  gates: readonly Gate[],
  most: Readonly<Record<string, number>>,
): Promise<LeasedItem[]> {
  const rows = await ask<(Omit<LeasedItem, 'triedAt'> & { readonly triedAt: string })[]>(LEASE, [
    ...[now.toISOString(), until.toISOString(), limit],
    ...[JSON.stringify(gates), JSON.stringify(most)],
  ])
  return (rows ?? []).map((row) => ({ ...row, triedAt: new Date(row.triedAt) }))
}

/**
 * One statement: a crash between the item and its card would lose which message shows the card, and the next
 * version would be posted as a second card. Edits queued behind this one for states it already shows are not made.
 */
const SENT: Statement = {
  name: 'outbox-sent',
  sql: `
  WITH done AS (
    UPDATE outbox SET state = 'sent', sent_at = $3::timestamptz, lease_until = NULL, error = NULL, unclear = false,
      repeated = repeated OR $6::boolean
    WHERE id = $1::uuid AND epoch = $2::int AND state = 'queued' RETURNING card),
  shown AS (
    UPDATE card SET message = $4::text, shown = $5::int,
      posted_at = CASE WHEN message IS DISTINCT FROM $4::text THEN $3::timestamptz ELSE posted_at END
    WHERE id IN (SELECT card FROM done) AND shown <= $5::int),
  swept AS (
    UPDATE outbox SET state = 'sent', sent_at = $3::timestamptz
    WHERE card IN (SELECT card FROM done) AND id <> $1::uuid
      AND state = 'queued' AND kind = 'card' AND (body->>'version')::int <= $5::int)
  SELECT to_jsonb(count(*)) AS body FROM done`,
}

/** A new message takes the place of the one before, which is remembered. */
const POSTED: Statement = {
  name: 'outbox-posted',
  sql: `
  WITH held AS (
    UPDATE outbox SET unclear = false WHERE id = $1::uuid AND epoch = $2::int AND state = 'queued' RETURNING card),
  shown AS (
    UPDATE card SET shown = $5::int, message = $4::text, posted_at = $3::timestamptz,
      issue = issue + CASE WHEN message IS NULL THEN 0 ELSE 1 END,
      previous = CASE WHEN message IS NULL THEN previous ELSE array_append(previous, message) END
    WHERE id IN (SELECT card FROM held) AND message IS DISTINCT FROM $4::text)
  SELECT to_jsonb(count(*)) AS body FROM held`,
}

const FORGET: Statement = {
  name: 'outbox-forget',
  sql: `
  WITH held AS (
    UPDATE outbox SET unclear = false WHERE id = $1::uuid AND epoch = $2::int AND state = 'queued' RETURNING card),
  gone AS (
    UPDATE card SET previous = array_append(previous, message), message = NULL, shown = 0, issue = issue + 1
    WHERE id IN (SELECT card FROM held) AND message IS NOT NULL)
  SELECT to_jsonb(count(*)) AS body FROM held`,
}

const PAUSE: Statement = {
  name: 'chat-pause',
  sql: `
  WITH paused AS (
    INSERT INTO chat_pause (chat, channel, until) VALUES ($1, $2, $3::timestamptz)
    ON CONFLICT (chat, channel) DO UPDATE SET until = CASE WHEN chat_pause.until > $4::timestamptz + ${LONGEST}
      THEN excluded.until ELSE greatest(chat_pause.until, excluded.until) END RETURNING 1)
  SELECT to_jsonb(count(*)) AS body FROM paused`,
}

/**
 * Who was kept stays in the plan for customers in danger until its eight weeks are over (models/care-plan.yaml). Of
 * notices, the newest with something to press, once: what lay for a month will not be pressed.
 */
const AGE: Statement = {
  name: 'outbox-age',
  sql: `
  WITH old AS (
    SELECT c.id, c.issue FROM card c LEFT JOIN alert a ON a.id = c.alert LEFT JOIN storm s ON s.id = c.alert
      LEFT JOIN notice n ON n.id = c.alert
    WHERE c.chat = $1 AND c.message IS NOT NULL AND c.posted_at < $2::timestamptz
      AND (a.state IN ('open', 'claimed', 'contacted', 'snoozed', 'watch')
        OR (a.state = 'retained' AND a.opened_at > $3::timestamptz - interval '8 weeks')
        OR (s.id IS NOT NULL AND s.ended_at IS NULL)
        OR (c.issue = 0 AND (n.kind = 'advice' OR n.kind = 'model-trained' AND n.data -> 'trial' ->> 'verdict' = 'better')
          AND NOT EXISTS (SELECT 1 FROM notice later WHERE later.kind = n.kind AND later.at > n.at)))),
  asked AS (
    INSERT INTO outbox (id, card, kind, body, dedupe, priority, not_before, created_at)
    SELECT md5('reissue ' || old.id || ' ' || old.issue)::uuid, old.id, 'reissue', jsonb_build_object('issue', old.issue),
      'reissue:' || old.id || ':' || old.issue, 8, $3::timestamptz, $3::timestamptz
    FROM old ON CONFLICT DO NOTHING RETURNING 1)
  SELECT to_jsonb(count(*)) AS body FROM asked`,
}
