import { CLOSED } from '../alerts/alert.ts'
import type { NewId } from '../ids.ts'
import { FORESHOCK } from '../records/doer.ts'
import { type Joining, type Linked, type Merge, planJoins } from '../records/merge.ts'
import { Prisma } from './generated/client.ts'
import { join } from './merge-join.ts'
import { type Split, type Splitting, split, splitting } from './merge-split.ts'
import type { OutboxTable } from './outbox.ts'
import type { Db } from './rows.ts'

/** Customers who are one by their keys: who is merged, who waits to be, who was split. */
export interface MergeTable {
  /** Merges who is linked, so far as nothing stands against it; gives how many. Some may be left for the next call. */
  joinLinked(now: Date): Promise<number>
  /** Newest first, of one customer or (null) of all. */
  list(
    customer: string | null,
    page: { readonly skip: number; readonly take: number },
  ): Promise<{ readonly total: number; readonly merges: readonly Merge[] }>
  /** What a split would give back; null: these two are not merged. */
  splitting(id: string): Promise<Splitting | null>
  /** Takes them apart, for good unless `rejoin` is asked for; null: they are not merged. */
  split(id: string, by: string, now: Date): Promise<Split | null>
  /** Merges two who were split; false: they are not, or both have an open case. */
  rejoin(id: string, by: string, now: Date): Promise<boolean>
}

export function mergeTable(db: Db, outbox: OutboxTable, newId: NewId): MergeTable {
  const tables = { db, outbox, newId }
  return {
    joinLinked: async (now) => {
      const { joins, needless } = planJoins(await linkedNow(db, Prisma.sql`m.state = 'waiting'`))
      // Most pulls link nobody, and then nobody is kept waiting.
      if (joins.length + needless.length === 0) return 0
      await lockIdentities(db)
      const known = await linkedNow(db, Prisma.sql`m.state = 'waiting'`)
      const plan = planJoins(known)
      await db.customerMerge.deleteMany({ where: { id: { in: [...plan.needless] } } })
      await join(tables, plan.joins, FORESHOCK, now)
      return plan.joins.length
    },
    list: (customer, page) => list(db, customer, page),
    splitting: (id) => splitting(db, id),
    split: async (id, by, now) => {
      await lockIdentities(db)
      return split(tables, id, by, now)
    },
    rejoin: async (id, by, now) => {
      await lockIdentities(db)
      const [linked] = await linkedNow(db, Prisma.sql`m.state = 'apart' AND m.id = ${id}::uuid`)
      const joins: readonly Joining[] =
        linked === undefined ? [] : planJoins([{ ...linked, areApart: false }]).joins
      await join(tables, joins, by, now)
      return joins.length === 1
    },
  }
}

/** Rows that are being written by these keys, and cases that are being opened, come first; later ones wait. */
async function lockIdentities(db: Db): Promise<void> {
  await db.$executeRaw`LOCK TABLE customer_key IN EXCLUSIVE MODE`
  await db.$executeRaw`LOCK TABLE alert IN SHARE ROW EXCLUSIVE MODE`
}

/** Looked at in one go. */
const AT_ONCE = 500

interface LinkedRow {
  readonly id: string
  readonly one: string
  readonly oneNo: number
  readonly oneCase: boolean
  readonly oneWary: boolean
  readonly other: string
  readonly otherNo: number
  readonly otherCase: boolean
  readonly otherWary: boolean
  readonly areApart: boolean
}

/** Whoever became a part of somebody since counts as that one. */
async function linkedNow(db: Db, which: Prisma.Sql): Promise<Linked[]> {
  const hasCase = (customer: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT FROM alert a WHERE a.customer = ${customer} AND a.state NOT IN (${Prisma.join([...CLOSED])}))`
  const isWary = (customer: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT FROM apart s WHERE s.one = ${customer} OR s.other = ${customer})`
  const [one, other] = [Prisma.sql`l.one`, Prisma.sql`l.other`]
  const rows = await db.$queryRaw<LinkedRow[]>`
    WITH named AS (
      SELECT m.id, m.at, coalesce(p.customer, m.stays) AS one, coalesce(q.customer, m.absorbed) AS other
      FROM customer_merge m LEFT JOIN customer_part p ON p.id = m.stays LEFT JOIN customer_part q ON q.id = m.absorbed
      WHERE ${which}),
    links AS (SELECT l.*, ${hasCase(one)} AS "oneCase", ${hasCase(other)} AS "otherCase" FROM named l),
    apart AS MATERIALIZED (
      SELECT coalesce(p.customer, x.id) AS one, coalesce(q.customer, y.id) AS other
      FROM customer_merge s CROSS JOIN LATERAL unnest(s.parts) AS x (id) CROSS JOIN LATERAL unnest(s.others) AS y (id)
      LEFT JOIN customer_part p ON p.id = x.id LEFT JOIN customer_part q ON q.id = y.id WHERE s.state = 'apart')
    SELECT l.id::text AS id, l.one::text AS one, l.other::text AS other, c.no AS "oneNo", d.no AS "otherNo",
      l."oneCase", l."otherCase", ${isWary(one)} AS "oneWary", ${isWary(other)} AS "otherWary",
      EXISTS (SELECT FROM apart s WHERE (s.one, s.other) IN ((l.one, l.other), (l.other, l.one))) AS "areApart"
    FROM links l JOIN customer c ON c.id = l.one JOIN customer d ON d.id = l.other
    WHERE l.one = l.other OR NOT (l."oneCase" AND l."otherCase")
    ORDER BY l.at, l.id LIMIT ${AT_ONCE}`
  return rows.map(({ id, areApart, ...row }) => ({
    id,
    areApart,
    one: { customer: row.one, no: row.oneNo, hasCase: row.oneCase, isWary: row.oneWary },
    other: { customer: row.other, no: row.otherNo, hasCase: row.otherCase, isWary: row.otherWary },
  }))
}

interface ListedRow extends Omit<Merge, 'stays' | 'absorbed' | 'key'> {
  readonly total: number
  readonly staysNo: number
  readonly staysName: string | null
  readonly absorbedNo: number
  readonly absorbedName: string | null
  readonly kind: string
  readonly value: string
}

async function list(
  db: Db,
  customer: string | null,
  { skip, take }: { readonly skip: number; readonly take: number },
): Promise<{ readonly total: number; readonly merges: readonly Merge[] }> {
  const own = Prisma.sql`ARRAY (SELECT p.id FROM customer_part p WHERE p.customer = ${customer}::uuid) || ${customer}::uuid`
  const rows = await db.$queryRaw<ListedRow[]>`
    WITH mine AS (
      SELECT * FROM customer_merge m
      WHERE ${customer}::uuid IS NULL OR m.stays = ANY (${own}) OR m.absorbed = ANY (${own})),
    page AS (SELECT * FROM mine ORDER BY at DESC, id LIMIT ${take}::int OFFSET ${skip}::int)
    SELECT (SELECT count(*)::int FROM mine) AS total, m.id::text AS id, m.state, m.at, m.by, m.source,
      m.key_kind AS kind, m.key_value AS value,
      coalesce(m.stays_no, p.no, s.no) AS "staysNo", coalesce(p.fields->>'name', s.name) AS "staysName",
      coalesce(m.absorbed_no, q.no, a.no) AS "absorbedNo", coalesce(q.fields->>'name', a.name) AS "absorbedName",
      CASE WHEN m.state <> 'merged' THEN ARRAY (
        SELECT o.no FROM alert o WHERE o.state NOT IN (${Prisma.join([...CLOSED])})
          AND o.customer IN (coalesce(p.customer, m.stays), coalesce(q.customer, m.absorbed)) ORDER BY o.no)
      ELSE '{}' END AS "openCases"
    FROM page m LEFT JOIN customer s ON s.id = m.stays LEFT JOIN customer a ON a.id = m.absorbed
    LEFT JOIN customer_part p ON p.id = m.stays LEFT JOIN customer_part q ON q.id = m.absorbed
    ORDER BY m.at DESC, m.id`
  return {
    total: rows[0]?.total ?? 0,
    merges: rows.map(({ id, state, at, by, source, openCases, ...row }) => ({
      ...{ id, state, at, by, source, openCases },
      stays: { no: row.staysNo, name: row.staysName },
      absorbed: { no: row.absorbedNo, name: row.absorbedName },
      key: { kind: row.kind, value: row.value },
    })),
  }
}
