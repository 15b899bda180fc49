import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'
import { ForeshockError } from '../errors.ts'
import { randomIds } from '../ids.ts'
import { text } from '../text.ts'

// The columns and the lock key are Prisma's own, so that `prisma migrate deploy` can carry on from here.
const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL, applied_steps_count INTEGER NOT NULL DEFAULT 0)`
const LOCK = 72_707_369

/**
 * Applies the migrations of a folder that the database has not seen, in name order.
 *
 * @returns the names applied now
 * @throws ForeshockError CONFLICT when an earlier one failed half-way or was edited after being applied
 */
export async function migrate(pool: Pool, folder: string): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query(HISTORY)
    await forgetInterrupted(client)
    const seen = await history(client)
    const applied: string[] = []
    for (const name of namesIn(folder)) {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      if (seen.has(name)) refuseEdited(name, seen.get(name)!, checksum)
      else {
        await apply(client, name, sql, checksum)
        applied.push(name)
      }
    }
    return applied
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => {})
    client.release()
  }
}

/**
 * A migration and its mark of being finished are kept together or not at all, and a failure leaves its words. A row
 * with neither is one whose process was killed: nothing of it was kept, so it is run again.
 */
async function forgetInterrupted(client: PoolClient): Promise<void> {
  await client.query(
    'UPDATE _prisma_migrations SET rolled_back_at = clock_timestamp() WHERE finished_at IS NULL AND rolled_back_at IS NULL AND logs IS NULL',
  )
}

async function history(client: PoolClient): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
  )
  const unfinished = rows.find((row) => row.finished_at === null)
  if (unfinished !== undefined) throw failedEarlier(unfinished.migration_name)
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()
}

async function apply(client: PoolClient, name: string, sql: string, checksum: string): Promise<void> {
  const id = randomIds()
  await client.query(
    'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())',
    [id, checksum, name],
  )
  try {
    // One simple query is one implicit transaction: all of the migration and its mark, or none of it.
    await client.query(`${sql}
;UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = '${id}'`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, reason])
    throw failed(name, reason)
  }
}

function refuseEdited(name: string, applied: string, present: string): void {
  if (applied === present) return
  throw new ForeshockError(
    'CONFLICT',
    text(
      `迁移 ${name} 在这个数据库应用之后被改过。`,
      `Migration ${name} was edited after this database had applied it.`,
    ),
    text(
      '请把文件恢复原样，把改动写成新的迁移；演示数据的文件夹直接删掉即可。',
      'Put the file back as it was and write the change as a new migration; a demo folder can simply be deleted.',
    ),
  )
}

function failed(name: string, reason: string): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`迁移 ${name} 失败：${reason}。`, `Migration ${name} failed: ${reason}.`),
    ROLL_BACK,
  )
}

function failedEarlier(name: string): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(
      `迁移 ${name} 上次没有成功（原因见 _prisma_migrations 表的 logs）。`,
      `Migration ${name} failed earlier (its error is in _prisma_migrations.logs).`,
    ),
    ROLL_BACK,
  )
}

const ROLL_BACK = text(
  '它没有留下任何改动：请排除原因，在 _prisma_migrations 中为这一行填上 rolled_back_at，再启动。',
  'Nothing of it was kept: mend the cause, set rolled_back_at of its row in _prisma_migrations, and start again.',
)
