import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { keepUp, lookAfter, upkeepOf } from '../../src/store/upkeep.ts'
import { eventually } from '../eventually.ts'
import { embedded, openTestDatabase } from '../places.ts'

test('a table is counted anew when much of it changed, and swept when much of it is dead and it is not large', () => {
  expect(upkeepOf({ rows: 1_000, changed: 150, dead: 250 })).toBeNull()
  expect(upkeepOf({ rows: 1_000, changed: 151, dead: 0 })).toBe('ANALYZE')
  expect(upkeepOf({ rows: 1_000, changed: 0, dead: 251 })).toBe('VACUUM (ANALYZE)')
  expect(upkeepOf({ rows: 1_000_000, changed: 0, dead: 900_000 })).toBeNull()
  expect(upkeepOf({ rows: 1_000_000, changed: 900_000, dead: 900_000 })).toBe('ANALYZE')
})

describe('the embedded database', () => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(embedded)
  })
  afterAll(() => database.close())

  test('counts a table that filled, sweeps one that changed, and then leaves it alone', async () => {
    const { pool } = database
    await fill(database, 600)
    expect(await lookAfter(pool)).toContain('ANALYZE outbox')
    await pool.query('UPDATE outbox SET attempts = attempts + 1')
    await flushed(database)
    expect(await lookAfter(pool)).toEqual(['VACUUM (ANALYZE) outbox'])
    await flushed(database)
    expect(await lookAfter(pool)).toEqual([])
  })

  test('is looked after now and then, by itself', async () => {
    keepUp(database.pool, 3)
    const counts = async () => {
      const { rows } = await database.pool.query<{ count: number }>(
        `SELECT analyze_count::int AS count FROM pg_stat_user_tables WHERE relname = 'outbox'`,
      )
      return rows[0]!.count
    }
    const before = await counts()
    await fill(database, 1_000)
    await eventually(async () => expect(await counts()).toBeGreaterThan(before))
  })
})

async function fill(database: Database, rows: number): Promise<void> {
  await database.pool.query(
    `INSERT INTO outbox (id, card, kind, dedupe, priority, not_before, created_at)
     SELECT gen_random_uuid(), gen_random_uuid(), 'card', gen_random_uuid()::text, 1, now(), now() FROM generate_series(1, $1::int) g`,
    [rows],
  )
  await flushed(database)
}

/** What has changed is told once a second otherwise. */
async function flushed({ pool }: Database): Promise<void> {
  await pool.query('SELECT pg_stat_force_next_flush()')
  await pool.query('SELECT 1')
}
