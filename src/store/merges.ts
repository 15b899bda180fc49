import { CLOSED } from '../alerts/alert.ts'
import type { NewId } from '../ids.ts'
import { FORESHOCK } from '../records/doer.ts'
import { type Joining, type Linked, planJoins } from '../records/merge.ts'
import { Prisma } from './generated/client.ts'
import { join } from './merge-join.ts'
import { type MergeList, mergeList } from './merge-list.ts'
import { type Split, split } from './merge-split.ts'
import type { OutboxTable } from './outbox.ts'
import type { Db } from './rows.ts'

/** Customers who are one by their keys: who is merged, who waits to be, who was split. */
export interface MergeTable extends MergeList {
  /** Merges who is linked, so far as nothing stands against it; gives how many. Some may be left for the next call. */
  joinLinked(now: Date): Promise<number>
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
    ...mergeList(db, null),
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
