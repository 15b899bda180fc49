import type { Alert } from '../alerts/alert.ts'
import type { ChannelRef, MessageRef } from '../chat/chat.ts'
import type { OutboxRows } from '../chat/outbox-rows.ts'
import type { NewId } from '../ids.ts'
import type { AnyNotice } from '../learning/notice.ts'
import { URGENCY } from './case-write.ts'
import { deliveryRows, type LeasedItem } from './delivery-rows.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'
import type { Ask, Statement } from './statement.ts'

/** Cards of cases first. */
const NOTICE_PRIORITY = 9
const CARE_PRIORITY = 8

/** A card of a case (or of a notice, whose id is then `alert`) in one channel, with the message that shows it once it has been posted. */
export interface CardRow {
  readonly id: string
  readonly alert: string
  readonly chat: string
  readonly channel: string
  readonly message: string | null
  readonly shown: number
}

export type OutboxItem = LeasedItem

/** What a card is of: a case, or a storm. */
export type Shown = Pick<Alert, 'id' | 'version' | 'tier'>

export interface OutboxTable extends OutboxRows<OutboxItem> {
  /** Makes sure the case has a card in each channel, and brings all its cards to this version. */
  enqueueCard(shown: Shown, channels: readonly ChannelRef[], now: Date): Promise<void>
  /** Redraws the cards of a case that has not changed, for what they say of time; once per `occasion`. */
  redraw(shown: Shown, occasion: string, now: Date): Promise<void>
  /** Adds a line to the thread of each card, once; `action` says which (see present.ts). */
  addLine(shown: Shown, action: string, now: Date): Promise<void>
  /**
   * Posts something that is about no case in each of the channels, after everything that is about one; with an `id` that
   * was announced before, nothing.
   */
  announce(notice: AnyNotice, channels: readonly ChannelRef[], now: Date, id?: string): Promise<void>
  /** Whether a notice of this id was announced, delivered or not. */
  announced(id: string): Promise<boolean>
  /** Posts a notice in one more channel; one that it went to before is left alone. */
  announceAgain(notice: string, to: ChannelRef, now: Date): Promise<void>
  /** Hands pieces of care to their receiver, each batch on its own. */
  handOver(batches: readonly string[], to: ChannelRef, now: Date): Promise<void>
  notice(id: string): Promise<AnyNotice>
  waiting(): Promise<number>
  /** The number of the case that a message shows; null: it shows none. */
  caseShownBy(message: MessageRef): Promise<number | null>
  /** The number of the storm that a message shows; null: it shows none. */
  stormShownBy(message: MessageRef): Promise<number | null>
  cardsOf(alert: string): Promise<CardRow[]>
}

const SHOWN_BY: Statement = {
  name: 'case-shown-by',
  sql: `SELECT to_jsonb(a.no) AS body FROM card c JOIN alert a ON a.id = c.alert
    WHERE c.chat = $1 AND c.channel = $2 AND c.message = $3`,
}

/** A card that had to be posted anew: the old message's buttons still mean it. */
const ONCE_SHOWN_BY: Statement = {
  name: 'case-once-shown-by',
  sql: `SELECT to_jsonb(a.no) AS body FROM card c JOIN alert a ON a.id = c.alert
    WHERE c.chat = $1 AND c.channel = $2 AND $3 = ANY (c.previous) LIMIT 1`,
}

const STORM_SHOWN_BY: Statement = {
  name: 'storm-shown-by',
  sql: `SELECT to_jsonb(s.no) AS body FROM card c JOIN storm s ON s.id = c.alert
    WHERE c.chat = $1 AND c.channel = $2 AND (c.message = $3 OR $3 = ANY (c.previous)) LIMIT 1`,
}

export function outboxTable(db: Db, ask: Ask, newId: NewId): OutboxTable {
  // What a move of a case has to tell is written with the move itself (case-write.ts).
  const enqueue = async (alert: Shown, key: string, now: Date): Promise<void> => {
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
    db.card.findMany({
      where: { alert },
      orderBy: { channel: 'asc' },
      select: { id: true, alert: true, chat: true, channel: true, message: true, shown: true },
    })
  /** What is about no case goes out once, each to its place. */
  const send = async (
    kind: 'notice' | 'care',
    what: readonly (ChannelRef & { readonly of: string })[],
    now: Date,
  ): Promise<void> => {
    const cards = what.map(({ of, chat, channel }) => ({ id: newId(), alert: of, chat, channel }))
    const priority = kind === 'notice' ? NOTICE_PRIORITY : CARE_PRIORITY
    await db.card.createMany({ data: cards })
    await db.outbox.createMany({
      data: cards.map(({ id: card }) => ({
        ...{ id: newId(), card, kind, body: {}, dedupe: `${kind}:${card}` },
        ...{ priority, notBefore: now, createdAt: now },
      })),
    })
  }
  const announceIn = (notice: string, channels: readonly ChannelRef[], now: Date): Promise<void> =>
    send(
      'notice',
      channels.map((to) => ({ ...to, of: notice })),
      now,
    )
  return {
    enqueueCard: async (alert, channels, now) => {
      const data = channels.map(({ chat, channel }) => ({ id: newId(), alert: alert.id, chat, channel }))
      if (data.length > 0) await db.card.createMany({ data, skipDuplicates: true })
      await enqueue(alert, `v${alert.version}`, now)
    },
    redraw: (alert, occasion, now) => enqueue(alert, `v${alert.version} ${occasion}`, now),
    addLine: async ({ id, tier }, action, now) => {
      await db.outbox.createMany({
        data: (await cardsOf(id)).map((card) => ({
          ...{ id: newId(), card: card.id, kind: 'reply', body: { action }, priority: URGENCY[tier] },
          ...{ dedupe: `line:${card.id}:${action}`, notBefore: now, createdAt: now },
        })),
        skipDuplicates: true,
      })
    },
    announce: async ({ kind, data }, channels, now, id = newId()) => {
      const row = { id, kind, data: json(data), at: now }
      const { count } = await db.notice.createMany({ data: [row], skipDuplicates: true })
      if (count > 0) await announceIn(id, channels, now)
    },
    announced: async (id) => (await db.notice.count({ where: { id } })) > 0,
    announceAgain: async (notice, to, now) => {
      if ((await cardsOf(notice)).some(({ chat, channel }) => chat === to.chat && channel === to.channel))
        return
      await announceIn(notice, [to], now)
    },
    handOver: (batches, to, now) =>
      send(
        'care',
        batches.map((of) => ({ ...to, of })),
        now,
      ),
    notice: async (id) => {
      const found = await db.notice.findUniqueOrThrow({ where: { id }, select: { kind: true, data: true } })
      return found as unknown as AnyNotice
    },
    ...deliveryRows(db, ask, newId),
    waiting: () => db.outbox.count({ where: { state: 'queued' } }),
    caseShownBy: async ({ chat, channel, message }) =>
      (await ask<number>(SHOWN_BY, [chat, channel, message])) ??
      (await ask<number>(ONCE_SHOWN_BY, [chat, channel, message])),
    stormShownBy: ({ chat, channel, message }) => ask<number>(STORM_SHOWN_BY, [chat, channel, message]),
    cardsOf,
  }
}
