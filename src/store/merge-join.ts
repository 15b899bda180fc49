import type { NewId } from '../ids.ts'
import type { Joining } from '../records/merge.ts'
import type { AlertTier } from '../risk/assessment.ts'
import { Prisma } from './generated/client.ts'
import type { OutboxTable } from './outbox.ts'
import { FOLD_ATTRIBUTES, FOLD_FIELDS } from './parts.ts'
import { type Db, json, jsonText } from './rows.ts'

export interface MergeTables {
  readonly db: Db
  readonly outbox: OutboxTable
  readonly newId: NewId
}

/** Under these names, with their number, whoever was merged and split stands among the changes. */
const MERGED = 'merged '

/**
 * Makes customers parts of others: what they did, said and are known by comes over, each row with the part it is of, and so
 * do their cases. What they were held for stays under their own id, where it is found again when they are split: assessments
 * and draws of the holdout.
 */
export async function join(
  tables: MergeTables,
  joins: readonly Joining[],
  by: string,
  now: Date,
): Promise<void> {
  if (joins.length === 0) return
  const { db } = tables
  const pairs = Prisma.sql`jsonb_to_recordset(${jsonText(joins)}::jsonb)
    AS j(id uuid, stays uuid, absorbed uuid, "staysNo" int, "absorbedNo" int)`
  const absorbed = joins.map((each) => each.absorbed)
  await setApart(db, [...new Set(joins.flatMap((each) => [each.stays, each.absorbed]))], now)
  await db.$executeRaw`
    UPDATE customer_merge m SET state = 'merged', at = ${now}, by = ${by}, stays = j.stays, absorbed = j.absorbed,
      stays_no = j."staysNo", absorbed_no = j."absorbedNo",
      parts = ARRAY (SELECT p.id FROM customer_part p WHERE p.customer = j.absorbed),
      cases = ARRAY (SELECT a.id FROM alert a WHERE a.customer = j.absorbed)
    FROM ${pairs} WHERE m.id = j.id`
  await db.$executeRaw`UPDATE customer_part p SET customer = j.stays FROM ${pairs} WHERE p.customer = j.absorbed`
  for (const table of ['customer_key', 'event', 'feedback'])
    await db.$executeRaw`
      UPDATE ${Prisma.raw(table)} t SET customer = j.stays, part = coalesce(t.part, t.customer)
      FROM ${pairs} WHERE t.customer = j.absorbed AND t.customer = ANY (${absorbed}::uuid[])`
  for (const table of ['voice_reading', 'voice_label', 'to_judge', 'storm_child'])
    await db.$executeRaw`
      UPDATE ${Prisma.raw(table)} t SET customer = j.stays
      FROM ${pairs} WHERE t.customer = j.absorbed AND t.customer = ANY (${absorbed}::uuid[])`
  await handOver(
    tables,
    Prisma.sql`SELECT a.id, j.stays AS customer FROM alert a JOIN ${pairs} ON a.customer = j.absorbed`,
    now,
  )
  await db.customerAttribute.deleteMany({ where: { customer: { in: absorbed } } })
  await putTogether(
    db,
    joins.map(({ stays }) => stays),
  )
  await db.customer.deleteMany({ where: { id: { in: absorbed } } })
  await touch(
    db,
    joins.flatMap((each) => [each.stays, each.absorbed]),
  )
  await note(
    tables,
    joins.map(({ id, staysNo, absorbedNo }) => ({
      id,
      name: `${MERGED}C-${absorbedNo}`,
      told: { into: `C-${staysNo}` },
    })),
    by,
    now,
  )
}

/** What is known of customers so far is what was said of them as a part of their own. */
async function setApart(db: Db, customers: readonly string[], now: Date): Promise<void> {
  const fresh = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO customer_part (id, customer, no, fields, at)
    SELECT c.id, c.id, c.no, jsonb_strip_nulls(to_jsonb(c) - '{id,no,attributes,xid}'::text[]), ${now}
    FROM customer c WHERE c.id = ANY (${[...customers]}::uuid[]) ON CONFLICT (id) DO NOTHING RETURNING id::text AS id`
  await db.$executeRaw`
    INSERT INTO part_attribute (customer, name, value, valid_from)
    SELECT customer, name, value, valid_from FROM customer_attribute
    WHERE customer = ANY (${fresh.map(({ id }) => id)}::uuid[])`
}

/** Writes whole customers out of their parts. */
export async function putTogether(db: Db, customers: readonly string[]): Promise<void> {
  const ids = [...new Set(customers)]
  await db.$executeRawUnsafe(FOLD_ATTRIBUTES, ids)
  await db.$executeRawUnsafe(FOLD_FIELDS, ids)
}

/** Cases go to other customers, by the rows (id, customer) of a query; their cards say so. */
export async function handOver({ db, outbox }: MergeTables, cases: Prisma.Sql, now: Date): Promise<void> {
  const moved = await db.$queryRaw<{ id: string; version: number; tier: AlertTier }[]>`
    WITH handed AS (
      UPDATE alert a SET customer = t.customer, version = a.version + 1 FROM (${cases}) t WHERE t.id = a.id
      RETURNING a.id, a.version, a.tier, a.customer),
    children AS (UPDATE storm_child s SET customer = h.customer FROM handed h WHERE s.alert = h.id)
    SELECT id::text AS id, version, tier FROM handed`
  for (const shown of moved) await outbox.redraw(shown, 'merged', now)
}

/** The timeline reads these anew. */
export async function touch(db: Db, customers: readonly string[]): Promise<void> {
  await db.customerTouched.createMany({ data: [...new Set(customers)].map((customer) => ({ customer })) })
}

/** Into the sealed record: who, by which kind of key, out of which source; never the key itself. */
export async function note(
  { db, newId }: MergeTables,
  changes: readonly { readonly id: string; readonly name: string; readonly told: object }[],
  by: string,
  now: Date,
): Promise<void> {
  const keys = await db.customerMerge.findMany({
    where: { id: { in: changes.map(({ id }) => id) } },
    select: { id: true, keyKind: true, source: true },
  })
  const known = new Map(keys.map((each) => [each.id, each]))
  await db.settingChange.createMany({
    data: changes.map(({ id, name, told }) => {
      const { keyKind: key, source } = known.get(id)!
      return { id: newId(), name, after: json({ ...told, key, source }), by, at: now }
    }),
  })
}
