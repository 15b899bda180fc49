import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { Asked, Column, ColumnKind, Dialect, Opening, Position, Row, Session } from './dialect.ts'
import { type Ask, adviceOn } from './postgres-advice.ts'
import { postgresFault } from './postgres-faults.ts'

/** PostgreSQL, and what speaks its protocol. */
export const postgres: Dialect = { protocols: ['postgresql', 'postgres'], open: openPostgres }

const CONNECT_MS = 10_000
/** Beyond the server's own limit, for a server that has stopped answering. */
const GRACE_MS = 5_000

/** @param stream instead of a socket to the address, for tests */
export async function openPostgres(opening: Opening, stream?: () => Duplex): Promise<Session> {
  const { timeZone, timeoutSeconds, signal } = opening
  signal.throwIfAborted()
  const client = clientOf(opening, stream)
  // A connection that breaks between two queries tells the next query; unheard, it would end the program.
  client.on('error', () => {})
  const stop = () => void client.end().catch(() => {})
  signal.addEventListener('abort', stop, { once: true })
  const close = async () => {
    signal.removeEventListener('abort', stop)
    await client.query('ROLLBACK').catch(() => {})
    await client.end().catch(() => {})
  }
  const ask = async (text: string, values: readonly unknown[] = []) => {
    try {
      return await client.query<unknown[]>({ ...ONE_STATEMENT, text, values: [...values], rowMode: 'array' })
    } catch (error) {
      throw postgresFault(error, opening)
    }
  }
  try {
    await client.connect().catch((error: unknown) => {
      throw postgresFault(error, opening)
    })
    await ask('BEGIN READ ONLY')
    await ask(
      `SELECT set_config('TimeZone', $1, true), set_config('statement_timeout', $2, true), set_config('DateStyle', 'ISO', true)`,
      [timeZone, String(timeoutSeconds * 1000)],
    )
  } catch (error) {
    await close()
    throw error
  }
  return sessionOf(ask, close)
}

/** Without it, a query could end the transaction that may not write, and begin another. */
const ONE_STATEMENT = { queryMode: 'extended' }

function clientOf(opening: Opening, stream?: () => Duplex): pg.Client {
  try {
    return new pg.Client({
      connectionString: opening.address,
      application_name: 'foreshock',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: opening.timeoutSeconds * 1000 + GRACE_MS,
      keepAlive: true,
      types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
      ...(stream === undefined ? {} : { stream: stream as never }),
    })
  } catch (error) {
    // Such as a certificate that is not where the address says: no code, for nothing was asked over the network.
    throw postgresFault(new Error((error as Error).message), opening)
  }
}

function sessionOf(ask: Ask, close: () => Promise<void>): Session {
  return {
    columns: async (query) => {
      const { fields } = await ask(`SELECT * FROM ${rowsOf(query)} LIMIT 0`)
      const { rows } = await ask(
        // With -1 a type of no set length: a key of char(8) cast to "character" would be its first letter.
        'SELECT oid::int8, format_type(oid, -1) FROM pg_type WHERE oid = ANY ($1::oid[])',
        [fields.map(({ dataTypeID }) => dataTypeID)],
      )
      const types = new Map(rows.map(([oid, type]) => [Number(oid), String(type)]))
      return fields.map(({ name, dataTypeID }) => ({
        name,
        kind: KINDS[dataTypeID] ?? 'other',
        type: types.get(dataTypeID) ?? 'text',
      }))
    },
    rows: (asked, page) => {
      const { text, values } = inOrder(asked)
      return fetched(ask, text, values, page)
    },
    undated: ({ query, after }, page) =>
      fetched(ask, `SELECT * FROM ${rowsOf(query)} WHERE ${quoted(after!)} IS NULL`, [], page),
    advice: async (asked) => {
      const since = await newest(ask, asked)
      const next = since === null ? null : { ...inOrder({ ...asked, since }), after: asked.after!.name }
      return adviceOn(ask, next)
    },
    close,
  }
}

/** Through a cursor on the server: the query is worked out once, and a page at a time comes over. */
async function* fetched(
  ask: Ask,
  text: string,
  values: readonly unknown[],
  page: number,
): AsyncGenerator<Row[]> {
  await ask(`DECLARE source_page NO SCROLL CURSOR FOR ${text}`, values)
  try {
    for (;;) {
      const { fields, rows } = await ask(`FETCH FORWARD ${page} FROM source_page`)
      const names = fields.map(({ name }) => name)
      if (rows.length > 0)
        yield rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at]])))
      if (rows.length < page) return
    }
  } finally {
    // After a fault there is no transaction left to close it in.
    await ask('CLOSE source_page').catch(() => {})
  }
}

/** The rows behind the position, in their order. */
function inOrder(asked: Asked): { text: string; values: unknown[] } {
  const { where, values } = behind(asked)
  const order = [asked.after, asked.key].flatMap((column) => (column === null ? [] : [quoted(column)]))
  const dated = asked.after === null ? [] : [`${quoted(asked.after)} IS NOT NULL`]
  const all = [...dated, ...where]
  const filter = all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`
  return { text: `SELECT * FROM ${rowsOf(asked.query)} ${filter} ORDER BY ${order.join(', ')}`, values }
}

/** Where a pull stands that has read everything; null: there is no row to stand at. */
async function newest(ask: Ask, { query, key, after }: Asked): Promise<Position | null> {
  if (after === null) return null
  const [last, by] = [quoted(after), quoted(key)]
  const { rows } = await ask(
    `SELECT ${last}, ${by} FROM ${rowsOf(query)} WHERE ${last} IS NOT NULL ORDER BY ${last} DESC, ${by} DESC LIMIT 1`,
  )
  return rows[0] === undefined ? null : { after: String(rows[0][0]), key: String(rows[0][1]) }
}

/** The query may end in a comment, hence the line of its own. */
function rowsOf(query: string): string {
  return `(\n${query}\n) AS source_rows`
}

/**
 * Rows behind the position. Rows that share its `after` are told apart by the key, so that none is passed over and none
 * comes for ever. The first bound is one that an index on the column serves.
 */
function behind({ key, after, since, again }: Asked): { where: string[]; values: unknown[] } {
  if (since === null) return { where: [], values: [] }
  if (after === null) return { where: [`${quoted(key)} > $1::${key.type}`], values: [since.key] }
  const column = quoted(after)
  const last = `$1::${after.type}`
  const next = `(${column}, ${quoted(key)}) > (${last}, $2::${key.type})`
  const values = [since.after, since.key]
  if (again === null) return { where: [next], values }
  if (typeof again === 'number') {
    return { where: [`(${next} OR ${column} >= ${last} - $3::${after.type})`], values: [...values, again] }
  }
  const instant = '$3::timestamptz'
  // A time without its zone may be anybody's: most programs write UTC, whatever zone the company is in.
  const from =
    after.type === 'timestamp without time zone'
      ? `LEAST(${instant}::${after.type}, ${instant} AT TIME ZONE 'UTC')`
      : `${instant}::${after.type}`
  return {
    where: [`${column} >= LEAST(${last}, ${from})`, `(${next} OR ${column} >= ${from})`],
    values: [...values, again.toISOString()],
  }
}

function quoted({ name }: Pick<Column, 'name'>): string {
  return pg.escapeIdentifier(name)
}

const { builtins } = pg.types
const KINDS: Readonly<Record<number, ColumnKind>> = {
  [builtins.TIMESTAMPTZ]: 'time',
  [builtins.TIMESTAMP]: 'time',
  [builtins.DATE]: 'day',
  [builtins.INT2]: 'number',
  [builtins.INT4]: 'number',
  [builtins.INT8]: 'number',
  [builtins.NUMERIC]: 'number',
  [builtins.JSON]: 'json',
  [builtins.JSONB]: 'json',
}

/** Words as the server writes them: a JavaScript number or date would lose digits. */
function parserOf(type: number): (words: string) => unknown {
  return KINDS[type] === 'json' ? (words) => JSON.parse(words) : (words) => words
}
