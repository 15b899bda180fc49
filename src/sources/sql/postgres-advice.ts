import type pg from 'pg'

/** Asks the server. @throws ForeshockError SOURCE_FAILED */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<pg.QueryArrayResult<unknown[]>>

/** A smaller table is read through quickly. */
const MANY_ROWS = 20_000

/** A pull's query as it will be next time, and the column that it goes on by. */
export interface Next {
  readonly text: string
  readonly values: readonly unknown[]
  readonly after: string
}

/** What somebody who runs the database would want to know, one sentence each. */
export async function adviceOn(ask: Ask, next: Next | null): Promise<string[]> {
  const scanned = next === null ? [] : await scannedFor(ask, next)
  return [
    ...scanned.map(
      ({ table, rows }) =>
        `each pull goes through all of "${table}", about ${rows.toLocaleString('en')} rows, to find what is new; an index for the order (${next!.after}, then the key) would spare that`,
    ),
    ...((await mayWrite(ask)) ? ['the user may also write there; one that may only read is safer'] : []),
  ]
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Schema?: string
  readonly Filter?: string
  readonly Plans?: readonly Plan[]
}

/** Large tables that are read from end to end only to find what is new. */
async function scannedFor(
  ask: Ask,
  { text, values, after }: Next,
): Promise<{ table: string; rows: number }[]> {
  const { rows } = await ask(`EXPLAIN (FORMAT JSON, VERBOSE) ${text}`, values)
  const [explained] = rows[0]![0] as [{ Plan: Plan }]
  const found: { table: string; rows: number }[] = []
  for (const { 'Relation Name': table, Schema: schema, Filter: filter = '' } of scansIn(explained.Plan)) {
    if (table === undefined || !filter.includes(after)) continue
    const counted = await ask(
      'SELECT c.reltuples::int8 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2',
      [schema ?? 'public', table],
    )
    const count = Number(counted.rows[0]?.[0] ?? 0)
    if (count >= MANY_ROWS) found.push({ table, rows: count })
  }
  return found
}

function scansIn(plan: Plan): Plan[] {
  const below = (plan.Plans ?? []).flatMap(scansIn)
  return plan['Node Type'] === 'Seq Scan' ? [plan, ...below] : below
}

async function mayWrite(ask: Ask): Promise<boolean> {
  const { rows } = await ask(
    `SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
        AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))`,
  )
  return rows[0]?.[0] === 't'
}
