import type { NewId } from '../ids.ts'
import type { Db } from './rows.ts'

/** One night's scores of everyone, by customer number, in the same order in each array. */
export interface ScoreRun {
  readonly asOf: Date
  readonly profile: string
  readonly model: string
  readonly horizon: Date
  readonly customers: readonly number[]
  readonly scores: readonly number[]
  readonly priorities: readonly number[]
  readonly tiers: readonly string[]
  /** Numbers of the customers whose card waits for a day with room. */
  readonly deferred: readonly number[]
}

/** A run to be written; its numbers may lie in typed arrays. */
export interface NewRun extends Omit<ScoreRun, 'scores' | 'priorities'> {
  readonly scores: ArrayLike<number>
  readonly priorities: ArrayLike<number>
}

/** Customers written in one statement: a run has as many as there are, and the thread that writes it is the chat's. */
const PAGE = 20_000

/** Everyone's scores by place, page by page; each page's arrays as the inside of an array literal. */
const PAGES = `CREATE TEMP TABLE IF NOT EXISTS run_page (place int PRIMARY KEY, customers text NOT NULL,
  scores text NOT NULL, priorities text NOT NULL, tiers text NOT NULL) ON COMMIT DROP`

/** Writes a night's run over an earlier one of the same instant; call it within a transaction. */
export async function writeRun(db: Db, run: NewRun, newId: NewId): Promise<void> {
  await db.$executeRawUnsafe(PAGES)
  await db.$executeRaw`DELETE FROM run_page`
  for (let from = 0; from < run.customers.length; from += PAGE) {
    const page = <T>(of: ArrayLike<T>): string => Array.prototype.slice.call(of, from, from + PAGE).join()
    await db.$executeRaw`INSERT INTO run_page VALUES (${from}::int, ${page(run.customers)}, ${page(run.scores)},
      ${page(run.priorities)}, ${page(run.tiers)})`
    await new Promise(setImmediate)
  }
  await db.$executeRaw`
    INSERT INTO score_run (id, as_of, profile, model, horizon, customers, scores, priorities, tiers, deferred)
    SELECT ${newId()}::uuid, ${run.asOf.toISOString()}::timestamptz, ${run.profile}, ${run.model},
      ${run.horizon.toISOString()}::timestamptz,
      ('{' || coalesce(string_agg(customers, ',' ORDER BY place), '') || '}')::int[],
      ('{' || coalesce(string_agg(scores, ',' ORDER BY place), '') || '}')::float8[],
      ('{' || coalesce(string_agg(priorities, ',' ORDER BY place), '') || '}')::float8[],
      ('{' || coalesce(string_agg(tiers, ',' ORDER BY place), '') || '}')::text[],
      ${`{${run.deferred.join()}}`}::int[]
    FROM run_page
    ON CONFLICT (as_of) DO UPDATE SET profile = excluded.profile, model = excluded.model,
      horizon = excluded.horizon, customers = excluded.customers, scores = excluded.scores,
      priorities = excluded.priorities, tiers = excluded.tiers, deferred = excluded.deferred`
}
