import { LONGEST_PAUSE_MS } from '../chat/fault.ts'
import type { ChatUser, Inbound } from '../chat/inbound.ts'
import type { InboxItem, InboxRows } from '../chat/inbox-rows.ts'
import type { NewId } from '../ids.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'
import type { Ask, Statement } from './statement.ts'

export interface InboxTable extends InboxRows {
  /** Keeps an event; false: it was kept before. */
  take(event: Inbound, now: Date): Promise<boolean>
  /** Lets what this user did in the day before the last of it be worked on, now that it is known whose it is. How many. */
  release(user: ChatUser): Promise<number>
  /** Forgets what was received before then, unless it is still to be done. */
  prune(before: Date): Promise<number>
  waiting(): Promise<number>
}

/** One statement, so that nothing has to be undone: two processes that get the same event keep it once. */
const TAKE: Statement = {
  name: 'inbox-take',
  sql: `
  WITH kept AS (
    INSERT INTO inbox (id, chat, workspace, event, account, body, not_before, received_at)
    VALUES ($1::uuid, $2, $3, $4, $5, $6::jsonb, $7::timestamptz, $7::timestamptz)
    ON CONFLICT (chat, workspace, event) DO NOTHING RETURNING 1)
  SELECT to_jsonb(count(*)) AS body FROM kept`,
}

const LONGEST = `interval '${LONGEST_PAUSE_MS} milliseconds'`

/**
 * The oldest waiting event of each account, unless it is being worked on: one person's events keep their order. What was never
 * tried waits for nothing, whatever the clock said when it came: it may have been set back since.
 */
const LEASE: Statement = {
  name: 'inbox-lease',
  sql: `
  WITH due AS (
    SELECT i.id FROM inbox i
    WHERE i.state = 'waiting'
      AND (i.epoch = 0 OR i.not_before <= $1::timestamptz OR i.not_before > $1::timestamptz + ${LONGEST})
      AND (i.lease_until IS NULL OR i.lease_until <= $1::timestamptz OR i.lease_until > $1::timestamptz + ${LONGEST})
      AND NOT EXISTS (
        SELECT 1 FROM inbox e WHERE e.account = i.account AND e.state = 'waiting' AND e.seq < i.seq)
    ORDER BY i.seq LIMIT $3::int FOR UPDATE OF i SKIP LOCKED),
  leased AS (
    UPDATE inbox i SET lease_until = $2::timestamptz, epoch = i.epoch + 1 FROM due WHERE i.id = due.id
    RETURNING i.id, i.epoch, i.attempts, i.body, i.seq)
  SELECT jsonb_agg(jsonb_build_object('id', id, 'epoch', epoch, 'attempts', attempts, 'event', body) ORDER BY seq) AS body
  FROM leased`,
}

const END: Statement = {
  name: 'inbox-end',
  sql: `
  WITH ended AS (
    UPDATE inbox SET state = $3, error = $4, done_at = $5::timestamptz, lease_until = NULL
    WHERE id = $1::uuid AND epoch = $2::int AND state = 'waiting' RETURNING 1)
  SELECT to_jsonb(count(*)) AS body FROM ended`,
}

const RELEASE: Statement = {
  name: 'inbox-release',
  sql: `
  WITH held AS (
    SELECT id, received_at, max(received_at) OVER () AS last FROM inbox
    WHERE chat = $1 AND workspace = $2 AND account = $3 AND state = 'held'),
  freed AS (
    UPDATE inbox i SET state = 'waiting', not_before = i.received_at, done_at = NULL, attempts = 0
    FROM held WHERE i.id = held.id AND held.received_at > held.last - interval '1 day' RETURNING 1)
  SELECT to_jsonb(count(*)) AS body FROM freed`,
}

export function inboxTable(db: Db, ask: Ask, newId: NewId): InboxTable {
  const end = async (item: InboxItem, state: string, error: string | null, now: Date) =>
    (await ask<number>(END, [item.id, item.epoch, state, error, now.toISOString()])) === 1
  return {
    take: async (event, now) => {
      const { chat, workspace, user } = event.by
      const values = [
        newId(),
        chat,
        workspace,
        event.id,
        user,
        JSON.stringify(json(event)),
        now.toISOString(),
      ]
      return (await ask<number>(TAKE, values)) === 1
    },
    lease: async (now, until, limit) =>
      (await ask<InboxItem[]>(LEASE, [now.toISOString(), until.toISOString(), limit])) ?? [],
    done: (item, now) => end(item, 'done', null, now),
    hold: (item, now) => end(item, 'held', null, now),
    dead: (item, error, now) => end(item, 'dead', error, now),
    retry: async (item, error, notBefore) => {
      await db.inbox.updateMany({
        where: { id: item.id, epoch: item.epoch, state: 'waiting' },
        data: { error, notBefore, leaseUntil: null, attempts: item.attempts + 1 },
      })
    },
    release: async ({ chat, workspace, user }) => (await ask<number>(RELEASE, [chat, workspace, user])) ?? 0,
    prune: async (before) => {
      const { count } = await db.inbox.deleteMany({
        where: { state: { not: 'waiting' }, receivedAt: { lt: before } },
      })
      return count
    },
    waiting: () => db.inbox.count({ where: { state: 'waiting' } }),
  }
}
