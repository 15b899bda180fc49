import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { fillFactsOf } from '../../src/features/fact-columns.ts'
import { finishRows } from '../../src/features/kernel.ts'
import { kindsOf } from '../../src/features/kind-tree.ts'
import type { EventRelation } from '../../src/features/sql.ts'
import { type SqlRow, sqlPlan } from '../../src/features/sql-plan.ts'
import { POSTGRES } from '../../src/features/sql-postgres.ts'
import type { Database } from '../../src/store/database.ts'
import type { Facts } from '../../src/timeline/history.ts'
import { MEASURED } from './feature-profile.ts'
import { allCells, fifthsOf, LIST } from './full-pass.ts'
import { byArrival, KINDS, type RandomEvents } from './history.ts'

const RELATION: EventRelation = {
  from: () => 'happened',
  measures: new Set(['amount', 'rating', 'sentiment']),
}
const plan = sqlPlan(LIST, POSTGRES, RELATION)

/** Rows a statement takes where there is no COPY. */
const PAGE = 20_000

/** Loads a history, its rows in the order in which they came. Kinds are an enumeration: four bytes, compared as numbers. */
export async function loadHistory({ pool, embedded }: Database, history: RandomEvents): Promise<void> {
  const kinds = [...kindsOf(MEASURED)].map((kind) => POSTGRES.text(kind)).join(', ')
  await pool.query(`CREATE TYPE happening AS ENUM (${kinds})`)
  await pool.query(`CREATE UNLOGGED TABLE happened (customer int, kind happening, at timestamptz, id int,
    amount float8, rating float8, sentiment float8)`)
  const order = byArrival(history)
  if (embedded) {
    for (let start = 0; start < order.length; start += PAGE) {
      await pool.query(INSERT, columnsOf(history, order.subarray(start, start + PAGE)))
    }
  } else {
    const client = await pool.connect()
    try {
      const copy = client.query(copyFrom('COPY happened FROM STDIN (FORMAT binary)'))
      await pipeline(Readable.from(binaryRows(history, order)), copy)
    } finally {
      client.release()
    }
  }
  await pool.query('VACUUM ANALYZE happened')
}

export interface Answered {
  /** Milliseconds the database took for the statement, its answer kept on its side. */
  readonly wall: number
  /** Rows of all features: its aggregates, the kernel's finalisers and fifths. */
  readonly cells: Float64Array
}

/** All features of everyone as of an instant, aggregated by the database. */
export async function askDatabase({ pool }: Database, facts: Facts, asOf: number): Promise<Answered> {
  const client = await pool.connect()
  try {
    // What a careful owner would give a statement like this: no sort or hash goes to the disk.
    await client.query(`SET work_mem = '512MB'`)
    const kinds = await client.query<{ kind: string }>(plan.seen(asOf))
    const start = performance.now()
    await client.query(`CREATE TEMP TABLE answer AS ${plan.cells(asOf)}`)
    const wall = performance.now() - start
    const { rows } = await client.query<SqlRow>('SELECT * FROM answer')
    await client.query('DROP TABLE answer')
    return { wall, cells: cellsOf(facts, rows, new Set(kinds.rows.map(({ kind }) => kind)), asOf) }
  } finally {
    client.release()
  }
}

function cellsOf(
  facts: Facts,
  rows: readonly SqlRow[],
  seen: ReadonlySet<string>,
  asOf: number,
): Float64Array {
  const byCustomer = new Map(rows.map((row) => [row['customer'], row]))
  const width = LIST.names.length
  const values = new Float64Array(facts.length * width)
  let index = 0
  for (const one of facts) {
    fillFactsOf(LIST, one, asOf, values, index * width)
    plan.fill(byCustomer.get(index), seen, values, index * width)
    index += 1
  }
  finishRows(LIST, values, 0, facts.length)
  return allCells({ values, fifths: fifthsOf(values) })
}

const INSERT = `INSERT INTO happened SELECT customer, kind::happening, to_timestamp(at / 1000), id, amount, rating, mood
  FROM unnest($1::int[], $2::text[], $3::float8[], $4::int[], $5::float8[], $6::float8[], $7::float8[])
    AS rows(customer, kind, at, id, amount, rating, mood)`

function columnsOf(history: RandomEvents, rows: Int32Array): unknown[] {
  const list = <T>(of: (row: number) => T): T[] => Array.from(rows, of)
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value)
  const value = (row: number, measure: 'amount' | 'rating') =>
    KINDS[history.kind[row]!]!.measures.includes(measure) ? known(history.value[row]!) : null
  return [
    list((row) => history.customer[row]),
    list((row) => KINDS[history.kind[row]!]!.name),
    list((row) => history.at[row]),
    list((row) => row),
    list((row) => value(row, 'amount')),
    list((row) => value(row, 'rating')),
    list((row) => known(history.mood[row]!)),
  ]
}

/** Microseconds of PostgreSQL's own epoch, 2000-01-01. */
const EPOCH = Date.UTC(2000, 0, 1)
const WORD = 2 ** 32
const CHUNK = 1 << 20
const LONGEST_ROW = 128

/** COPY's binary form: a head, rows of fields each with its length in front, a tail. */
function* binaryRows(history: RandomEvents, order: Int32Array): Generator<Buffer> {
  const names = KINDS.map(({ name }) => Buffer.from(name))
  const carries = KINDS.map(({ measures }) => ({
    amount: measures.includes('amount'),
    rating: measures.includes('rating'),
  }))
  yield Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
  let chunk = Buffer.allocUnsafe(CHUNK)
  let end = 0
  const number = (value: number): void => {
    const isKnown = !Number.isNaN(value)
    end = chunk.writeInt32BE(isKnown ? 8 : -1, end)
    if (isKnown) end = chunk.writeDoubleBE(value, end)
  }
  for (const row of order) {
    if (end + LONGEST_ROW > CHUNK) {
      yield chunk.subarray(0, end)
      chunk = Buffer.allocUnsafe(CHUNK)
      end = 0
    }
    const kind = history.kind[row]!
    const instant = (history.at[row]! - EPOCH) * 1000
    end = chunk.writeInt16BE(7, end)
    end = chunk.writeInt32BE(history.customer[row]!, chunk.writeInt32BE(4, end))
    end = chunk.writeInt32BE(names[kind]!.length, end)
    end += names[kind]!.copy(chunk, end)
    end = chunk.writeInt32BE(Math.floor(instant / WORD), chunk.writeInt32BE(8, end))
    end = chunk.writeUInt32BE(instant - Math.floor(instant / WORD) * WORD, end)
    end = chunk.writeInt32BE(row, chunk.writeInt32BE(4, end))
    number(carries[kind]!.amount ? history.value[row]! : Number.NaN)
    number(carries[kind]!.rating ? history.value[row]! : Number.NaN)
    number(history.mood[row]!)
  }
  yield chunk.subarray(0, end)
  yield Buffer.from([0xff, 0xff])
}
