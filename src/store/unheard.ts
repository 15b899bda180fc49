import type { ChurnKinds } from '../features/reported-kinds.ts'
import type { Unheard, UnheardList } from '../reports/unheard.ts'
import { inOwn } from './own-currency.ts'
import type { Reader } from './rows.ts'

/** Customers without voices: whom to ask. */
export interface UnheardTable {
  /** Those of most value first. */
  list(asked: UnheardAsked): Promise<UnheardList>
}

export interface UnheardAsked {
  /** Who has said anything since is heard. */
  readonly since: Date
  readonly now: Date
  readonly churn: ChurnKinds
  /** Part of a store’s, region’s or product’s name, or exactly the id of a person; null: everyone. */
  readonly only: string | null
  /** Customers who are not to be asked. */
  readonly except: readonly string[]
  readonly skip: number
  readonly take: number
}

/** @param currency the company's: an LTV in another is unknown */
export function unheardTable(pool: Reader, currency: string): UnheardTable {
  const unheard = unheardIn(currency)
  return {
    list: async ({ since, now, churn, only, except, skip, take }) => {
      const like = only === null ? null : `%${only.replace(/[\\%_]/g, '\\$&')}%`
      const { active, cancelled, inactiveDays } = churn
      const values = [since, now].map((at) => at.toISOString())
      const { rows } = await pool.query<Unheard & Omit<UnheardList, 'rows'>>(unheard, [
        ...[...values, active, cancelled, inactiveDays],
        ...[only, like, skip, take, except],
      ])
      const [first] = rows
      return {
        total: first?.total ?? 0,
        refused: first?.refused ?? 0,
        active: first?.active ?? 0,
        rows: rows
          .filter(({ id }) => id !== null)
          .map(({ total: _, refused: __, active: ___, ...row }) => row),
      }
    },
  }
}

/** Who is still here is decided as for retention: active within the limit, and not cancelled since. */
const unheardIn = (currency: string): string => `
  WITH here AS MATERIALIZED (
    SELECT customer, max(at) FILTER (WHERE kind = ANY($3::text[])) AS active
    FROM event
    WHERE at > $2::timestamptz - make_interval(days => $5::int) AND at < $2::timestamptz
      AND kind = ANY($3::text[] || $4::text[])
    GROUP BY customer
    HAVING max(at) FILTER (WHERE kind = ANY($3::text[])) > coalesce(max(at) FILTER (WHERE kind = ANY($4::text[])), '-infinity')),
  fitting AS MATERIALIZED (
    SELECT c.*, h.active, ${inOwn(currency, 'c', 'ltv_minor')} AS worth FROM here h JOIN customer c ON c.id = h.customer
    WHERE $6::text IS NULL OR c.owner = $6 OR c.site ILIKE $7 OR c.region ILIKE $7 OR c.product ILIKE $7),
  quiet AS MATERIALIZED (
    SELECT f.* FROM fitting f
    WHERE NOT EXISTS (SELECT 1 FROM feedback v WHERE v.customer = f.id AND v.at >= $1::timestamptz AND v.at < $2::timestamptz)
      AND f.id <> ALL ($10::uuid[])),
  page AS (
    SELECT * FROM quiet WHERE contact_consent IS NOT FALSE
    ORDER BY worth DESC NULLS LAST, no OFFSET $8::int LIMIT $9::int)
  SELECT n.*, p.id::text AS id, p.no, p.name, p.site, p.owner, p.worth::float8 AS "ltvMinor",
    p.contact_consent AS "contactConsent", p.active AS "activeAt",
    (SELECT max(v.at) FROM feedback v WHERE v.customer = p.id AND v.at < $2::timestamptz) AS "heardAt"
  FROM (SELECT count(*) FILTER (WHERE contact_consent IS NOT FALSE)::int AS total,
      count(*) FILTER (WHERE contact_consent IS FALSE)::int AS refused,
      (SELECT count(*)::int FROM fitting) AS active FROM quiet) n
  LEFT JOIN page p ON true ORDER BY p.worth DESC NULLS LAST, p.no`
