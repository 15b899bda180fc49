import { CLOSED } from '../alerts/alert.ts'
import type { CaseRow } from '../reports/case-row.ts'
import type { Db } from './rows.ts'

/** How often a rule made a case, and how often that case was judged to be no risk. */
export interface RuleCases {
  readonly rule: string
  readonly cases: number
  readonly dismissed: number
}

/** What reports read: few columns of many rows. */
export interface ReportTable {
  /** Cases opened since then, and every case not closed. */
  cases(since: Date): Promise<CaseRow[]>
  ruleCases(): Promise<RuleCases[]>
}

export function reportTable(db: Db): ReportTable {
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
  }
}
