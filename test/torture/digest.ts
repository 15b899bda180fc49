import type { Pool } from 'pg'
import { CASES } from './board.ts'

/**
 * How each table's rows are compared: whole rows as JSON, without what is drawn at random (ids), counted by a sequence
 * (a killed transaction uses a number up) or tells of transport and of the real time (attempts, leases, reports of
 * resumed pulls). References become names that mean the same in every run, and `place` keeps the order of what a
 * sequence numbered. New columns of these tables are compared without a word here; tables not named, by their size.
 */
const ROWS: Readonly<Record<string, string>> = {
  customer: `SELECT to_jsonb(t) - '{no,xid}'::text[] || jsonb_build_object('place', rank() OVER (ORDER BY no)) AS row FROM customer t`,
  customer_attribute: `SELECT to_jsonb(t) - 'xid' AS row FROM customer_attribute t`,
  customer_key: 'SELECT to_jsonb(t) AS row FROM customer_key t',
  event: `SELECT to_jsonb(t) - 'xid' AS row FROM event t`,
  feedback: `SELECT to_jsonb(t) - 'xid' AS row FROM feedback t`,
  customer_touched: `SELECT jsonb_build_object('customer', customer) AS row FROM customer_touched`,
  quarantine: 'SELECT to_jsonb(t) AS row FROM quarantine t',
  source_state: `SELECT to_jsonb(t) - 'report' AS row FROM source_state t`,
  assessment: `SELECT to_jsonb(t) - 'id' AS row FROM assessment t`,
  score_run: `
    SELECT to_jsonb(t) - '{id,customers,scores,priorities,tiers,deferred}'::text[] || jsonb_build_object(
      'judged', (SELECT jsonb_agg(jsonb_build_array(c.id, substr(t.scores, 4 * i + 1, 4)::text,
          substr(t.priorities, 4 * i + 1, 4)::text, get_byte(t.tiers, i)) ORDER BY c.id)
        FROM generate_series(0, length(t.tiers) - 1) i
        JOIN customer c ON int4send(c.no) = substr(t.customers, 4 * i + 1, 4)),
      'deferred', (SELECT jsonb_agg(c.id ORDER BY c.id) FROM customer c WHERE c.no = ANY (t.deferred))) AS row
    FROM score_run t`,
  alert: `
    SELECT to_jsonb(t) - '{id,no,previous}'::text[] || jsonb_build_object(
      'case', s.key, 'previous', p.key, 'place', rank() OVER (ORDER BY t.no)) AS row
    FROM alert t JOIN cases s ON s.id = t.id LEFT JOIN cases p ON p.id = t.previous`,
  action: `
    SELECT to_jsonb(t) - '{id,alert,seq}'::text[] || jsonb_build_object(
      'case', s.key, 'place', row_number() OVER (PARTITION BY t.alert ORDER BY t.seq)) AS row
    FROM action t JOIN cases s ON s.id = t.alert`,
  timer: `
    SELECT to_jsonb(t) - '{id,alert}'::text[] || jsonb_build_object('case', s.key) AS row
    FROM timer t JOIN cases s ON s.id = t.alert`,
  card: `
    SELECT to_jsonb(t) - '{id,alert,message,posted_at}'::text[] || jsonb_build_object(
      'case', s.key, 'posted', t.message IS NOT NULL) AS row
    FROM card t JOIN cases s ON s.id = t.alert`,
  outbox: `
    SELECT jsonb_build_object('case', s.key, 'channel', c.channel, 'kind', t.kind, 'state', t.state,
      'says', coalesce(d.place::text, replace(t.dedupe, c.id::text, ''))) AS row
    FROM outbox t JOIN card c ON c.id = t.card JOIN cases s ON s.id = c.alert
    LEFT JOIN (SELECT id::text, row_number() OVER (PARTITION BY alert ORDER BY seq) AS place FROM action) d
      ON d.id = t.body->>'action'`,
  job_run: `
    SELECT jsonb_build_object('job', job, 'slot', slot, 'error', error, 'finished', finished_at IS NOT NULL) AS row
    FROM job_run`,
  setting: 'SELECT to_jsonb(t) AS row FROM setting t',
}

/** Every table's rows as sorted lines that two runs of the same story share. */
export async function rowsOf(pool: Pool): Promise<Map<string, string[]>> {
  const tables = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations' ORDER BY tablename`,
  )
  const lines = new Map<string, string[]>()
  for (const { name } of tables.rows) lines.set(name, await linesOf(pool, name))
  return lines
}

async function linesOf(pool: Pool, table: string): Promise<string[]> {
  const sql = ROWS[table] ?? `SELECT jsonb_build_object('rows', count(*)) AS row FROM ${table}`
  const { rows } = await pool.query<{ line: string }>(
    `WITH ${CASES} SELECT row::text AS line FROM (${sql}) q`,
  )
  return rows.map(({ line }) => line).sort()
}
