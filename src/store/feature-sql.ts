import type { Pool } from 'pg'
import { VOICE } from '../features/columns.ts'
import { fillFactsOf } from '../features/fact-columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { finishRows } from '../features/kernel.ts'
import type { EventRelation } from '../features/sql.ts'
import { type SqlPlan, type SqlRow, sqlPlan } from '../features/sql-plan.ts'
import { POSTGRES } from '../features/sql-postgres.ts'
import type { CustomerFacts } from '../timeline/history.ts'
import { inOwn } from './own-currency.ts'

const eventsIn = (
  currency: string,
): string => `SELECT customer, kind, at, id, (${inOwn(currency, 'event', 'amount_minor')})::float8 AS amount, quantity, duration,
  NULL::float8 AS rating, NULL::float8 AS nps, NULL::float8 AS csat, NULL::float8 AS ces FROM event`
const FEEDBACK = `SELECT customer, '${VOICE}_' || channel AS kind, at, id, NULL::float8 AS amount, NULL::float8 AS quantity,
  NULL::float8 AS duration, rating, nps, csat, ces FROM feedback WHERE customer IS NOT NULL`

/** Events and feedback as one relation, money in this currency. The mood of a voice is read from its words and is no column of it. */
const happenedIn = (currency: string): EventRelation => ({
  from: (kinds) => {
    const isVoice = (kind: string) => kind === VOICE || kind.startsWith(`${VOICE}_`)
    const parts = [
      ...(kinds.every(isVoice) ? [] : [eventsIn(currency)]),
      ...(kinds.some(isVoice) ? [FEEDBACK] : []),
    ]
    return `(${parts.join(' UNION ALL ')}) happened`
  },
  measures: new Set(['amount', 'quantity', 'duration', 'rating', 'nps', 'csat', 'ces']),
})

/** Customers a statement answers for: a click must not wait behind a longer one on the embedded database. */
const BUCKET = 200

export interface FeatureBucket {
  /** Place of its first customer in the facts that were asked for. */
  readonly from: number
  /** Rows of the list's width, one a customer; peers, which need everyone, are unknown. */
  readonly values: Float64Array
}

/**
 * Features as of an instant, aggregated by the database instead of the kernel: the way out of one machine, and what
 * tests hold the kernel against. Facts and finalisers are the kernel's. Features that rest on a mood are unknown here.
 */
export async function* featureBuckets(
  pool: Pool,
  list: FeatureList,
  currency: string,
  facts: readonly CustomerFacts[],
  asOf: number,
  bucket = BUCKET,
): AsyncGenerator<FeatureBucket> {
  const plan = sqlPlan(list, POSTGRES, happenedIn(currency))
  const seen = new Set((await pool.query<{ kind: string }>(plan.seen(asOf))).rows.map(({ kind }) => kind))
  const sql = plan.cells(asOf, 'customer = ANY($1::uuid[])')
  for (let from = 0; from < facts.length; from += bucket) {
    const own = facts.slice(from, from + bucket)
    const { rows } = await pool.query<SqlRow>(sql, [own.map(({ id }) => id)])
    yield { from, values: rowsOf(plan, list, own, rows, seen, asOf) }
  }
}

function rowsOf(
  plan: SqlPlan,
  list: FeatureList,
  facts: readonly CustomerFacts[],
  rows: readonly SqlRow[],
  seen: ReadonlySet<string>,
  asOf: number,
): Float64Array {
  const width = list.names.length
  const values = new Float64Array(facts.length * width)
  const byCustomer = new Map(rows.map((row) => [row['customer'], row]))
  facts.forEach((one, index) => {
    const base = index * width
    fillFactsOf(list, one, asOf, values, base)
    plan.fill(byCustomer.get(one.id), seen, values, base)
  })
  finishRows(list, values, 0, facts.length)
  return values
}
