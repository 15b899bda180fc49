import { CLOSED } from '../alerts/alert.ts'
import type { ChurnKinds } from '../features/reported-kinds.ts'
import type { CaseOnRule, JudgedEvidence } from '../reports/advice.ts'
import type { CaseRow } from '../reports/case-row.ts'
import type { Share } from '../reports/figure.ts'
import type { WeekSums } from '../reports/week.ts'
import type { Settled } from '../risk/odds.ts'
import { Prisma } from './generated/client.ts'
import { inOwn } from './own-currency.ts'
import type { Db } from './rows.ts'

/** How often a rule made a case, and how often that case was judged to be no risk. */
export interface RuleCases {
  readonly rule: string
  readonly cases: number
  readonly dismissed: number
}

/** Rows whose money stands in another currency than the company's. */
export interface ForeignMoney {
  readonly currency: string
  /** Events with an amount, and customers with an LTV. */
  readonly amounts: number
  readonly ltvs: number
}

/** Somebody has said what they think of it. */
const JUDGED: string[] = [...CLOSED, 'watch']

/** What reports read: few columns of many rows. */
export interface ReportTable {
  /** Cases opened since then, and every case not closed. */
  cases(since: Date): Promise<CaseRow[]>
  ruleCases(): Promise<RuleCases[]>
  /** The evidence of cases opened since then and judged by now, the newest case first; marked retained counts as judged. */
  judgedEvidence(since: Date): Promise<JudgedEvidence[]>
  /** Cases opened in that time that rested on a rule. */
  casesOnRule(rule: string, from: Date, to: Date): Promise<CaseOnRule[]>
  /** Cases that ended with the customer kept or lost, by the likely reason they were opened with. */
  settled(): Promise<Settled[]>
  /** What happened to cases from one instant until another. */
  week(from: Date, to: Date): Promise<WeekSums>
  /** Of confirmed cases whose watch began `days` or more ago, in how many the customer was still here so long after. */
  survival(days: number, now: Date, churn: ChurnKinds): Promise<Share>
  /** How many cases were opened in each stretch between two neighbours of `bounds`, ascending. */
  openedIn(bounds: readonly Date[]): Promise<number[]>
  /** By currency: what is kept of it counts nowhere. */
  foreignMoney(): Promise<ForeignMoney[]>
  /** Events of these kinds whose customer's attribute does not say yes. */
  unauthorised(kinds: readonly string[], attribute: string): Promise<number>
}

/** @param own the company's currency: an LTV in another is unknown */
export function reportTable(db: Db, own: string): ReportTable {
  const ltv = Prisma.raw(inOwn(own, 'c', 'ltv_minor'))
  return {
    cases: (since) => db.$queryRaw<CaseRow[]>`
      SELECT a.tier, a.state, coalesce(a.owner, a.assignee, c.owner) AS csm, c.site, c.region,
        a.opened_at AS "openedAt", a.claimed_at AS "claimedAt", a.contacted_at AS "contactedAt",
        a.watch_from AS "watchFrom", a.outcome IS NOT NULL AS "hasOutcome",
        ARRAY(SELECT DISTINCT substr(t.kind, 5) FROM timer t
          WHERE t.alert = a.id AND t.kind LIKE 'sla-%' AND t.fired_at IS NOT NULL ORDER BY 1) AS missed
      FROM alert a JOIN customer c ON c.id = a.customer
      WHERE a.opened_at >= ${since} OR NOT (a.state = ANY(${[...CLOSED]}))
      ORDER BY a.no`,
    ruleCases: () => db.$queryRaw<RuleCases[]>`
      SELECT e->>'rule' AS rule, count(*)::int AS cases,
        count(*) FILTER (WHERE a.state = 'dismissed')::int AS dismissed
      FROM alert a, jsonb_array_elements(a.assessment->'readings') r, jsonb_array_elements(r->'evidence') e
      WHERE r->>'signal' = 'rules' AND r->>'fired' = 'true' AND e->>'kind' = 'rule'
      GROUP BY 1 ORDER BY 1`,
    judgedEvidence: (since) => db.$queryRaw<JudgedEvidence[]>`
      SELECT a.id AS alert, a.customer, (a.assessment->>'asOf')::float8 AS "asOf", a.assessment->>'reason' AS reason,
        (a.assessment->'forecast'->>'probability')::float8 AS probability, a.state = 'dismissed' AS wrong,
        r->>'signal' AS signal, e->>'rule' AS rule,
        max((e->>'at')::float8) FILTER (WHERE e->>'kind' = 'quote') AS "quotedAt"
      FROM alert a, jsonb_array_elements(a.assessment->'readings') r, jsonb_array_elements(r->'evidence') e
      WHERE a.opened_at >= ${since} AND a.state = ANY (${JUDGED}) AND r->>'fired' = 'true'
      GROUP BY a.id, r->>'signal', e->>'rule'
      ORDER BY a.opened_at DESC, a.no DESC, signal, rule`,
    casesOnRule: (rule, from, to) => db.$queryRaw<CaseOnRule[]>`
      SELECT a.customer, (a.assessment->>'asOf')::float8 AS "asOf",
        CASE WHEN a.state = 'dismissed' THEN 'wrong' WHEN a.state = ANY (${JUDGED}) THEN 'right' ELSE 'open' END AS fate
      FROM alert a
      WHERE a.opened_at >= ${from} AND a.opened_at < ${to} AND EXISTS (
        SELECT FROM jsonb_array_elements(a.assessment->'readings') r, jsonb_array_elements(r->'evidence') e
        WHERE r->>'signal' = 'rules' AND r->>'fired' = 'true' AND e->>'rule' = ${rule})
      ORDER BY a.no`,
    settled: () => db.$queryRaw<Settled[]>`
      SELECT coalesce(assessment->>'cause', 'unknown') AS cause, count(*)::int AS cases,
        count(*) FILTER (WHERE state = 'retained')::int AS kept,
        coalesce(sum((outcome->>'costMinor')::float8), 0)::float8 AS "costMinor"
      FROM alert
      WHERE state IN ('retained', 'relapsed') OR (state = 'resolved' AND outcome->>'result' = 'lost')
      GROUP BY 1 ORDER BY 1`,
    week: async (from, to) => {
      const [row] = await db.$queryRaw<[WeekRow]>`
        WITH ended AS (
          SELECT a.state, a.outcome->>'result' AS result, a.outcome->>'reason' AS reason,
            coalesce(${ltv}, (a.assessment->>'ltvEstimateMinor')::bigint, 0)::float8 AS worth
          FROM alert a JOIN customer c ON c.id = a.customer
          WHERE a.closed_at >= ${from} AND a.closed_at < ${to}),
        reasons AS (SELECT reason, count(*)::int AS count FROM ended WHERE result = 'lost' GROUP BY 1)
        SELECT count(*) FILTER (WHERE opened_at >= ${from} AND opened_at < ${to} AND tier = 'P0')::int AS "P0",
          count(*) FILTER (WHERE opened_at >= ${from} AND opened_at < ${to} AND tier = 'P1')::int AS "P1",
          count(*) FILTER (WHERE opened_at >= ${from} AND opened_at < ${to} AND tier = 'P2')::int AS "P2",
          count(*) FILTER (WHERE claimed_at >= ${from} AND claimed_at < ${to})::int AS claimed,
          count(*) FILTER (WHERE contacted_at >= ${from} AND contacted_at < ${to})::int AS contacted,
          count(*) FILTER (WHERE watch_from >= ${from} AND watch_from < ${to})::int AS marked,
          (SELECT count(*)::int FROM ended WHERE state = 'retained') AS confirmed,
          (SELECT coalesce(sum(worth), 0) FROM ended WHERE state = 'retained') AS "keptMinor",
          (SELECT count(*)::int FROM ended WHERE state = 'relapsed') AS relapsed,
          (SELECT count(*)::int FROM ended WHERE result = 'lost') AS lost,
          (SELECT coalesce(sum(worth), 0) FROM ended WHERE result = 'lost') AS "lostMinor",
          (SELECT count(*)::int FROM ended WHERE state = 'dismissed') AS dismissed,
          (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.count DESC, r.reason), '[]') FROM reasons r) AS reasons
        FROM alert`
      const { P0, P1, P2, ...rest } = row
      return { opened: { P0, P1, P2 }, ...rest }
    },
    survival: async (days, now, { active, cancelled, inactiveDays }) => {
      const [row] = await db.$queryRaw<[Share]>`
        SELECT count(*)::int AS "of", count(*) FILTER (WHERE NOT left_by_then)::int AS count FROM (
          SELECT coalesce(e.cancelled >= coalesce(e.active, '-infinity'), false)
            OR coalesce(e.active <= r.day - make_interval(days => ${inactiveDays}::int), false) AS left_by_then
          FROM (SELECT customer, watch_from + make_interval(days => ${days}::int) AS day FROM alert
            WHERE state = 'retained' AND watch_from <= ${now}::timestamptz - make_interval(days => ${days}::int)) r
          CROSS JOIN LATERAL (
            SELECT max(at) FILTER (WHERE kind = ANY (${[...active]}::text[])) AS active,
              max(at) FILTER (WHERE kind = ANY (${[...cancelled]}::text[])) AS cancelled
            FROM event x WHERE x.customer = r.customer AND x.at <= r.day) e) judged`
      return row
    },
    foreignMoney: () => db.$queryRaw<ForeignMoney[]>`
      SELECT currency, sum(amounts)::int AS amounts, sum(ltvs)::int AS ltvs FROM (
        SELECT currency, count(*) AS amounts, 0 AS ltvs FROM event
        WHERE amount_minor IS NOT NULL AND currency <> ${own} GROUP BY 1
        UNION ALL SELECT currency, 0, count(*) FROM customer
        WHERE ltv_minor IS NOT NULL AND currency <> ${own} GROUP BY 1) m
      GROUP BY 1 ORDER BY 1`,
    unauthorised: async (kinds, attribute) => {
      const [row] = await db.$queryRaw<[{ count: number }]>`
        SELECT count(*)::int AS count FROM event e JOIN customer c ON c.id = e.customer
        WHERE e.kind = ANY (${[...kinds]}::text[]) AND c.attributes->>${attribute} IS DISTINCT FROM 'true'`
      return row.count
    },
    openedIn: async (bounds) => {
      const rows = await db.$queryRaw<{ bin: number; count: number }[]>`
        SELECT width_bucket(opened_at, ${[...bounds]}::timestamptz[]) AS bin, count(*)::int AS count
        FROM alert WHERE opened_at >= ${bounds[0]!} AND opened_at < ${bounds.at(-1)!} GROUP BY 1`
      const counts = new Map(rows.map(({ bin, count }) => [bin, count]))
      return bounds.slice(1).map((_, index) => counts.get(index + 1) ?? 0)
    },
  }
}

type WeekRow = Omit<WeekSums, 'opened'> & WeekSums['opened']
