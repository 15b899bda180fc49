import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../src/paths.ts'
import type { Database } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openTestDatabase, places } from '../places.ts'

describe.each(places)('migrations on $name', (where) => {
  let database: Database
  let folder: string

  beforeAll(async () => {
    database = await openTestDatabase(where)
  })
  afterAll(() => database.close())
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'foreshock-migrations-'))
    cpSync(MIGRATIONS, folder, { recursive: true })
  })
  afterEach(async () => {
    await database.pool.query('DROP TABLE IF EXISTS more, half, killed')
    await database.pool.query("DELETE FROM _prisma_migrations WHERE migration_name > '2027'")
    rmSync(folder, { recursive: true, force: true })
  })

  const write = (name: string, sql: string): void => {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'migration.sql'), sql)
  }
  const history = async () => {
    const { rows } = await database.pool.query(
      `SELECT migration_name AS name, checksum, logs, applied_steps_count AS steps,
        finished_at >= started_at AS finished, rolled_back_at IS NOT NULL AS rolled_back
       FROM _prisma_migrations ORDER BY started_at`,
    )
    return rows
  }

  it('applies each once and writes the history as Prisma does', async () => {
    expect(await migrate(database.pool, folder)).toEqual([])
    write('20270101000000_more', 'CREATE TABLE more (id INT);\n-- the end')
    expect(await migrate(database.pool, folder)).toEqual(['20270101000000_more'])
    expect(await migrate(database.pool, folder)).toEqual([])
    expect(await history()).toMatchObject([
      {
        name: '20261121000000_spine',
        checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
        steps: 1,
        finished: true,
      },
      { name: '20261122000000_life', steps: 1, finished: true },
      { name: '20261122120000_models', steps: 1, finished: true },
      { name: '20261122180000_attributes', steps: 1, finished: true },
      { name: '20261122210000_night', steps: 1, finished: true },
      { name: '20261124000000_chat', steps: 1, finished: true },
      { name: '20261125100000_voice_reading', steps: 1, finished: true },
      { name: '20261125110000_ingest', steps: 1, finished: true },
      { name: '20261125120000_voice_search', steps: 1, finished: true },
      { name: '20261125123000_voice_metrics', steps: 1, finished: true },
      { name: '20261125130000_storms', steps: 1, finished: true },
      { name: '20261126000000_outside_events', steps: 1, finished: true },
      { name: '20261127000000_night_rows', steps: 1, finished: true },
      { name: '20261129000000_audit', steps: 1, finished: true },
      { name: '20261130000000_holdout', steps: 1, finished: true },
      { name: '20261201000000_care', steps: 1, finished: true },
      { name: '20261202000000_merges', steps: 1, finished: true },
      { name: '20261202100000_bounded_reads', steps: 1, finished: true },
      { name: '20261204000000_pulls', steps: 1, finished: true },
      { name: '20261208000000_reader_zone', steps: 1, finished: true },
      { name: '20261210000000_races', steps: 1, finished: true },
      { name: '20261212000000_reader_language', steps: 1, finished: true },
      { name: '20261213000000_late_voices', steps: 1, finished: true },
      { name: '20261214000000_told', steps: 1, finished: true },
      { name: '20261216000000_own_chains', steps: 1, finished: true },
      { name: '20270101000000_more', logs: null, steps: 1, finished: true, rolled_back: false },
    ])
  })

  it('keeps nothing of one that fails, says why, and goes no further until it is settled', async () => {
    write('20270101000000_half', 'CREATE TABLE half (id INT); INSERT INTO half VALUES (1); SELECT 1/0;')
    await expect(migrate(database.pool, folder)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'Migration 20270101000000_half failed: division by zero.',
    })
    const { rows } = await database.pool.query("SELECT to_regclass('half') AS half")
    expect(rows).toEqual([{ half: null }])
    await expect(migrate(database.pool, folder)).rejects.toThrow(/20270101000000_half failed earlier/)

    write('20270101000000_half', 'CREATE TABLE half (id INT);')
    await database.pool.query(
      'UPDATE _prisma_migrations SET rolled_back_at = started_at WHERE logs IS NOT NULL',
    )
    expect(await migrate(database.pool, folder)).toEqual(['20270101000000_half'])
  })

  it('runs one again whose process was killed', async () => {
    write('20270101000000_killed', 'CREATE TABLE killed (id INT);')
    await database.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at)
       VALUES ('a', 'b', '20270101000000_killed', '2027-01-01')`,
    )
    expect(await migrate(database.pool, folder)).toEqual(['20270101000000_killed'])
  })

  it('refuses a migration that was edited after it had been applied', async () => {
    write('20270101000000_more', 'CREATE TABLE more (id INT);')
    await migrate(database.pool, folder)
    write('20270101000000_more', 'CREATE TABLE more (id BIGINT);')
    await expect(migrate(database.pool, folder)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'Migration 20270101000000_more was edited after this database had applied it.',
    })
  })

  it('lets two starting at the same moment apply it once', async () => {
    write('20270101000000_more', 'CREATE TABLE more (id INT);')
    const applied = await Promise.all([migrate(database.pool, folder), migrate(database.pool, folder)])
    expect(applied.flat()).toEqual(['20270101000000_more'])
  })
})
