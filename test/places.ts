import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIGRATIONS } from '../src/paths.ts'
import type { Database, Place } from '../src/store/database.ts'
import { openDatabase } from '../src/store/database.ts'
import { administer, urlOf } from './server-place.ts'

/** A kind of database to run a suite on. Each `open` gives an empty, migrated one. */
export interface TestPlace {
  readonly name: string
  place(): Promise<{ place: Place; drop(): Promise<void> }>
}

/** A database is a thousand small files: where memory serves as a disk and is large enough, they are kept there. */
const IN_MEMORY = ((folder: string) => {
  if (!existsSync(folder)) return null
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize > 2 ** 32 ? folder : null
})('/dev/shm')

export const embedded: TestPlace = {
  name: 'PGlite',
  place: async () => {
    const { folder, drop } = emptyFolder()
    return { place: { kind: 'folder', folder }, drop: async () => drop() }
  },
}

/** The folder of an empty, migrated embedded database; PGlite's own files are in `data`. */
export function emptyFolder(): { folder: string; data: string; drop(): void } {
  const folder = mkdtempSync(join(IN_MEMORY ?? tmpdir(), 'foreshock-pglite-'))
  copyEmptyDatabase(folder)
  return { folder, data: join(folder, 'pg'), drop: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Puts an empty, migrated database into a folder, where the program would have to make one: that takes seconds. */
export function copyEmptyDatabase(folder: string): void {
  cpSync(process.env['FORESHOCK_TEST_DATABASE']!, folder, { recursive: true })
}

function server(url: string): TestPlace {
  return {
    name: 'PostgreSQL',
    place: async () => {
      const name = `foreshock_${randomUUID().replaceAll('-', '')}`
      const template = process.env['FORESHOCK_TEST_SERVER_DATABASE']
      await administer(url, `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`)
      return {
        place: { kind: 'server', url: urlOf(url, name) },
        drop: async () => void (await administer(url, `DROP DATABASE ${name} WITH (FORCE)`)),
      }
    },
  }
}

const url = process.env['TEST_DATABASE_URL']

/** Where store, delivery and race suites run: the embedded database, and a server whenever one is given. */
export const places: readonly TestPlace[] =
  url === undefined || url === '' ? [embedded] : [embedded, server(url)]

/** Where suites run whose subject is not SQL: once, on the server where one is given. */
export const onePlace: readonly TestPlace[] = places.slice(-1)

/** Opens an empty database for a suite; `close` drops it. */
export async function openTestDatabase(where: TestPlace): Promise<Database> {
  const { place, drop } = await where.place()
  const database = await openDatabase(place, MIGRATIONS)
  return {
    ...database,
    close: async () => {
      await database.close()
      await drop()
    },
  }
}

/** Empties every table; far cheaper than a new database, and than TRUNCATE, which makes new files for each table and index. */
export async function emptyTables(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  )
  await database.pool.query(`${rows.map(({ name }) => `DELETE FROM ${name};`).join('')}
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = 'public';
    ALTER SEQUENCE alert_no_seq RESTART WITH 1001`)
}
