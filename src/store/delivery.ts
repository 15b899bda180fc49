import type { ChannelRef } from '../chat/chat.ts'
import type { DeadReason } from '../chat/outbox-rows.ts'
import { holding } from './delivery-rows.ts'
import { Prisma } from './generated/client.ts'
import type { Db } from './rows.ts'

/** What was put aside for one channel for one reason. */
export interface DeadLetters extends ChannelRef {
  readonly reason: DeadReason
  /** Of the last of them, in the platform's words. */
  readonly error: string
  readonly count: number
  readonly last: Date
}

/** How delivery stands. */
export interface DeliveryState {
  readonly waiting: number
  /** Since when the oldest of them has been due; null: none is. */
  readonly oldest: Date | null
  readonly dead: readonly DeadLetters[]
  /** What has failed and is tried again: for one channel, with the last error. */
  readonly failing: readonly (ChannelRef & { readonly error: string; readonly count: number })[]
  readonly paused: readonly (ChannelRef & { readonly until: Date })[]
  /** Messages sent again after a lost answer that could not be found: perhaps they stand there twice. */
  readonly repeated: number
  /** Events of people that could not be worked on. */
  readonly unheard: number
}

export interface DeliveryTable {
  state(now: Date): Promise<DeliveryState>
  /** Queues again what was put aside; how much. */
  tryAgain(now: Date): Promise<number>
}

export function deliveryTable(db: Db): DeliveryTable {
  return {
    state: async (now) => {
      const dead = await db.$queryRaw<DeadLetters[]>`
        SELECT c.chat, c.channel, coalesce(o.reason, 'failed') AS reason, count(*)::int AS count, max(o.not_before) AS last,
          (array_agg(coalesce(o.error, '') ORDER BY o.seq DESC))[1] AS error
        FROM outbox o JOIN card c ON c.id = o.card WHERE o.state = 'dead'
        GROUP BY c.chat, c.channel, coalesce(o.reason, 'failed') ORDER BY max(o.seq) DESC`
      const failing = await db.$queryRaw<DeliveryState['failing']>`
        SELECT c.chat, c.channel, count(*)::int AS count, (array_agg(o.error ORDER BY o.seq DESC))[1] AS error
        FROM outbox o JOIN card c ON c.id = o.card WHERE o.state = 'queued' AND o.error IS NOT NULL
        GROUP BY c.chat, c.channel ORDER BY count(*) DESC, c.chat, c.channel`
      const due = { state: 'queued', notBefore: { lte: now } }
      const oldest = await db.outbox.findFirst({ where: due, orderBy: { notBefore: 'asc' } })
      const paused = await db.chatPause.findMany({
        where: { until: holding(now) },
        orderBy: { until: 'desc' },
      })
      return {
        waiting: await db.outbox.count({ where: { state: 'queued' } }),
        oldest: oldest?.notBefore ?? null,
        dead,
        failing,
        paused,
        repeated: await db.outbox.count({ where: { repeated: true } }),
        unheard: await db.inbox.count({ where: { state: 'dead' } }),
      }
    },
    tryAgain: async (now) =>
      db.$executeRaw(Prisma.sql`
        UPDATE outbox SET state = 'queued', attempts = 0, reason = NULL, error = NULL, not_before = ${now},
          tried_at = NULL, unclear = false
        WHERE state = 'dead'`),
  }
}
