import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Place } from '../../src/store/database.ts'
import type { Eyes } from './program.ts'

/** A new database of its own for one run: empty, or in a test a copy of the tests' migrated one. */
export interface Arena {
  readonly place: Place
  readonly eyes: Eyes
  drop(): Promise<void>
}

export type Arenas = () => Promise<Arena>

export const embedded: Arenas = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-torture-pglite-'))
  return {
    place: { kind: 'folder', folder },
    eyes: null,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A transaction the server itself calls open: begun by a client and neither committed nor rolled back. */
const OPEN = `
  SELECT count(*)::int AS open FROM pg_stat_activity
  WHERE datname = $1 AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND state <> 'idle'`

export function onServer(url: string): Arenas {
  let made = 0
  return async () => {
    made += 1
    const name = `foreshock_torture_${process.pid}_${made}`
    const admin = new pg.Client({ connectionString: url })
    await admin.connect()
    const template = process.env['FORESHOCK_TEST_SERVER_DATABASE']
    await admin.query(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`)
    const own = new URL(url)
    own.pathname = `/${name}`
    return {
      place: { kind: 'server', url: own.href },
      eyes: async () => (await admin.query<{ open: number }>(OPEN, [name])).rows[0]!.open > 0,
      drop: async () => {
        await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
        await admin.end()
      },
    }
  }
}
