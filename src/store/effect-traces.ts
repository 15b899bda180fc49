import type { Departure, PlayedCase, Trace } from '../reports/effect-rows.ts'
import { Prisma } from './generated/client.ts'
import { inOwn } from './own-currency.ts'
import { REACHED_AT } from './reached.ts'
import type { Db } from './rows.ts'

/** What reviews look back on: how cases were worked, and how customers who left had been seen. */
export interface TraceTable {
  /** Cases opened from one instant until another, in that order, with what people did on them. */
  played(from: Date, to: Date): Promise<PlayedCase[]>
  /** `active`: kinds of events that count as being a customer. */
  traces(left: readonly Departure[], active: readonly string[]): Promise<Trace[]>
}

export function traceTable(db: Db, own: string): TraceTable {
  const ltv = Prisma.raw(inOwn(own, 'c', 'ltv_minor'))
  return {
    played: (from, to) => db.$queryRaw<PlayedCase[]>`
      SELECT a.customer::text AS customer, a.tier, a.state, coalesce(a.assessment->>'cause', 'unknown') AS cause,
        a.outcome->>'reason' AS reason, a.outcome->>'result' AS result,
        coalesce((a.outcome->>'costMinor')::float8, 0) AS "costMinor", coalesce(a.outcome->>'entitlement', '') AS entitlement,
        a.opened_at AS "openedAt", ${REACHED_AT} AS "contactedAt", a.closed_at AS "closedAt",
        coalesce((a.assessment->>'highValue')::boolean, false) AS "highValue",
        (a.assessment->'forecast'->>'probability')::float8 AS probability, c.contact_consent AS "contactConsent",
        (SELECT coalesce(jsonb_agg(jsonb_build_object('verb', x.verb, 'detail', x.detail) ORDER BY x.seq), '[]')
          FROM action x WHERE x.alert = a.id) AS actions
      FROM alert a JOIN customer c ON c.id = a.customer
      WHERE a.opened_at >= ${from} AND a.opened_at < ${to} ORDER BY a.no`,
    traces: (left, active) => db.$queryRaw<Trace[]>`
      SELECT g.customer::text AS customer, g.at, seen.visits, coalesce(seen.days, 0)::float8 AS "knownDays",
        EXISTS (SELECT FROM feedback f
          WHERE f.customer = g.customer AND f.at <= g.at AND f.at > g.at - interval '365 days') AS heard,
        judged.tier, coalesce(${ltv}, judged.estimate, 0)::float8 AS "worthMinor"
      FROM unnest(${left.map(({ customer }) => customer)}::uuid[], ${left.map(({ at }) => at)}::timestamptz[])
        AS g (customer, at)
      JOIN customer c ON c.id = g.customer
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE x.at > g.at - interval '365 days')::int AS visits,
          extract(epoch FROM g.at - min(x.at)) / 86400 AS days
        FROM event x WHERE x.customer = g.customer AND x.at <= g.at AND x.kind = ANY (${[...active]}::text[])) seen
      LEFT JOIN LATERAL (
        SELECT s.tier, (s.body->>'ltvEstimateMinor')::float8 AS estimate
        FROM assessment s WHERE s.customer = g.customer AND s.as_of <= g.at ORDER BY s.as_of DESC LIMIT 1) judged ON true
      ORDER BY g.at, g.customer`,
  }
}
