import type { Alert } from '../alerts/alert.ts'
import type { ChannelRef, MessageRef } from '../chat/chat.ts'
import type { NewId } from '../ids.ts'
import type { Notice } from '../learning/notice.ts'
import { URGENCY } from './case-write.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'
import type { Ask, Statement } from './statement.ts'

/** Cards of cases first. */
const NOTICE_PRIORITY = 9

/** A card of a case (or of a notice, whose id is then `alert`) in one channel, with the message that shows it once it has been posted. */
export interface CardRow {
  readonly id: string
  readonly alert: string
  readonly chat: string
  readonly channel: string
  readonly message: string | null
  readonly shown: number
}

/** Something still to be said, leased to this process until the lease runs out. */
export interface OutboxItem {
  readonly id: string
  readonly kind: 'card' | 'reply' | 'notice'
  /** For replies: the action the line tells of. */
  readonly action: string | null
  readonly attempts: number
  readonly epoch: number
  readonly card: CardRow
}

export interface OutboxTable {
  /** Makes sure the case has a card in each channel, and brings all its cards to this version. */
  enqueueCard(alert: Alert, channels: readonly ChannelRef[], now: Date): Promise<void>
  /** Redraws the cards of a case that has not changed, for what they say of time; once per `occasion`. */
  redraw(alert: Alert, occasion: string, now: Date): Promise<void>
  /** Posts something that is about no case in each of the channels, after everything that is about one. */
  announce(notice: Notice, channels: readonly ChannelRef[], now: Date): Promise<void>
  notice(id: string): Promise<Notice>
  /** The most urgent items that are due, at most one a card, leased until `until`. */
  lease(now: Date, until: Date, limit: number): Promise<OutboxItem[]>
  /** Records a success; false when the lease had been lost to another process. */
  sent(item: OutboxItem, shows: { message: string; version: number } | null, now: Date): Promise<boolean>
  retry(item: OutboxItem, error: string, notBefore: Date): Promise<void>
  dead(item: OutboxItem, error: string): Promise<void>
  waiting(): Promise<number>
  /** The number of the case that a message shows; null: it shows none. */
  caseShownBy(message: MessageRef): Promise<number | null>
  cardsOf(alert: string): Promise<CardRow[]>
}

const SHOWN_BY: Statement = {
  name: 'case-shown-by',
  sql: `SELECT to_jsonb(a.no) AS body FROM card c JOIN alert a ON a.id = c.alert
    WHERE c.chat = $1 AND c.channel = $2 AND c.message = $3`,
}

export function outboxTable(db: Db, ask: Ask, newId: NewId): OutboxTable {
  // What a move of a case has to tell is written with the move itself (case-write.ts).
  const enqueue = async (alert: Alert, key: string, now: Date): Promise<void> => {
    await db.outbox.createMany({
      data: (await cardsOf(alert.id)).map((card) => ({
        id: newId(),
        card: card.id,
        kind: 'card',
        body: { version: alert.version },
        dedupe: `card:${card.id}:${key}`,
        priority: URGENCY[alert.tier],
        notBefore: now,
        createdAt: now,
      })),
      skipDuplicates: true,
    })
  }
  const cardsOf = (alert: string): Promise<CardRow[]> =>
    db.card.findMany({ where: { alert }, orderBy: { channel: 'asc' } })
  return {
    enqueueCard: async (alert, channels, now) => {
      const data = channels.map(({ chat, channel }) => ({ id: newId(), alert: alert.id, chat, channel }))
      if (data.length > 0) await db.card.createMany({ data, skipDuplicates: true })
      await enqueue(alert, `v${alert.version}`, now)
    },
    redraw: (alert, occasion, now) => enqueue(alert, `v${alert.version} ${occasion}`, now),
    announce: async ({ kind, data }, channels, now) => {
      const notice = newId()
      await db.notice.create({ data: { id: notice, kind, data: json(data), at: now } })
      const cards = channels.map(({ chat, channel }) => ({ id: newId(), alert: notice, chat, channel }))
      await db.card.createMany({ data: cards })
      await db.outbox.createMany({
        data: cards.map((card) => ({
          id: newId(),
          card: card.id,
          kind: 'notice',
          body: {},
          dedupe: `notice:${card.id}`,
          priority: NOTICE_PRIORITY,
          notBefore: now,
          createdAt: now,
        })),
      })
    },
    notice: async (id) => {
      const found = await db.notice.findUniqueOrThrow({ where: { id }, select: { kind: true, data: true } })
      return found as unknown as Notice
    },
    lease: (now, until, limit) => lease(db, now, until, limit),
    sent: async (item, shows, now) =>
      (await ask<number>(SENT, [
        item.id,
        item.epoch,
        now.toISOString(),
        shows?.message ?? null,
        shows?.version ?? null,
      ])) === 1,
    retry: async (item, error, notBefore) => {
      await db.outbox.updateMany({
        where: { id: item.id, epoch: item.epoch, state: 'queued' },
        data: { error, notBefore, leaseUntil: null, attempts: item.attempts + 1 },
      })
    },
    dead: async (item, error) => {
      await db.outbox.updateMany({
        where: { id: item.id, epoch: item.epoch, state: 'queued' },
        data: { error, state: 'dead', leaseUntil: null, attempts: item.attempts + 1 },
      })
    },
    waiting: () => db.outbox.count({ where: { state: 'queued' } }),
    caseShownBy: ({ chat, channel, message }) => ask<number>(SHOWN_BY, [chat, channel, message]),
    cardsOf,
  }
}

interface LeasedRow {
  readonly id: string
  readonly kind: 'card' | 'reply' | 'notice'
  readonly body: { readonly action?: string } | null
  readonly attempts: number
  readonly epoch: number
  readonly card: string
  readonly alert: string
  readonly chat: string
  readonly channel: string
  readonly message: string | null
  readonly shown: number
}

/**
 * Per card only the oldest waiting item can be leased, and not while it is leased elsewhere: one writer a card,
 * and a thread line never overtakes the card it belongs to.
 */
async function lease(db: Db, now: Date, until: Date, limit: number): Promise<OutboxItem[]> {
  const rows = await db.$queryRaw<LeasedRow[]>`
    WITH due AS (
      SELECT o.id FROM outbox o
      WHERE o.state = 'queued' AND o.not_before <= ${now} AND (o.lease_until IS NULL OR o.lease_until <= ${now})
        AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.card = o.card AND e.state = 'queued' AND e.seq < o.seq)
      ORDER BY o.priority, o.seq LIMIT ${limit} FOR UPDATE OF o SKIP LOCKED),
    leased AS (
      UPDATE outbox o SET lease_until = ${until}, epoch = o.epoch + 1 FROM due WHERE o.id = due.id
      RETURNING o.id, o.kind, o.body, o.attempts, o.epoch, o.card, o.priority, o.seq)
    SELECT l.id, l.kind, l.body, l.attempts, l.epoch, l.card, c.alert, c.chat, c.channel, c.message, c.shown
    FROM leased l JOIN card c ON c.id = l.card ORDER BY l.priority, l.seq`
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    action: row.body?.action ?? null,
    attempts: row.attempts,
    epoch: row.epoch,
    card: {
      id: row.card,
      alert: row.alert,
      chat: row.chat,
      channel: row.channel,
      message: row.message,
      shown: row.shown,
    },
  }))
}

/**
 * One statement: a crash between the item and its card would lose which message shows the card, and the next
 * version would be posted as a second card. Edits queued behind this one for states it already shows are not made.
 */
const SENT: Statement = {
  name: 'outbox-sent',
  sql: `
  WITH done AS (
    UPDATE outbox SET state = 'sent', sent_at = $3::timestamptz, lease_until = NULL, error = NULL
    WHERE id = $1::uuid AND epoch = $2::int AND state = 'queued' RETURNING card),
  shown AS (
    UPDATE card SET message = $4::text, shown = $5::int
    WHERE id IN (SELECT card FROM done) AND shown <= $5::int),
  swept AS (
    UPDATE outbox SET state = 'sent', sent_at = $3::timestamptz
    WHERE card IN (SELECT card FROM done) AND id <> $1::uuid
      AND state = 'queued' AND kind = 'card' AND (body->>'version')::int <= $5::int)
  SELECT to_jsonb(count(*)) AS body FROM done`,
}
