import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient, QueryResult, QueryResultRow } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { prepared } from './prepared.ts'

/** PostgreSQL types a bulk column may have. */
export type ColumnType =
  | 'uuid'
  | 'text'
  | 'timestamptz'
  | 'bigint'
  | 'int'
  | 'double precision'
  | 'boolean'
  | 'date'
  | 'jsonb'

/** A value as it goes over the wire; dates and JSON are written out by the caller's column. */
export type Cell = string | number | boolean | Date | null

export interface Column<Row> {
  readonly name: string
  readonly type: ColumnType
  readonly of: (row: Row) => Cell
}

/** A claim waits behind a longer one on the embedded database's only connection. */
const MOST_ROWS = 5_000

/** Below this, making and dropping a table costs a server more than reading arrays. */
const WORTH_A_TABLE = 200

/**
 * Runs one statement over many rows at once: `sql` receives the name of a row set with the given columns.
 * The embedded database takes the rows as arrays (`unnest`; COPY breaks its connection), a server takes more than a
 * few by COPY into a temporary table. The statement is the same for both.
 *
 * Must run inside a transaction of `client`. At most 5,000 rows a call: callers page.
 *
 * @param isLookUp its plan may be kept while the tables grow (see prepared.ts)
 */
export async function overRows<Row, Result extends QueryResultRow>(
  client: PoolClient,
  embedded: boolean,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  sql: (incoming: string) => string,
  isLookUp = false,
): Promise<QueryResult<Result>> {
  if (rows.length > MOST_ROWS) throw new Error(`overRows takes at most ${MOST_ROWS} rows, got ${rows.length}`)
  const asArrays = embedded || rows.length < WORTH_A_TABLE
  if (!asArrays) return byCopy(client, columns, rows, sql)
  const { text, values } = asQuery(columns, rows, sql)
  // Of many rows the plan is a small part of the work.
  return client.query<Result>(prepared(embedded && isLookUp && rows.length < WORTH_A_TABLE, text, values))
}

/** A column that is the same in every row (a source's name, an absent measure) travels once, not once a row. */
function asQuery<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  sql: (incoming: string) => string,
): { readonly text: string; readonly values: readonly unknown[] } {
  const values: unknown[] = []
  const shown: string[] = []
  const arrays: string[] = []
  const names: string[] = []
  for (const column of columns) {
    const cells = rows.map((row) => wire(column.of(row)))
    const first = cells[0] ?? null
    const constant = cells.every((cell) => cell === first)
    values.push(constant ? first : cells)
    const parameter = `$${values.length}::${column.type}`
    shown.push(constant ? `${parameter} AS "${column.name}"` : `t."${column.name}"`)
    if (constant) continue
    arrays.push(`${parameter}[]`)
    names.push(`"${column.name}"`)
  }
  if (arrays.length === 0) values.push(rows.length)
  const from =
    arrays.length === 0
      ? `generate_series(1, $${values.length}::int)`
      : `unnest(${arrays.join(', ')}) AS t(${names.join(', ')})`
  const incoming = `WITH incoming AS MATERIALIZED (SELECT ${shown.join(', ')} FROM ${from})`
  return { text: `${incoming} ${sql('incoming')}`, values }
}

async function byCopy<Row, Result extends QueryResultRow>(
  client: PoolClient,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  sql: (incoming: string) => string,
): Promise<QueryResult<Result>> {
  const definition = columns.map((column) => `"${column.name}" ${column.type}`).join(', ')
  await client.query(`CREATE TEMP TABLE incoming_rows (${definition}) ON COMMIT DROP`)
  const copy = client.query(copyFrom('COPY incoming_rows FROM STDIN'))
  await pipeline(Readable.from(copyLines(columns, rows)), copy)
  const result = await client.query<Result>(
    `WITH incoming AS (SELECT * FROM incoming_rows) ${sql('incoming')}`,
  )
  await client.query('DROP TABLE incoming_rows')
  return result
}

function* copyLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Generator<Buffer> {
  for (let start = 0; start < rows.length; start += 500) {
    const page = rows.slice(start, start + 500)
    const lines = page.map((row) => columns.map((column) => copyCell(column.of(row))).join('\t'))
    yield Buffer.from(`${lines.join('\n')}\n`)
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function copyCell(cell: Cell): string {
  const value = wire(cell)
  return value === null ? '\\N' : value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found]!)
}

function wire(cell: Cell): string | null {
  if (cell === null) return null
  if (cell instanceof Date) return cell.toISOString()
  return String(cell)
}

/** Rows cut into what one statement takes. */
export function* pages<Row>(rows: readonly Row[], size = 2_000): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}
