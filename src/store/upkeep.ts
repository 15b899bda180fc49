import type pg from 'pg'

/** Statements between two looks at how much has changed. */
const LOOK_EVERY = 5_000
/** Changed rows of which a table is counted anew, and dead ones of which it is swept: as a server's autovacuum has them. */
const FEW = 50
const COUNTED_SHARE = 0.1
const SWEPT_SHARE = 0.2
/** Sweeping a larger table would hold up everyone who waits for the one session. */
const MOST_SWEPT = 200_000

/** A table and what has happened to it since it was last looked after. */
export interface TableWear {
  readonly name: string
  readonly rows: number
  readonly changed: number
  readonly dead: number
}

/** What a worn table needs; null: nothing yet. */
export function upkeepOf({
  rows,
  changed,
  dead,
}: Omit<TableWear, 'name'>): 'VACUUM (ANALYZE)' | 'ANALYZE' | null {
  if (dead > FEW + SWEPT_SHARE * rows && rows <= MOST_SWEPT) return 'VACUUM (ANALYZE)'
  return changed > FEW + COUNTED_SHARE * rows ? 'ANALYZE' : null
}

/**
 * Looks after the embedded database, which has no autovacuum: a plan that was made while a table was empty, and kept,
 * would read all of the table for each row once it is full. New counts make it plan anew.
 */
export function keepUp(pool: pg.Pool, every = LOOK_EVERY): void {
  let asked = 0
  let looking = false
  pool.on('release', () => {
    asked += 1
    if (asked < every || looking || pool.ending) return
    asked = 0
    looking = true
    // A table that could not be looked after is slow, not wrong; closing gives up what still waits.
    lookAfter(pool)
      .catch(() => {})
      .finally(() => {
        looking = false
      })
  })
}

/** Gives what was done, in words such as `ANALYZE card`. */
export async function lookAfter(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<TableWear>(`
    SELECT relname AS name, n_live_tup::float8 AS rows, n_mod_since_analyze::float8 AS changed,
      n_dead_tup::float8 AS dead
    FROM pg_stat_user_tables WHERE n_mod_since_analyze > ${FEW} OR n_dead_tup > ${FEW} ORDER BY relname`)
  const done: string[] = []
  for (const table of rows) {
    const work = upkeepOf(table)
    if (work === null) continue
    await pool.query(`${work} "${table.name}"`)
    done.push(`${work} ${table.name}`)
  }
  return done
}
