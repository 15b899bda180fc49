import type { Pool } from 'pg'
import type { AttributeValue } from '../records/record.ts'
import type { AttributeSpell, CustomerFacts } from '../timeline/history.ts'
import {
  numbered,
  type RowPage,
  type TimelineRow,
  type TimelineRows,
  type Touched,
} from '../timeline/rows.ts'
import { customerOf } from './customers.ts'
import type { CustomerModel } from './generated/models.ts'
import { inOwn } from './own-currency.ts'
import type { Db } from './rows.ts'
import { everyonesVoices, voicesOf } from './timeline-voices.ts'

/** Customers read in one statement: a click must not wait behind a longer one on the embedded database. */
const CUSTOMERS_A_PAGE = 200

/** The timeline's view of the store: everything in customer order, and what changed since a mark; money in `currency`. */
export function timelineRows(pool: Pool, db: Db, currency: string): TimelineRows {
  const events = eventsIn(currency)
  return {
    changed: async (since) => {
      const { rows } = await pool.query<{ mark: string; until: string }>(
        'SELECT pg_snapshot_xmin(s)::text AS mark, pg_snapshot_xmax(s)::text AS until FROM pg_current_snapshot() s',
      )
      const { mark, until } = rows[0]!
      // A mark from the future was handed out by a database that has since been put back to an earlier state.
      const isKnown = since !== null && BigInt(since) <= BigInt(mark)
      return { mark, until, customers: isKnown ? await changedSince(pool, since) : null }
    },
    everyone: () => everyone(pool, db, currency),
    customers: (only) => some(pool, db, currency, only),
    rows: (customers) => pagesOfRows(pool, rowsOf(events), customers),
    added: (since, until) => pagesSince(pool, [events, VOICES], since, until ?? null),
    voices: (since, until, customers) =>
      customers === undefined ? everyonesVoices(db, since, until) : voicesOf(pool, since, until, customers),
    horizon: async (events) => {
      // Of voices the newest one is at hand; for that of events the whole table is read.
      const known = events === undefined || Number.isNaN(events) ? null : new Date(events)
      const { rows } = await pool.query<{ at: Date | null }>(
        `SELECT greatest(${known === null ? '(SELECT max(at) FROM event)' : '$1::timestamptz'},
          (SELECT max(at) FROM feedback)) AS at`,
        known === null ? [] : [known],
      )
      return rows[0]?.at?.getTime() ?? Number.NaN
    },
  }
}

/** Customers asked for in one statement, as with their rows. */
const FACTS_A_PAGE = 1_000

async function* everyone(pool: Pool, db: Db, currency: string): AsyncGenerator<readonly CustomerFacts[]> {
  for (let after = 0; ; ) {
    const where = { no: { gt: after } }
    const page = await db.customer.findMany({ where, orderBy: { no: 'asc' }, take: FACTS_A_PAGE })
    yield await withSpells(pool, page, currency)
    if (page.length < FACTS_A_PAGE) return
    after = page.at(-1)!.no
  }
}

async function some(pool: Pool, db: Db, currency: string, ids: readonly string[]): Promise<CustomerFacts[]> {
  const facts: CustomerFacts[] = []
  for (let start = 0; start < ids.length; start += FACTS_A_PAGE) {
    const page = await db.customer.findMany({ where: { id: { in: ids.slice(start, start + FACTS_A_PAGE) } } })
    facts.push(...(await withSpells(pool, page, currency)))
  }
  return facts
}

const NO_SPELLS: readonly AttributeSpell[] = []

/** What their attributes were is read after what they are: what came in between is told once more by the next mark. */
async function withSpells(
  pool: Pool,
  page: readonly CustomerModel[],
  currency: string,
): Promise<CustomerFacts[]> {
  const { rows } = await pool.query<[customer: string, name: string, value: AttributeValue, from: number]>({
    text: `SELECT customer, name, value, (extract(epoch FROM valid_from) * 1000)::float8
      FROM customer_attribute WHERE customer = ANY($1::uuid[]) ORDER BY customer, valid_from, name`,
    values: [page.map(({ id }) => id)],
    rowMode: 'array',
  })
  const spells = new Map<string, AttributeSpell[]>()
  for (const [customer, name, value, from] of rows) {
    const spell = { name, value, from }
    const own = spells.get(customer)
    if (own === undefined) spells.set(customer, [spell])
    else own.push(spell)
  }
  return page.map((row) => ({ ...customerOf(row, currency), spells: spells.get(row.id) ?? NO_SPELLS }))
}

/**
 * Customers with something written by transaction `since` or a later one. The mark handed out with them is the oldest
 * transaction still running (anywhere on the server), so one that commits later is seen by a later call, never
 * skipped; what newer ones have committed is seen now, and once more then. Whoever changes or removes a row of an event
 * or a feedback names its customer in customer_touched: rows of all others are new.
 */
async function changedSince(pool: Pool, since: string): Promise<Touched> {
  const { rows } = await pool.query<[keyof Touched, string]>({
    text: `SELECT DISTINCT 'whole', customer FROM customer_touched WHERE xid >= $1::bigint
     UNION ALL SELECT 'facts', id FROM (
       SELECT id FROM customer WHERE xid >= $1::bigint
       UNION SELECT customer FROM customer_attribute WHERE xid >= $1::bigint) f
     UNION ALL SELECT 'added', customer FROM (
       SELECT customer FROM event WHERE xid >= $1::bigint
       UNION SELECT customer FROM feedback WHERE xid >= $1::bigint AND customer IS NOT NULL) t`,
    values: [since],
    rowMode: 'array',
  })
  const touched = { whole: [] as string[], facts: [] as string[], added: [] as string[] }
  for (const [how, customer] of rows) touched[how].push(customer)
  return touched
}

// Times come as plain numbers and rows as arrays: parsing dates and objects would cost more than reading.
const eventsIn = (currency: string): string => `
  SELECT customer, kind, (extract(epoch FROM at) * 1000)::float8 AS at, id::text AS id,
    (${inOwn(currency, 'event', 'amount_minor')})::float8 AS amount, quantity, duration,
    NULL::float8 AS rating, NULL::float8 AS nps, NULL::float8 AS csat, NULL::float8 AS ces,
    NULL::text AS text, xid::text AS xid
  FROM event`
const VOICES = `
  SELECT customer, 'voice_' || channel, (extract(epoch FROM at) * 1000)::float8, id::text, NULL, NULL, NULL,
    rating, nps, csat, ces, text, xid::text
  FROM feedback`
const rowsOf = (events: string): string => `
  SELECT t.customer, t.kind, t.at, t.id, t.amount, t.quantity, t.duration, t.rating, t.nps, t.csat, t.ces, t.text
  FROM (${events} WHERE customer = ANY($1::uuid[]) UNION ALL ${VOICES} WHERE customer = ANY($1::uuid[])) t
  JOIN customer c ON c.id = t.customer ORDER BY c.no, t.at, t.id`

type Value = number | null
type RowArray = [
  string,
  string,
  number,
  string,
  Value,
  Value,
  Value,
  Value,
  Value,
  Value,
  Value,
  string | null,
  string?,
]

async function* pagesOfRows(
  pool: Pool,
  text: string,
  customers: readonly string[] | null,
): AsyncIterable<RowPage> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM customer ${customers === null ? '' : 'WHERE id = ANY($1::uuid[])'} ORDER BY no`,
    customers === null ? [] : [customers],
  )
  for (let start = 0; start < rows.length; start += CUSTOMERS_A_PAGE) {
    const page = rows.slice(start, start + CUSTOMERS_A_PAGE).map((row) => row.id)
    const result = await pool.query<RowArray>({ text, values: [page], rowMode: 'array' })
    yield pageOf(result.rows)
  }
}

/** Where a row's transaction stands in its array. */
const XID = 12

/** Rows of new transactions read in one statement, but for what the last of them wrote besides. */
const NEW_ROWS_A_PAGE = 2_000

/** By transaction, whole ones: with the index of xid at hand, nothing else is looked at. */
async function* pagesSince(
  pool: Pool,
  tables: readonly [events: string, voices: string],
  since: string,
  until: string | null,
): AsyncIterable<TimelineRow[]> {
  for (const table of tables) {
    const text = `${table} WHERE xid >= $1::bigint AND xid < coalesce($2::bigint, 9223372036854775807)
      AND customer IS NOT NULL
      ORDER BY ${table === VOICES ? 'feedback' : 'event'}.xid FETCH FIRST ${NEW_ROWS_A_PAGE} ROWS WITH TIES`
    for (let from: bigint | null = BigInt(since); from !== null; ) {
      const rows: RowArray[] = await pageFrom(pool, text, from, until)
      yield rows.map(rowOf)
      from = rows.length < NEW_ROWS_A_PAGE ? null : BigInt(rows.at(-1)![XID]!) + 1n
    }
  }
}

async function pageFrom(pool: Pool, text: string, from: bigint, until: string | null): Promise<RowArray[]> {
  const { rows } = await pool.query<RowArray>({ text, values: [String(from), until], rowMode: 'array' })
  return rows
}

/** Where each measure stands in a row's array, and the text. */
const MEASURED = [
  ['amount', 4],
  ['quantity', 5],
  ['duration', 6],
  ['rating', 7],
  ['nps', 8],
  ['csat', 9],
  ['ces', 10],
] as const
const TEXT = 11

function pageOf(rows: readonly RowArray[]): RowPage {
  const customers = numbered(rows.map(([customer]) => customer))
  const kinds = numbered(rows.map(([, kind]) => kind))
  const columnAt = (place: (typeof MEASURED)[number][1]) =>
    Float64Array.from(rows, (row) => row[place] ?? Number.NaN)
  return {
    length: rows.length,
    customer: customers.numbers,
    customers: customers.names,
    kind: kinds.numbers,
    kinds: kinds.names,
    at: Float64Array.from(rows, ([, , at]) => at),
    measures: new Map(MEASURED.map(([measure, place]) => [measure, columnAt(place)])),
    texts: new Map(rows.flatMap(({ [TEXT]: text }, row) => (text ? [[row, text] as const] : []))),
    idOf: (row) => rows[row]![3],
  }
}

function rowOf(row: RowArray): TimelineRow {
  const [customer, kind, at, id, amount, quantity, duration, rating, nps, csat, ces, text] = row
  return { customer, kind, at, id, amount, quantity, duration, rating, nps, csat, ces, text }
}
