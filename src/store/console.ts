import type { CardTexts } from '../chat/card.ts'
import type { CaseFilter, ConsoleMessages } from '../chat/console/ports.ts'
import type { WireMessage, WireTally } from '../chat/console/wire.ts'
import type { NewId } from '../ids.ts'
import type { AlertTier } from '../risk/assessment.ts'
import { Prisma } from './generated/client.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'

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

/** The console is its own chat platform: what was said in it is kept here. */
export function consoleTable(db: Db, newId: NewId): ConsoleMessages {
  const byId = async (id: string): Promise<WireMessage | null> => {
    const rows = await select(db, Prisma.sql`m.id = ${id}::uuid`, Prisma.sql`ORDER BY m.seq`)
    return rows[0] ?? null
  }
  return {
    add: async ({ card, key, ...message }) => {
      await db.consoleMessage.createMany({
        data: [{ ...message, id: newId(), key, card: card === null ? Prisma.DbNull : json(card) }],
        skipDuplicates: true,
      })
      const row = await db.consoleMessage.findUniqueOrThrow({ where: { key }, select: { id: true } })
      return (await byId(row.id))!
    },
    edit: async (id, card, at) => {
      if (!isUuid(id)) return null
      const { count } = await db.consoleMessage.updateMany({
        where: { id },
        data: { card: json(card), editedAt: at },
      })
      return count === 0 ? null : byId(id)
    },
    get: async (id) => (isUuid(id) ? byId(id) : null),
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
