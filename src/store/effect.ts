import { DAY } from '../clock.ts'
import type { ChurnKinds } from '../features/reported-kinds.ts'
import type {
  Departure,
  DrawnCustomer,
  EffectCase,
  PresentSums,
  WorkedCustomer,
} from '../reports/effect-rows.ts'
import { type TraceTable, traceTable } from './effect-traces.ts'
import { Prisma } from './generated/client.ts'
import { inOwn } from './own-currency.ts'
import { REACHED_AT } from './reached.ts'
import type { Db } from './rows.ts'

/** What tells whether the work pays, from cases and from what customers did. */
export interface EffectTable extends TraceTable {
  /** When the first case was opened; null: none was. */
  live(): Promise<Date | null>
  /** Cases opened from one instant until another, in that order; when a card was sent is known while its message is kept. */
  cases(from: Date, to: Date): Promise<EffectCase[]>
  /** Who left from an instant on, so far as it is known at `now`; whoever left, came back and left again, twice. */
  departures(from: Date, now: Date, churn: ChurnKinds): Promise<Departure[]>
  /** Who was drawn while a holdout ran; whoever is a part of somebody now cannot be told to stay or leave. */
  draws(from: Date, to: Date): Promise<DrawnCustomer[]>
  /** Who was here at `from`, and left before `to`, by value tier and who keeps them. */
  present(from: Date, to: Date, now: Date, churn: ChurnKinds): Promise<PresentSums[]>
  /** Customers with a case opened in that time who were reached, by their first one. */
  worked(from: Date, to: Date, by: WorkedTerms): Promise<WorkedCustomer[]>
}

/** How what customers brought in is counted: in which currency, how many days before and after. */
export interface WorkedTerms {
  readonly now: Date
  readonly days: number
  readonly sales: { readonly sold: readonly string[]; readonly returned: readonly string[] }
  readonly currency: string
}

/** @param own the company's currency: an LTV in another is unknown */
export function effectTable(db: Db, own: string): EffectTable {
  const ltv = Prisma.raw(inOwn(own, 'c', 'ltv_minor'))
  return {
    ...traceTable(db, own),
    live: async () => (await db.alert.aggregate({ _min: { openedAt: true } }))._min.openedAt,
    // Delivery keeps real time, also in the demo: a card of later than what is asked about is none.
    cases: (from, to) => db.$queryRaw<EffectCase[]>`
      SELECT a.customer::text AS customer, a.tier, a.state, coalesce(a.assessment->>'cause', 'unknown') AS cause,
        a.outcome->>'reason' AS reason, a.outcome->>'result' AS result,
        coalesce((a.outcome->>'costMinor')::float8, 0) AS "costMinor",
        coalesce(${ltv}, (a.assessment->>'ltvEstimateMinor')::bigint, 0)::float8 AS "worthMinor",
        a.opened_at AS "openedAt", a.claimed_at AS "claimedAt", ${REACHED_AT} AS "contactedAt",
        a.watch_from AS "watchFrom", signal.at AS "signalAt", sent.at AS "cardAt"
      FROM alert a JOIN customer c ON c.id = a.customer
      CROSS JOIN LATERAL (
        SELECT to_timestamp(max((r->>'at')::float8) / 1000) AS at FROM jsonb_array_elements(a.assessment->'readings') r
        WHERE r->>'fired' = 'true' AND r->>'signal' IN ('words', 'emotion') AND to_timestamp((r->>'at')::float8 / 1000) <= a.opened_at) signal
      CROSS JOIN LATERAL (
        SELECT min(o.sent_at) AS at FROM card d JOIN outbox o ON o.dedupe = 'card:' || d.id || ':v1' WHERE d.alert = a.id
          AND o.sent_at < ${to}) sent
      WHERE a.opened_at >= ${from} AND a.opened_at < ${to} ORDER BY a.no`,
    departures: (from, now, churn) => db.$queryRaw<Departure[]>`
      WITH ${leftSince(from, now, churn)}
      SELECT customer::text AS customer, at FROM (
        SELECT customer, at, lag(at) OVER (PARTITION BY customer ORDER BY at) AS earlier FROM gone) g
      WHERE earlier IS NULL OR at >= earlier + make_interval(days => ${churn.inactiveDays}::int)
      ORDER BY at, customer`,
    draws: (from, to) => db.$queryRaw<DrawnCustomer[]>`
      SELECT customer::text AS customer, arm, at FROM holdout_draw d WHERE at >= ${from} AND at < ${to}
        AND EXISTS (SELECT FROM customer c WHERE c.id = d.customer) ORDER BY at, customer`,
    present: (from, to, now, churn) => db.$queryRaw<PresentSums[]>`
      WITH ${leftSince(daysBefore(from, churn.inactiveDays), now, churn)},
      left_by AS (
        SELECT customer, bool_or(at < ${from}) AS before, bool_or(at >= ${from} AND at < ${to}) AS during
        FROM gone GROUP BY customer)
      SELECT c.value_tier AS "valueTier", c.owner, count(*)::int AS customers,
        count(*) FILTER (WHERE l.during)::int AS left, count(${ltv})::int AS declared,
        coalesce(sum(${ltv}), 0)::float8 AS "declaredMinor",
        coalesce(array_agg(c.id::text) FILTER (WHERE ${ltv} IS NULL), '{}') AS undeclared
      FROM (SELECT DISTINCT customer FROM active WHERE at < ${from}) here
      JOIN customer c ON c.id = here.customer LEFT JOIN left_by l ON l.customer = c.id
      WHERE NOT coalesce(l.before, false)
      GROUP BY 1, 2 ORDER BY 1, 2`,
    worked: (from, to, { now, days, sales, currency }) => db.$queryRaw<WorkedCustomer[]>`
      WITH worked AS (
        SELECT DISTINCT ON (customer) customer, at, reached, at + make_interval(days => ${days}::int) AS until
        FROM (
          SELECT a.customer, a.opened_at AS at, coalesce(${REACHED_AT}, a.watch_from) AS reached
          FROM alert a WHERE a.opened_at >= ${from} AND a.opened_at < ${to}) own
        WHERE reached IS NOT NULL ORDER BY customer, at)
      SELECT was.nps AS "npsBefore", is_now.nps AS "npsAfter",
        CASE WHEN w.until <= ${now} THEN gained.before END AS "gainedBefore",
        CASE WHEN w.until <= ${now} THEN gained.after END AS "gainedAfter"
      FROM worked w
      LEFT JOIN LATERAL (
        SELECT f.nps FROM feedback f
        WHERE f.customer = w.customer AND f.nps IS NOT NULL AND f.at < w.at AND f.at >= w.at - interval '365 days'
        ORDER BY f.at DESC LIMIT 1) was ON true
      LEFT JOIN LATERAL (
        SELECT f.nps FROM feedback f
        WHERE f.customer = w.customer AND f.nps IS NOT NULL AND f.at >= w.reached AND f.at <= ${now}
        ORDER BY f.at DESC LIMIT 1) is_now ON true
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(x.minor) FILTER (WHERE x.at < w.at), 0)::float8 AS before,
          coalesce(sum(x.minor) FILTER (WHERE x.at >= w.at), 0)::float8 AS after
        FROM (
          SELECT e.at, CASE WHEN e.kind = ANY (${[...sales.returned]}::text[]) THEN -e.amount_minor ELSE e.amount_minor END AS minor
          FROM event e
          WHERE e.customer = w.customer AND e.at >= w.at - (w.until - w.at) AND e.at < w.until
            AND e.kind = ANY (${[...sales.sold, ...sales.returned]}::text[])
            AND e.amount_minor IS NOT NULL AND coalesce(e.currency, ${currency}) = ${currency}) x) gained
      ORDER BY w.at, w.customer`,
  }
}

const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY)

/**
 * `active`: what customers did from an instant on, and what each did next; `gone`: the days they left. As learning/leaving.ts has
 * it: the day of a cancellation that was not taken back, else of the last activity before the inactive days.
 */
function leftSince(from: Date, now: Date, { active, cancelled, inactiveDays }: ChurnKinds): Prisma.Sql {
  const limit = Prisma.sql`make_interval(days => ${inactiveDays}::int)`
  const known = Prisma.sql`x.at >= ${from}::timestamptz AND x.at <= ${now}::timestamptz`
  return Prisma.sql`
    active AS (
      SELECT x.customer, x.at, lead(x.at) OVER (PARTITION BY x.customer ORDER BY x.at) AS next
      FROM event x WHERE x.kind = ANY (${[...active]}::text[]) AND ${known}),
    ends AS (
      SELECT x.customer, x.at FROM event x
      WHERE x.kind = ANY (${[...cancelled]}::text[]) AND ${known} AND NOT EXISTS (
        SELECT 1 FROM event b WHERE b.customer = x.customer AND b.kind = ANY (${[...active]}::text[])
          AND b.at > x.at AND b.at < x.at + ${limit})),
    gone AS (
      SELECT customer, at FROM ends
      UNION ALL
      SELECT a.customer, a.at FROM active a
      WHERE coalesce(a.next, ${now}::timestamptz) >= a.at + ${limit} AND NOT EXISTS (
        SELECT 1 FROM ends e WHERE e.customer = a.customer AND e.at >= a.at AND e.at < a.at + ${limit}))`
}
