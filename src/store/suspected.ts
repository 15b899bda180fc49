import type { ChurnKinds } from '../features/reported-kinds.ts'
import { uuidOf } from '../ids.ts'
import type { CustomerLine } from '../reports/customer-line.ts'
import type { SuspectedList } from '../reports/suspected.ts'
import { inOwn } from './own-currency.ts'
import type { Db, Reader } from './rows.ts'

/** Customers who stayed away for as long as makes a leaver, of whom nobody has asked yet. */
export interface SuspectedTable {
  /** Those of most value first; of those who passed the limit within the last `days`. */
  list(asked: SuspectedAsked): Promise<SuspectedList>
}

export interface SuspectedAsked {
  readonly now: Date
  readonly days: number
  readonly churn: ChurnKinds
  /** Person id; null: everyone's. */
  readonly owner: string | null
  /** Customers who are not to be called. */
  readonly except: readonly string[]
  readonly skip: number
  readonly take: number
}

/** @param currency the company's: an LTV in another is unknown */
export function suspectedTable(pool: Reader, currency: string): SuspectedTable {
  const sql = suspectedIn(currency)
  return {
    list: async ({ now, days, churn: { active, cancelled, inactiveDays }, owner, except, skip, take }) => {
      const values = [now.toISOString(), active, cancelled, inactiveDays, days, owner, except, skip, take]
      const { rows } = await pool.query<CustomerLine & { total: number }>(sql, values)
      return {
        total: rows[0]?.total ?? 0,
        rows: rows.filter(({ id }) => id !== null).map(({ total: _, ...row }) => row),
      }
    },
  }
}

/** What was found by a call, as the customer's own event; the same request writes one row. */
export interface CallTable {
  add(found: {
    readonly customer: string
    readonly kind: string
    readonly at: Date
    readonly by: string
    readonly request: string
  }): Promise<void>
}

const CALL = 'call'

export function callTable(db: Db): CallTable {
  return {
    add: async ({ by, request, ...event }) => {
      const sourceId = `${by}:${request}`
      const data = { ...event, id: uuidOf(CALL, sourceId), source: CALL, sourceId }
      await db.event.createMany({ data: [data], skipDuplicates: true })
    },
  }
}

const suspectedIn = (currency: string): string => `
  WITH away AS MATERIALIZED (
    SELECT customer, max(at) FILTER (WHERE kind = ANY($2::text[])) AS active
    FROM event
    WHERE at > $1::timestamptz - make_interval(days => $4::int + $5::int) AND at < $1::timestamptz
      AND kind = ANY($2::text[] || $3::text[])
    GROUP BY customer
    HAVING max(at) FILTER (WHERE kind = ANY($2::text[])) <= $1::timestamptz - make_interval(days => $4::int)
      AND max(at) FILTER (WHERE kind = ANY($2::text[])) > coalesce(max(at) FILTER (WHERE kind = ANY($3::text[])), '-infinity')),
  fitting AS MATERIALIZED (
    SELECT c.*, a.active, ${inOwn(currency, 'c', 'ltv_minor')} AS worth FROM away a JOIN customer c ON c.id = a.customer
    WHERE ($6::text IS NULL OR c.owner = $6) AND c.contact_consent IS NOT FALSE AND c.id <> ALL ($7::uuid[])),
  page AS (SELECT * FROM fitting ORDER BY worth DESC NULLS LAST, no OFFSET $8::int LIMIT $9::int)
  SELECT n.total, p.id::text AS id, p.no, p.name, p.site, p.owner, p.worth::float8 AS "ltvMinor", p.active AS "activeAt"
  FROM (SELECT count(*)::int AS total FROM fitting) n
  LEFT JOIN page p ON true ORDER BY p.worth DESC NULLS LAST, p.no`
