import type { DoneEntry } from '../alerts/done-entry.ts'
import { digestOf, faultIn, type Link, linkAfter } from './chain.ts'
import { type DoneQuery, doneEntries } from './done.ts'
import { Prisma } from './generated/client.ts'
import type { Db } from './rows.ts'

/** What the log of everything done says of itself. */
export interface Verdict {
  /** Links that were looked at. */
  readonly entries: number
  /** Hash of the last of them; null while there is none. */
  readonly head: string | null
  /** The first that does not fit; null when all do. */
  readonly fault: {
    readonly seq: number
    readonly kind: string
    readonly at: Date
    readonly why: 'missing' | 'altered' | 'row-altered' | 'row-gone'
  } | null
}

export interface AuditTable {
  /** Continues the chain by what has been done since; how many links were added. */
  seal(now: Date): Promise<number>
  /** Walks the whole chain and compares it with the rows it stands for. */
  verify(): Promise<Verdict>
  /** What it stands for, newest first. */
  done(
    query: DoneQuery,
    page: { readonly skip: number; readonly take: number },
  ): Promise<{ readonly total: number; readonly entries: readonly DoneEntry[] }>
}

interface Row {
  readonly id: string
  readonly kind: string
  readonly body: unknown
}

/** Under this name, with their number, the erasure of a person stands among the changes. */
export const ERASED = 'erased '

/** Links added in one go; more wait for the next sealing. */
const AT_ONCE = 2_000

/** A transaction that began long ago may commit an action with a lower number than those sealed since. */
const LATE = 5_000

/** Whole rows, with times as seconds: as text they would depend on the session's time zone. */
const ACTION_BODY = Prisma.sql`to_jsonb(a) - 'before' || jsonb_build_object('at', extract(epoch FROM a.at))`
const SETTING_BODY = Prisma.sql`to_jsonb(s) || jsonb_build_object('at', extract(epoch FROM s.at))`

export function auditTable(db: Db): AuditTable {
  return {
    seal: (now) => seal(db, now),
    verify: () => verify(db),
    done: (query, page) => doneEntries(db, query, page),
  }
}

async function seal(db: Db, now: Date): Promise<number> {
  let sealed = 0
  for (;;) {
    const rows = await unsealed(db)
    if (rows.length === 0) return sealed
    const newest = await db.auditEntry.findFirst({ orderBy: { seq: 'desc' } })
    let last: Pick<Link, 'seq' | 'hash'> | null = newest
    const links: Link[] = []
    for (const { id, kind, body } of rows) {
      const link = linkAfter(last, { kind, ref: id, at: now, digest: digestOf(body) })
      links.push(link)
      last = link
    }
    // Another process may have continued the chain meanwhile: its links stand, and ours are made anew next time.
    if (!(await added(db, links))) return sealed
    sealed += links.length
  }
}

async function added(db: Db, links: Link[]): Promise<boolean> {
  try {
    await db.auditEntry.createMany({ data: links })
    return true
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return false
    throw error
  }
}

/** Actions and changes of settings that no link stands for yet, in the order they were made. */
async function unsealed(db: Db): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    WITH newest AS (
      SELECT
        coalesce((SELECT a.seq FROM action a JOIN audit_entry e ON e.ref = a.id AND e.kind = 'action'
                  ORDER BY e.seq DESC LIMIT 1), 0) - ${LATE}::bigint AS action,
        coalesce((SELECT s.seq FROM setting_change s JOIN audit_entry e ON e.ref = s.id AND e.kind = 'setting'
                  ORDER BY e.seq DESC LIMIT 1), 0) - ${LATE}::bigint AS setting)
    SELECT id::text AS id, kind, body FROM (
      SELECT a.id, 'action' AS kind, ${ACTION_BODY} AS body, a.at, a.seq FROM action a, newest n
      WHERE a.seq > n.action AND NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.kind = 'action' AND e.ref = a.id)
      UNION ALL
      SELECT s.id, 'setting', ${SETTING_BODY}, s.at, s.seq FROM setting_change s, newest n
      WHERE s.seq > n.setting AND NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.kind = 'setting' AND e.ref = s.id)
    ) done ORDER BY at, kind, seq LIMIT ${AT_ONCE}`
}

async function verify(db: Db): Promise<Verdict> {
  const erased = await emptiedEntries(db)
  let last: Link | null = null
  for (;;) {
    const links: Link[] = await db.auditEntry.findMany({
      where: { seq: { gt: last?.seq ?? 0 } },
      orderBy: { seq: 'asc' },
      take: AT_ONCE,
    })
    if (links.length === 0) return { entries: last?.seq ?? 0, head: last?.hash ?? null, fault: null }
    const bodies = await bodiesOf(
      db,
      links.map(({ ref }) => ref),
    )
    for (const link of links) {
      const why = faultIn(last, link) ?? faultOfRow(link, bodies, erased)
      if (why !== null)
        return {
          entries: link.seq,
          head: link.hash,
          fault: { seq: link.seq, kind: link.kind, at: link.at, why },
        }
      last = link
    }
  }
}

function faultOfRow(
  link: Link,
  bodies: ReadonlyMap<string, unknown>,
  erased: ReadonlyMap<string, string>,
): 'row-gone' | 'row-altered' | null {
  const body = bodies.get(link.ref)
  if (body === undefined) return 'row-gone'
  const digest = digestOf(body)
  return digest === link.digest || digest === erased.get(link.ref) ? null : 'row-altered'
}

/**
 * Entries whose words went when somebody was erased, with the digest they have had since. Each erasure is a change of its
 * own in this very record, so that nobody can pass off a forgery as one without being seen.
 */
async function emptiedEntries(db: Db): Promise<Map<string, string>> {
  const changes = await db.settingChange.findMany({
    where: { name: { startsWith: ERASED } },
    orderBy: { seq: 'asc' },
  })
  return new Map(
    changes.flatMap(({ after }) =>
      Object.entries((after as { actions?: Record<string, string> } | null)?.actions ?? {}),
    ),
  )
}

/** Digests of what the record's entries stand for, as it is now, by id. */
export async function digestsNow(db: Db, refs: readonly string[]): Promise<Record<string, string>> {
  const bodies = await bodiesOf(db, refs)
  return Object.fromEntries([...bodies].map(([ref, body]) => [ref, digestOf(body)]))
}

async function bodiesOf(db: Db, refs: readonly string[]): Promise<Map<string, unknown>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT id::text AS id, 'action' AS kind, ${ACTION_BODY} AS body FROM action a WHERE id = ANY(${[...refs]}::uuid[])
    UNION ALL
    SELECT id::text, 'setting', ${SETTING_BODY} FROM setting_change s WHERE id = ANY(${[...refs]}::uuid[])`
  return new Map(rows.map(({ id, body }) => [id, body]))
}
