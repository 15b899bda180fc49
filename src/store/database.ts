import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { ForeshockError, isExpected } from '../errors.ts'
import { text } from '../text.ts'
import { PrismaClient } from './generated/client.ts'
import { Lite } from './lite.ts'
import { hasLostItsMark } from './lite-folder.ts'
import { lockFolder } from './lock.ts'
import { migrate } from './migrate.ts'
import type { ServerAddress } from './server-url.ts'
import { readServerUrl } from './server-url.ts'
import { keepUp } from './upkeep.ts'

/** Where the data lives: a PostgreSQL server, an embedded folder, or memory (tests). */
export type Place =
  | { readonly kind: 'server'; readonly url: string; readonly schema?: string; readonly connections?: number }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'memory' }

export interface Database {
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  /** The embedded database has one connection and no COPY. */
  readonly embedded: boolean
  /** Names of the migrations applied while opening. */
  readonly applied: readonly string[]
  /** Lets what is running finish, then lets go of everything. May be called again. */
  close(): Promise<void>
}

/**
 * Opens the database and brings its tables up to date.
 *
 * @throws ForeshockError DATA_LOCKED, DATABASE_UNREACHABLE, CONFIG_INVALID (a malformed address), CONFLICT (migrations)
 */
export async function openDatabase(place: Place, migrations: string): Promise<Database> {
  const { pool, embedded, unreachable, release } =
    place.kind === 'server' ? openServer(place) : await openLite(place)
  const asUnreachable = (error: unknown): never => {
    throw isExpected(error) ? error : unreachable(error)
  }
  try {
    await pool.query('SELECT 1').catch(asUnreachable)
    // A user without the right to create tables, say, is no bug either.
    const applied = await migrate(pool, migrations).catch(asUnreachable)
    if (embedded) keepUp(pool)
    const prisma = new PrismaClient({
      adapter: new PrismaPg(
        pool,
        embedded
          ? { statementNameGenerator: statementNames() }
          : place.kind === 'server' && place.schema !== undefined
            ? { schema: place.schema }
            : {},
      ),
      transactionOptions: { maxWait: 15_000, timeout: 30_000 },
    })
    let closing: Promise<void> | null = null
    const close = async (): Promise<void> => {
      await drain(pool)
      await prisma.$disconnect()
      await pool.end()
      await release()
    }
    return {
      prisma,
      pool,
      embedded,
      applied,
      close: () => {
        closing ??= close()
        return closing
      },
    }
  } catch (error) {
    await pool.end().catch(() => {})
    await release()
    throw error
  }
}

/**
 * Lets everything that was asked before closing have its turn: a pool that is ended forgets whoever still waits for
 * a connection. A question takes a few turns of the event loop to reach the pool.
 */
async function drain(pool: pg.Pool): Promise<void> {
  for (let quiet = 0, round = 0; quiet < 3 && round < 1_000; round += 1) {
    quiet = pool.waitingCount > 0 ? 0 : quiet + 1
    if (quiet === 0) await pool.query('SELECT 1').catch(() => {})
    else await setImmediate()
  }
}

/** Statements the embedded database keeps prepared; the program has fewer that do not grow with their lists. */
const MOST_PREPARED = 500
const MOST_PARAMETERS = 24

/**
 * Names for the statements of the one embedded session, so that each is planned once: planning is over half of what a
 * click's small statements cost there. Not for a server, where a pooler may stand in between.
 */
export function statementNames(): (query: { readonly sql: string; readonly args: unknown[] }) => string {
  const names = new Map<string, string>()
  return ({ sql, args }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    // The empty name is the statement that is not kept. A queue is planned for each time: a plan made while it was
    // empty reads all of it for every row once it is full.
    const ofAQueue = sql.includes('SKIP LOCKED')
    if (ofAQueue || names.size >= MOST_PREPARED || args.length > MOST_PARAMETERS) return ''
    const name = `s${names.size + 1}`
    names.set(sql, name)
    return name
  }
}

interface Opened {
  readonly pool: pg.Pool
  readonly embedded: boolean
  unreachable(error: unknown): ForeshockError
  release(): Promise<void>
}

function openServer(place: Extract<Place, { kind: 'server' }>): Opened {
  const address = readServerUrl(place.url)
  const search = place.schema === undefined ? '' : ` -c search_path=${place.schema}`
  const pool = new pg.Pool({
    connectionString: address.connection,
    max: place.connections ?? 10,
    // Without a fixed zone, timestamps shift on servers set to local time; cases are moved under READ COMMITTED.
    options:
      `${address.options} -c TimeZone=UTC -c default_transaction_isolation=read\\ committed${search}`.trim(),
    application_name: 'foreshock',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  return { pool, embedded: false, unreachable: (error) => noServer(address, error), release: async () => {} }
}

async function openLite(place: Extract<Place, { kind: 'folder' | 'memory' }>): Promise<Opened> {
  const { data, unlock } = await takeFolder(place)
  const lite = new Lite(data)
  const pool = new pg.Pool({
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    // Whatever happens to the one connection, nobody waits for it for ever.
    connectionTimeoutMillis: 60_000,
    stream: () => lite.open() as never,
    // A failed transaction would otherwise leak into the next client of the one session.
    onConnect: async (client) => {
      for (const sql of ['ROLLBACK', 'DISCARD ALL', "SET TimeZone = 'UTC'"]) await client.query(sql)
    },
  })
  pool.on('error', () => {})
  const release = async (): Promise<void> => {
    await lite.close()
    await unlock()
  }
  return { pool, embedded: true, unreachable: noStart, release }
}

/** @throws ForeshockError DATA_LOCKED, or DATABASE_UNREACHABLE where the folder cannot be written or is damaged */
async function takeFolder(
  place: Extract<Place, { kind: 'folder' | 'memory' }>,
): Promise<{ data: string | null; unlock(): Promise<void> }> {
  if (place.kind === 'memory') return { data: null, unlock: async () => {} }
  try {
    const unlock = await lockFolder(place.folder)
    const data = join(place.folder, 'pg')
    mkdirSync(data, { recursive: true })
    if (!hasLostItsMark(data)) return { data, unlock }
    await unlock()
    throw lostMark(data)
  } catch (error) {
    throw isExpected(error) ? error : noStart(error)
  }
}

function noServer({ shown }: ServerAddress, error: unknown): ForeshockError {
  const reason = reasonOf(error)
  return new ForeshockError(
    'DATABASE_UNREACHABLE',
    text(`连不上 PostgreSQL（${shown}）：${reason}。`, `PostgreSQL at ${shown} cannot be used: ${reason}.`),
    text(
      '请检查 DATABASE_URL，并确认服务器在运行；不设 DATABASE_URL 时使用内置数据库。',
      'Check DATABASE_URL and that the server runs; without DATABASE_URL the embedded database is used.',
    ),
  )
}

function noStart(error: unknown): ForeshockError {
  const reason = reasonOf(error)
  return new ForeshockError(
    'DATABASE_UNREACHABLE',
    text(`内置数据库没有启动：${reason}。`, `The embedded database did not start: ${reason}.`),
    text(
      '请确认它的文件夹（database.folder）可写、磁盘未满；如果里面的文件坏了，请从备份恢复整个文件夹。',
      'Check that its folder (database.folder) is writable and the disk is not full. If files there are damaged, restore the whole folder from a backup.',
    ),
  )
}

function lostMark(data: string): ForeshockError {
  return new ForeshockError(
    'DATABASE_UNREACHABLE',
    text(
      `内置数据库的文件夹 ${data} 里有数据，但缺了 PG_VERSION 文件；数据没有动。`,
      `The embedded database in ${data} has lost its file PG_VERSION; its data was not touched.`,
    ),
    text(
      '请从备份恢复整个文件夹；想从头开始，就换一个文件夹（database.folder）。',
      'Restore the whole folder from a backup. To begin anew, name another folder (database.folder).',
    ),
  )
}

/** A host with several addresses fails once for each, under one error without words of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  const reason = error instanceof Error ? error.message : String(error)
  return reason.trim().replace(/\.$/, '')
}
