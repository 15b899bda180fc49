import type { Pool } from 'pg'
import type { AttributeValue } from '../records/record.ts'
import type { AttributeSpell, CustomerFacts } from '../timeline/history.ts'
import type { CustomerVoice, TimelineRow, TimelineRows } from '../timeline/rows.ts'
import { customerOf } from './customers.ts'
import type { CustomerModel } from './generated/models.ts'
import type { Db } from './rows.ts'

/** Customers read in one statement: a click must not wait behind a longer one on the embedded database. */
const CUSTOMERS_A_PAGE = 200

/** The timeline's view of the store: everything in customer order, and what changed since a mark. */
export function timelineRows(pool: Pool, db: Db): TimelineRows {
  return {
    changed: async (since) => {
      const { rows } = await pool.query<{ mark: string }>(
        'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS mark',
      )
      const mark = rows[0]!.mark
      // A mark from the future was handed out by a database that has since been put back to an earlier state.
      const isKnown = since !== null && BigInt(since) <= BigInt(mark)
      return { mark, customers: isKnown ? await changedSince(pool, since) : null }
    },
    customers: (only) => (only === undefined ? everyone(pool, db) : some(pool, db, only)),
    rows: (customers) => pagesOfRows(pool, customers),
    voices: (since, until) => voices(db, since, until),
    horizon: async () => {
      const { rows } = await pool.query<{ at: Date | null }>(
        'SELECT greatest((SELECT max(at) FROM event), (SELECT max(at) FROM feedback)) AS at',
      )
      return rows[0]?.at?.getTime() ?? Number.NaN
    },
  }
}

/** Customers asked for in one statement, as with their rows. */
const FACTS_A_PAGE = 1_000

async function everyone(pool: Pool, db: Db): Promise<CustomerFacts[]> {
  const facts: CustomerFacts[] = []
  for (;;) {
    const after = facts.at(-1)?.no ?? 0
    const where = { no: { gt: after } }
    const page = await db.customer.findMany({ where, orderBy: { no: 'asc' }, take: FACTS_A_PAGE })
    facts.push(...(await withSpells(pool, page)))
    if (page.length < FACTS_A_PAGE) return facts
  }
}

async function some(pool: Pool, db: Db, ids: readonly string[]): Promise<CustomerFacts[]> {
  const facts: CustomerFacts[] = []
  for (let start = 0; start < ids.length; start += FACTS_A_PAGE) {
    const page = await db.customer.findMany({ where: { id: { in: ids.slice(start, start + FACTS_A_PAGE) } } })
    facts.push(...(await withSpells(pool, page)))
  }
  return facts
}

const NO_SPELLS: readonly AttributeSpell[] = []

/** What their attributes were is read after what they are: what came in between is told once more by the next mark. */
async function withSpells(pool: Pool, page: readonly CustomerModel[]): Promise<CustomerFacts[]> {
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
  return page.map((row) => ({ ...customerOf(row), spells: spells.get(row.id) ?? NO_SPELLS }))
}

/**
 * Customers with rows written by transaction `since` or a later one. The mark handed out with them is the oldest
 * transaction still running (anywhere on the server), so one that commits later is seen by a later call, never
 * skipped; what newer ones have committed is seen now, and once more then.
 */
async function changedSince(pool: Pool, since: string): Promise<string[]> {
  const { rows } = await pool.query<{ customer: string }>(
    `SELECT customer FROM event WHERE xid >= $1::bigint
     UNION SELECT customer FROM feedback WHERE xid >= $1::bigint AND customer IS NOT NULL
     UNION SELECT customer FROM customer_touched WHERE xid >= $1::bigint
     UNION SELECT customer FROM customer_attribute WHERE xid >= $1::bigint
     UNION SELECT id FROM customer WHERE xid >= $1::bigint`,
    [since],
  )
  return rows.map((row) => row.customer)
}

// Times come as plain numbers and rows as arrays: parsing dates and objects would cost more than reading.
const ROWS = `
  SELECT t.customer, t.kind, t.at, t.id, t.amount, t.quantity, t.duration, t.rating, t.nps, t.csat, t.ces, t.text
  FROM (
    SELECT customer, kind, (extract(epoch FROM at) * 1000)::float8 AS at, id::text AS id,
      amount_minor::float8 AS amount, quantity, duration,
      NULL::float8 AS rating, NULL::float8 AS nps, NULL::float8 AS csat, NULL::float8 AS ces,
      NULL::text AS text
    FROM event WHERE customer = ANY($1::uuid[])
    UNION ALL
    SELECT customer, 'voice_' || channel, (extract(epoch FROM at) * 1000)::float8, id::text, NULL, NULL, NULL,
      rating, nps, csat, ces, text
    FROM feedback WHERE customer = ANY($1::uuid[])) t
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
]

async function* pagesOfRows(pool: Pool, customers: readonly string[] | null): AsyncIterable<TimelineRow[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM customer ${customers === null ? '' : 'WHERE id = ANY($1::uuid[])'} ORDER BY no`,
    customers === null ? [] : [customers],
  )
  for (let start = 0; start < rows.length; start += CUSTOMERS_A_PAGE) {
    const page = rows.slice(start, start + CUSTOMERS_A_PAGE).map((row) => row.id)
    const result = await pool.query<RowArray>({ text: ROWS, values: [page], rowMode: 'array' })
    yield result.rows.map(rowOf)
  }
}

function rowOf(row: RowArray): TimelineRow {
  const [customer, kind, at, id, amount, quantity, duration, rating, nps, csat, ces, text] = row
  return { customer, kind, at, id, amount, quantity, duration, rating, nps, csat, ces, text }
}

async function voices(db: Db, since: Date, until: Date): Promise<CustomerVoice[]> {
  const rows = await db.feedback.findMany({
    where: { customer: { not: null }, at: { gte: since, lt: until } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { id: true, customer: true, at: true, channel: true, text: true, rating: true },
  })
  return rows.map((row) => ({ ...row, customer: row.customer!, at: row.at.getTime() }))
}
