import type { CardTexts } from '../chat/card.ts'
import type { CaseFilter, ConsoleMessages } from '../chat/console/ports.ts'
import type { WireMessage, WireTally } from '../chat/console/wire.ts'
import type { NewId } from '../ids.ts'
import type { AlertTier } from '../risk/assessment.ts'
import { Prisma } from './generated/client.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'
import type { Ask, Statement } from './statement.ts'

interface MessageRow {
  readonly id: string
  readonly channel: string
  readonly thread: string | null
  readonly author: string
  readonly at: Date
  readonly edited_at: Date | null
  readonly line: string | null
  readonly card: CardTexts | null
  readonly only_for: string | null
  readonly replies: number
}

/** A message as the page is told it. */
const WIRE = `jsonb_build_object('id', m.id, 'channel', m.channel, 'thread', m.thread, 'author', m.author,
  'at', ${iso('m.at')}, 'editedAt', ${iso('m.edited_at')}, 'line', m.line, 'card', m.card, 'onlyFor', m.only_for,
  'replies', (SELECT count(*) FROM console_message r WHERE r.thread = m.id AND r.only_for IS NULL))`

/** The key makes a message exist once: sent again, it is found as it stands. */
const ADD: Statement = {
  name: 'console-add',
  sql: `
  WITH m AS (
    INSERT INTO console_message (id, channel, thread, author, at, line, card, only_for, key)
    SELECT v.id, v.channel, v.thread, v.author, v.at, v.line, v.card, v."onlyFor", v.key
    FROM jsonb_to_record($1::jsonb) AS v(id uuid, channel text, thread uuid, author text, at timestamptz, line text,
      card jsonb, "onlyFor" text, key text)
    ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING *)
  SELECT ${WIRE} AS body FROM m`,
}
const EDIT: Statement = {
  name: 'console-edit',
  sql: `
  WITH m AS (
    UPDATE console_message SET card = $2::jsonb, edited_at = $3::timestamptz WHERE id = $1::uuid RETURNING *)
  SELECT ${WIRE} AS body FROM m`,
}
const BY_ID: Statement = {
  name: 'console-message',
  sql: `SELECT ${WIRE} AS body FROM console_message m WHERE m.id = $1::uuid`,
}

/** An instant as the page writes it, whatever the session's zone. */
function iso(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** The console is its own chat platform: what was said in it is kept here. */
export function consoleTable(db: Db, ask: Ask, newId: NewId): ConsoleMessages {
  return {
    add: async ({ card, at, ...message }) => {
      const row = { ...message, id: newId(), at, card: card === null ? null : json(card) }
      return (await ask<WireMessage>(ADD, [JSON.stringify(row)]))!
    },
    edit: async (id, card, at) =>
      isUuid(id) ? ask<WireMessage>(EDIT, [id, JSON.stringify(json(card)), at.toISOString()]) : null,
    get: async (id) => (isUuid(id) ? ask<WireMessage>(BY_ID, [id]) : null),
    list: async ({ channel, reader, before, limit, only = null }) => {
      const older =
        before === null || !isUuid(before)
          ? Prisma.empty
          : Prisma.sql`AND m.seq < (SELECT seq FROM console_message WHERE id = ${before}::uuid)`
      const rows = await select(
        db,
        Prisma.sql`m.channel = ${channel} AND m.thread IS NULL AND ${readable(reader)} ${older} ${chosen(only)}`,
        Prisma.sql`ORDER BY m.seq DESC LIMIT ${limit + 1}`,
      )
      return { messages: rows.slice(0, limit).reverse(), more: rows.length > limit }
    },
    thread: async (message, reader) => {
      if (!isUuid(message)) return []
      return select(
        db,
        Prisma.sql`m.thread = ${message}::uuid AND ${readable(reader)}`,
        Prisma.sql`ORDER BY m.seq`,
      )
    },
    tally: async () => {
      const rows = await db.$queryRaw<TallyRow[]>`
        SELECT c.channel, a.tier, count(*)::int AS working, (count(*) FILTER (WHERE a.state = 'open'))::int AS unclaimed
        FROM ${CASES_AT_WORK} GROUP BY c.channel, a.tier`
      const tallies: Record<string, WireTally> = {}
      for (const { channel, tier, working, unclaimed } of rows) {
        tallies[channel] = { ...(tallies[channel] ?? NOTHING), [tier]: { working, unclaimed } }
      }
      return tallies
    },
  }
}

interface TallyRow {
  readonly channel: string
  readonly tier: AlertTier
  readonly working: number
  readonly unclaimed: number
}

const NONE = { working: 0, unclaimed: 0 }
const NOTHING: WireTally = { P0: NONE, P1: NONE, P2: NONE }
/** Asked of the cases, which are few and indexed, not of the cards kept as JSON, which are many. */
const CASES_AT_WORK = Prisma.sql`alert a JOIN card c ON c.alert = a.id
  AND c.chat = 'console' AND c.message IS NOT NULL AND a.state IN ('open', 'claimed', 'contacted')`

function chosen(only: CaseFilter | null): Prisma.Sql {
  if (only === null) return Prisma.empty
  const tier = only.tier === null ? Prisma.empty : Prisma.sql`AND a.tier = ${only.tier}`
  const unclaimed = only.unclaimed ? Prisma.sql`AND a.state = 'open'` : Prisma.empty
  return Prisma.sql`AND m.id IN (SELECT c.message::uuid FROM ${CASES_AT_WORK} WHERE true ${tier} ${unclaimed})`
}

function readable(reader: string): Prisma.Sql {
  return Prisma.sql`(m.only_for IS NULL OR m.only_for = ${reader})`
}

async function select(db: Db, where: Prisma.Sql, tail: Prisma.Sql): Promise<WireMessage[]> {
  const rows = await db.$queryRaw<MessageRow[]>`
    SELECT m.id, m.channel, m.thread, m.author, m.at, m.edited_at, m.line, m.card, m.only_for,
      (SELECT count(*)::int FROM console_message r WHERE r.thread = m.id AND r.only_for IS NULL) AS replies
    FROM console_message m WHERE ${where} ${tail}`
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    thread: row.thread,
    author: row.author,
    at: row.at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    line: row.line,
    card: row.card,
    onlyFor: row.only_for,
    replies: row.replies,
  }))
}

function isUuid(words: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(words)
}
