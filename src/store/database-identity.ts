import type { Pool } from 'pg'

/** The first migration got a random id when the tables were made, and keeps it in copies. */
const OWN = `SELECT concat_ws(' ', current_database(), current_schema(),
  (SELECT id FROM _prisma_migrations ORDER BY started_at, id LIMIT 1)) AS identity`
/** Marks count a cluster's transactions: a dump played into another cluster, or a backup gone its own way, counts anew. */
const CLUSTER = `SELECT concat_ws(' ', system_identifier,
  (SELECT timeline_id FROM pg_control_checkpoint())) AS identity FROM pg_control_system()`
const NOT_ALLOWED = '42501'

/** What tells this database from every other whose marks must not be taken for its own. */
export async function databaseIdentity(pool: Pool): Promise<string> {
  const own = await identityBy(pool, OWN)
  const cluster = await identityBy(pool, CLUSTER).catch((error: { code?: string }) => {
    if (error.code === NOT_ALLOWED) return 'of a cluster that does not tell'
    throw error
  })
  return `${own} ${cluster}`
}

async function identityBy(pool: Pool, sql: string): Promise<string> {
  const { rows } = await pool.query<{ identity: string }>(sql)
  return rows[0]!.identity
}
