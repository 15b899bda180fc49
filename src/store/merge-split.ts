import { CLOSED } from '../alerts/alert.ts'
import type { CustomerKey } from '../records/record.ts'
import type { AlertTier } from '../risk/assessment.ts'
import { Prisma } from './generated/client.ts'
import { handOver, type MergeTables, note, putTogether, touch } from './merge-join.ts'
import type { Db } from './rows.ts'

/** What two are made of, before somebody decides to split them. */
export interface Splitting {
  readonly no: number
  /** Whose part they are now. */
  readonly from: number
  readonly keys: readonly CustomerKey[]
  readonly events: number
  readonly voices: number
  /** Numbers of the cases that go with them, and of the open one that does not. */
  readonly cases: readonly number[]
  readonly openCaseStays: number | null
}

/** Numbers of those who were split. */
export interface Split {
  readonly no: number
  readonly from: number
}

/** Under this name, with their number, whoever was split stands among the changes. */
const SPLIT = 'split '

interface Row {
  readonly absorbed: string
  readonly no: number
  /** Whose part they are now: whom they were merged into may have become a part of somebody, too. */
  readonly whole: string
  readonly from: number
  readonly parts: string[]
  /** The whole one's other parts. */
  readonly others: string[]
  readonly cases: string[]
}

/** Parts that were split off since are not of theirs any more. */
async function mergedRow(db: Db, id: string): Promise<Row | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT m.absorbed::text AS absorbed, m.absorbed_no AS no, p.customer::text AS whole, c.no AS "from",
      ARRAY (SELECT q.id::text FROM customer_part q WHERE q.id = ANY (m.parts) AND q.customer = p.customer) AS parts,
      ARRAY (SELECT q.id::text FROM customer_part q WHERE q.id <> ALL (m.parts) AND q.customer = p.customer) AS others,
      ARRAY (SELECT a.id::text FROM alert a WHERE a.id = ANY (m.cases) AND a.customer = p.customer) AS cases
    FROM customer_merge m JOIN customer_part p ON p.id = m.absorbed JOIN customer c ON c.id = p.customer
    WHERE m.id = ${id}::uuid AND m.state = 'merged' AND p.customer <> m.absorbed`
  return row ?? null
}

export async function splitting(db: Db, id: string): Promise<Splitting | null> {
  const row = await mergedRow(db, id)
  if (row === null) return null
  const { no, from, whole, parts, cases } = row
  const theirs = Prisma.sql`t.customer = ${whole}::uuid AND t.part = ANY (${parts}::uuid[])`
  const [counts] = await db.$queryRaw<[Omit<Splitting, 'no' | 'from'>]>`
    SELECT (SELECT count(*)::int FROM event t WHERE ${theirs}) AS events,
      (SELECT count(*)::int FROM feedback t WHERE ${theirs}) AS voices,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', t.kind, 'value', t.value) ORDER BY t.kind, t.value), '[]')
        FROM customer_key t WHERE ${theirs}) AS keys,
      ARRAY (SELECT a.no FROM alert a WHERE a.id = ANY (${cases}::uuid[]) ORDER BY 1) AS cases,
      (SELECT a.no FROM alert a WHERE a.customer = ${whole}::uuid AND a.state NOT IN (${Prisma.join([...CLOSED])})
        AND a.id <> ALL (${cases}::uuid[])) AS "openCaseStays"`
  return { no, from, ...counts }
}

/** Gives every part's rows back; a case that was opened while they were one stays with whose number stayed. */
export async function split(tables: MergeTables, id: string, by: string, now: Date): Promise<Split | null> {
  const { db } = tables
  const row = await mergedRow(db, id)
  if (row === null) return null
  const { absorbed, no, whole, from, parts, others, cases } = row
  await db.$executeRaw`INSERT INTO customer (id, no) VALUES (${absorbed}::uuid, ${no})`
  await db.$executeRaw`UPDATE customer_part SET customer = ${absorbed}::uuid WHERE id = ANY (${parts}::uuid[])`
  for (const table of ['customer_key', 'event', 'feedback'])
    await db.$executeRaw`
      UPDATE ${Prisma.raw(table)} SET customer = ${absorbed}::uuid, part = nullif(part, ${absorbed}::uuid)
      WHERE customer = ${whole}::uuid AND part = ANY (${parts}::uuid[])`
  for (const table of ['voice_reading', 'voice_label'])
    await db.$executeRaw`
      UPDATE ${Prisma.raw(table)} t SET customer = f.customer FROM feedback f
      WHERE f.customer = ${absorbed}::uuid AND t.id = f.id`
  await handOver(
    tables,
    Prisma.sql`SELECT a AS id, ${absorbed}::uuid AS customer FROM unnest(${cases}::uuid[]) a`,
    now,
  )
  await unchain(tables, [whole, absorbed], now)
  await putTogether(db, [whole, absorbed])
  await forgetLoneParts(db, [whole, absorbed])
  await touch(db, [whole, absorbed])
  await db.customerMerge.update({ where: { id }, data: { state: 'apart', at: now, by, parts, others } })
  await note(tables, [{ id, name: `${SPLIT}C-${no}`, told: { from: `C-${from}` } }], by, now)
  return { no, from }
}

/**
 * A case that followed one of the other's does so no more: it would tell of somebody else, and take from them the case that
 * follows theirs.
 */
async function unchain({ db, outbox }: MergeTables, customers: readonly string[], now: Date): Promise<void> {
  const shown = await db.$queryRaw<{ id: string; version: number; tier: AlertTier }[]>`
    UPDATE alert a SET previous = NULL, version = a.version + 1 FROM alert b
    WHERE b.id = a.previous AND b.customer <> a.customer AND a.customer = ANY (${[...customers]}::uuid[])
    RETURNING a.id::text AS id, a.version, a.tier`
  for (const each of shown) await outbox.redraw(each, 'split', now)
}

/** Whoever is whole again needs no parts. */
async function forgetLoneParts(db: Db, customers: readonly string[]): Promise<void> {
  const gone = await db.$queryRaw<{ id: string }[]>`
    DELETE FROM customer_part p WHERE p.id = ANY (${[...customers]}::uuid[]) AND p.customer = p.id
      AND NOT EXISTS (SELECT FROM customer_part q WHERE q.customer = p.customer AND q.id <> p.id)
    RETURNING p.id::text AS id`
  await db.partAttribute.deleteMany({ where: { customer: { in: gone.map(({ id }) => id) } } })
}
