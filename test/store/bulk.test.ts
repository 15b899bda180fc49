import fc from 'fast-check'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cell, Column } from '../../src/store/bulk.ts'
import { overRows } from '../../src/store/bulk.ts'
import type { Database } from '../../src/store/database.ts'
import { openTestDatabase, places } from '../places.ts'

interface Row {
  readonly id: string
  readonly words: string | null
  readonly at: Date | null
  readonly big: number | null
  readonly small: number | null
  readonly real: number | null
  readonly yes: boolean | null
  readonly day: string | null
  readonly body: string | null
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'id', type: 'uuid', of: (row) => row.id },
  { name: 'words', type: 'text', of: (row) => row.words },
  { name: 'at', type: 'timestamptz', of: (row) => row.at },
  { name: 'big', type: 'bigint', of: (row) => row.big },
  { name: 'small', type: 'int', of: (row) => row.small },
  { name: 'real', type: 'double precision', of: (row) => row.real },
  { name: 'yes', type: 'boolean', of: (row) => row.yes },
  { name: 'day', type: 'date', of: (row) => row.day },
  { name: 'body', type: 'jsonb', of: (row) => row.body },
]

const words = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0')),
  fc.constantFrom(
    '',
    'NULL',
    '\\N',
    '\\.',
    '{}',
    '{"a",NULL}',
    "it's",
    '"quoted"',
    '\\',
    'a\tb',
    'a\r\nb',
    ' 前震 ',
    '👩‍👩‍👧‍👦',
  ),
)
const instant = fc.date({ min: new Date('1901-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null })
const anyRow: fc.Arbitrary<Row> = fc.record({
  id: fc.uuid(),
  words: nullable(words),
  at: nullable(instant),
  big: nullable(fc.maxSafeInteger()),
  small: nullable(fc.integer()),
  real: nullable(fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 5e-324))),
  yes: nullable(fc.boolean()),
  day: nullable(instant.map((date) => date.toISOString().slice(0, 10))),
  body: nullable(
    fc
      .dictionary(words, fc.oneof(words, fc.integer(), fc.boolean()), { maxKeys: 3 })
      .map((body) => JSON.stringify(body)),
  ),
})

describe.each(places)('bulk statements on $name', (where) => {
  let database: Database
  let client: PoolClient
  beforeAll(async () => {
    database = await openTestDatabase(where)
    client = await database.pool.connect()
  })
  afterAll(async () => {
    client.release()
    await database.close()
  })

  /** What the database made of the rows, in a form to compare. */
  const thereAndBack = async (rows: readonly Row[], embedded: boolean) => {
    await client.query('BEGIN')
    const result = await overRows<Row, Record<keyof Row, unknown>>(
      client,
      embedded,
      COLUMNS,
      rows,
      (incoming) =>
        `SELECT id, words, at, big::text, small, "real"::text, yes, day::text, body FROM ${incoming}`,
    )
    await client.query('COMMIT')
    return result.rows
  }
  const expected = (row: Row) => ({
    ...row,
    big: row.big === null ? null : String(BigInt(row.big)),
    real: row.real === null ? null : Object.is(row.real, -0) ? 0 : row.real,
    body: row.body === null ? null : JSON.parse(row.body),
  })
  const plain = (row: Record<keyof Row, unknown>) => ({
    ...row,
    real: row.real === null ? null : Number(row.real),
  })
  // COPY breaks the embedded database's connection: only a server has both ways.
  const ways = where.name === 'PostgreSQL' ? [true, false] : [true]

  it.each(ways)('carries every value of every type unchanged (as arrays: %s)', async (embedded) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 20 }), fc.boolean(), async (some, alike) => {
        // Enough rows for a table; columns that are the same in all of them take another way.
        const rows =
          some.length === 0
            ? []
            : Array.from({ length: 220 }, (_, index) => some[alike ? 0 : index % some.length]!)
        const back = await thereAndBack(rows, embedded)
        expect(back.map(plain)).toEqual(rows.map(expected))
      }),
      { numRuns: 25 },
    )
  })

  it('takes no rows, one row, and 5,000, but not one more', async () => {
    const count = async (rows: number): Promise<number> => {
      const ids = Array.from({ length: rows }, (_, index) => index)
      const column = { name: 'n', type: 'int', of: (n: number): Cell => n } as const
      const sql = (incoming: string): string => `SELECT count(*)::int AS count FROM ${incoming}`
      await client.query('BEGIN')
      const result = await overRows<number, { count: number }>(client, database.embedded, [column], ids, sql)
      await client.query('COMMIT')
      return result.rows[0]!.count
    }
    expect([await count(0), await count(1), await count(5_000)]).toEqual([0, 1, 5_000])
    await expect(count(5_001)).rejects.toThrow(/at most 5000 rows, got 5001/)
    await client.query('ROLLBACK')
  })

  it('refuses text the database cannot hold, and goes on', async () => {
    const column = { name: 'words', type: 'text', of: (each: string): Cell => each } as const
    const rows = Array.from({ length: 300 }, (_, index) => (index === 7 ? 'nul \0' : `row ${index}`))
    await client.query('BEGIN')
    await expect(
      overRows(client, database.embedded, [column], rows, (incoming) => `SELECT * FROM ${incoming}`),
    ).rejects.toThrow(/invalid byte sequence/)
    await client.query('ROLLBACK')
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })
})
