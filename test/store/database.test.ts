import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ForeshockError } from '../../src/errors.ts'
import { MIGRATIONS } from '../../src/paths.ts'
import type { Place } from '../../src/store/database.ts'
import { openDatabase, statementNames } from '../../src/store/database.ts'
import { emptyFolder, openTestDatabase, places } from '../places.ts'

// Making a data folder takes seconds, on a busy machine many.
vi.setConfig({ testTimeout: 120_000 })

/** The sentences a person would read; fails when it opens or fails without them. */
async function refusalOf(place: Place): Promise<string> {
  const error = await openDatabase(place, MIGRATIONS).then(
    () => new Error('it opened'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof ForeshockError)) throw error
  expect(JSON.stringify(error) + error.stack + error.explain('zh')).not.toContain('s3cret')
  return error.explain('en')
}

describe('a database that cannot be opened', () => {
  const server = (url: string): Promise<string> => refusalOf({ kind: 'server', url })

  it.each([
    's3cret',
    'mysql://u:s3cret@h/d',
    'postgresql://u:s3cret#x@h/d',
    'postgresql://u:s3cret@h:99999/d',
    'postgresql://u:s3cret%@h/d',
  ])('a malformed address is told from a server that is down, and never repeated: %s', async (url) => {
    expect(await server(url)).toMatch(
      /^DATABASE_URL is not the address of a PostgreSQL server\. Write postgresql:/,
    )
  })

  it('a server that is down: one sentence, without the password', async () => {
    const listener = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => listener.once('listening', resolve))
    const { port } = listener.address() as { port: number }
    await new Promise((resolve) => listener.close(resolve))
    const said = await server(`postgresql://u:s3cret@127.0.0.1:${port}/shop`)
    expect(said).toMatch(
      new RegExp(
        `^PostgreSQL at 127\\.0\\.0\\.1:${port}/shop cannot be used: connect ECONNREFUSED .*\\. Check DATABASE_URL`,
      ),
    )
    expect(await server(`postgresql://u:s3cret@localhost:${port}/shop`)).toContain('ECONNREFUSED')
  })

  it('something there that is no PostgreSQL', async () => {
    const listener = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    )
    await new Promise((resolve) => listener.once('listening', resolve))
    const { port } = listener.address() as { port: number }
    expect(await server(`postgresql://u:s3cret@127.0.0.1:${port}/shop`)).toMatch(
      /^PostgreSQL at .* cannot be used: /,
    )
    listener.close()
  })

  it('a folder that is none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foreshock-database-'))
    writeFileSync(join(folder, 'file'), '')
    expect(await refusalOf({ kind: 'folder', folder: join(folder, 'file') })).toMatch(
      /^The embedded database did not start: /,
    )
    rmSync(folder, { recursive: true })
  })
})

describe.each(places)('an open database on $name', (where) => {
  it('keeps UTC whatever its server is set to, answers queries that run or wait while it closes, and closes twice', async () => {
    const database = await openTestDatabase(where)
    const { rows } = await database.pool.query(
      "SELECT current_setting('TimeZone') AS zone, current_setting('transaction_isolation') AS level",
    )
    expect(rows).toEqual([{ zone: 'UTC', level: 'read committed' }])
    const slow = database.pool.query('SELECT count(*)::int AS n FROM generate_series(1, 300000)')
    const waiting = Array.from({ length: 30 }, () => database.pool.query('SELECT 1 AS one'))
    const closed = database.close()
    expect((await slow).rows).toEqual([{ n: 300_000 }])
    expect((await Promise.all(waiting)).every(({ rows: [row] }) => row.one === 1)).toBe(true)
    await closed
    await expect(database.pool.query('SELECT 1')).rejects.toThrow(/after calling end/)
  })
})

it('statements are named once, and no more of them than are few', () => {
  const name = statementNames()
  const query = (sql: string, parameters = 1) => ({
    sql,
    args: Array.from({ length: parameters }, () => null),
  })
  expect([name(query('a')), name(query('b')), name(query('a'))]).toEqual(['s1', 's2', 's1'])
  // A list that grows with its rows is another statement each time.
  expect(name(query('INSERT 40 rows', 400))).toBe('')
  for (let no = 0; no < 1_000; no += 1) name(query(`more ${no}`))
  expect([name(query('yet another')), name(query('b'))]).toEqual(['', 's2'])
})

it('a database closes as often as it is asked to, and its folder is free at once', async () => {
  const { folder, drop } = emptyFolder()
  const database = await openDatabase({ kind: 'folder', folder }, MIGRATIONS)
  await expect(openDatabase({ kind: 'folder', folder }, MIGRATIONS)).rejects.toMatchObject({
    code: 'DATA_LOCKED',
  })
  await Promise.all([database.close(), database.close()])
  await database.close()
  const again = await openDatabase({ kind: 'folder', folder }, MIGRATIONS)
  expect(again.applied).toEqual([])
  await again.close()
  drop()
})
