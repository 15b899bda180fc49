import type { Source } from '../../../src/sources/source.ts'
import type { Database } from '../../../src/store/database.ts'
import type { Store } from '../../../src/store/store.ts'
import { NOW } from '../../suites/vendor.ts'

/** Pulls as the job does; gives what changed. */
export async function pullIn(store: Store, source: Source) {
  const done = { created: 0, changed: 0, removed: 0, rejected: 0 }
  const cursor = await store.sources.cursor(source.name)
  for await (const batch of source.pull(cursor, new AbortController().signal)) {
    const written = await store.sources.store(source.name, batch, NOW)
    done.created += written.created
    done.changed += written.changed
    done.removed += written.removed
    done.rejected += batch.rejected.length
  }
  await store.transaction(({ merges }) => merges.joinLinked(NOW))
  return done
}

export async function rowsOf({ pool }: Database, sql: string) {
  return (await pool.query(sql)).rows
}

/** What was done, by whom. */
export const EVENTS = `SELECT e.source_id AS id, e.kind, e.amount_minor::int AS amount, e.duration, c.name
  FROM event e LEFT JOIN customer c ON c.id = e.customer ORDER BY 1`
/** What was said, by whom. */
export const VOICES = `SELECT f.source_id AS id, f.text, f.csat, c.name
  FROM feedback f LEFT JOIN customer c ON c.id = f.customer ORDER BY 1`
