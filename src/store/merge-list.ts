import { CLOSED } from '../alerts/alert.ts'
import type { Merge } from '../records/merge.ts'
import type { Scope } from '../records/scope.ts'
import { Prisma } from './generated/client.ts'
import { type Splitting, splitting } from './merge-split.ts'
import type { Db } from './rows.ts'
import { seenCustomersSql } from './seen-customers.ts'

export interface MergeList {
  /** Newest first, of one customer or (null) of all. */
  list(
    customer: string | null,
    page: { readonly skip: number; readonly take: number },
  ): Promise<{ readonly total: number; readonly merges: readonly Merge[] }>
  /** What a split would give back; null: these two are not merged. */
  splitting(id: string): Promise<Splitting | null>
}

/** Merges of two whom somebody sees both; a null scope: all of them. */
export function mergeList(db: Db, scope: Scope | null): MergeList {
  return {
    list: (customer, page) => list(db, customer, scope, page),
    splitting: (id) => splitting(db, id),
  }
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
  scope: Scope | null,
  { skip, take }: { readonly skip: number; readonly take: number },
): Promise<{ readonly total: number; readonly merges: readonly Merge[] }> {
  const own = Prisma.sql`ARRAY (SELECT p.id FROM customer_part p WHERE p.customer = ${customer}::uuid) || ${customer}::uuid`
  const here = Prisma.raw(scope === null ? 'SELECT * FROM customer' : seenCustomersSql(scope))
  const rows = await db.$queryRaw<ListedRow[]>`
    WITH here AS NOT MATERIALIZED (${here}),
    mine AS (
      SELECT m.* FROM customer_merge m
        LEFT JOIN customer_part p ON p.id = m.stays LEFT JOIN customer_part q ON q.id = m.absorbed
      WHERE (${customer}::uuid IS NULL OR m.stays = ANY (${own}) OR m.absorbed = ANY (${own}))
        AND (${scope === null} OR coalesce(p.customer, m.stays) IN (SELECT id FROM here)
          AND coalesce(q.customer, m.absorbed) IN (SELECT id FROM here))),
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
