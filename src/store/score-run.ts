import { setImmediate as breathe } from 'node:timers/promises'
import type { NewId } from '../ids.ts'
import { TIERS, type Tier } from '../risk/assessment.ts'
import type { ScoreRunModel } from './generated/models.ts'
import type { Db } from './rows.ts'
import type { Write } from './statement.ts'

/** One night's scores of everyone, by ascending customer number, in the same order in each array. */
export interface ScoreRun {
  readonly asOf: Date
  readonly profile: string
  readonly model: string
  readonly horizon: Date
  readonly customers: Int32Array
  readonly scores: Float32Array
  readonly priorities: Float32Array
  /** Places in TIERS. */
  readonly tiers: Uint8Array
  /** Numbers of the customers whose card waits for a day with room. */
  readonly deferred: readonly number[]
}

/** A run to be written: its numbers may be longer ones, and are kept in four bytes each. */
export interface NewRun extends Omit<ScoreRun, 'scores' | 'priorities'> {
  readonly scores: ArrayLike<number>
  readonly priorities: ArrayLike<number>
}

/** One customer in one night's run. */
export interface TrendPoint {
  readonly asOf: Date
  readonly score: number
  readonly tier: Tier
}

/** Writes a night's run over an earlier one of the same instant; call it within a transaction. */
export async function writeRun(write: Write, run: NewRun, newId: NewId): Promise<void> {
  const asOf = run.asOf.toISOString()
  const { profile, model, horizon, customers, tiers, deferred } = run
  await write(
    `INSERT INTO score_run (id, as_of, profile, model, horizon, customers, scores, priorities, tiers, deferred)
    VALUES ($1::uuid, $2::timestamptz, $3, $4, $5::timestamptz, '', '', '', $6, '{}')
    ON CONFLICT (as_of) DO UPDATE SET profile = excluded.profile, model = excluded.model,
      horizon = excluded.horizon, customers = '', scores = '', priorities = '', tiers = excluded.tiers, deferred = '{}'`,
    [newId(), asOf, profile, model, horizon.toISOString(), new Uint8Array(tiers)],
  )
  // Each column by itself: all of a million customers in one statement would keep this thread for longer.
  const columns = [
    ['customers = $1::bytea', () => packed(customers.slice())],
    ['scores = $1::bytea', () => packed(new Float32Array(run.scores))],
    ['priorities = $1::bytea', () => packed(new Float32Array(run.priorities))],
    ['deferred = $1::int[]', () => `{${deferred.join()}}`],
  ] as const
  for (const [set, packing] of columns) {
    const value = packing()
    await breathe()
    await write(`UPDATE score_run SET ${set} WHERE as_of = $2::timestamptz`, [value, asOf])
  }
}

export function runFrom({ id: _, customers, scores, priorities, tiers, ...row }: ScoreRunModel): ScoreRun {
  return {
    ...row,
    customers: new Int32Array(unpacked(customers)),
    scores: new Float32Array(unpacked(scores)),
    priorities: new Float32Array(unpacked(priorities)),
    tiers: Uint8Array.from(tiers),
  }
}

/**
 * One customer's score and tier in the newest `nights` runs, oldest first; nights without them are left out. Each run is
 * halved until the customer is found: bytes compare as the numbers do, and only those that are looked at are read.
 */
export async function trendOf(db: Db, customerNo: number, nights: number): Promise<TrendPoint[]> {
  const rows = await db.$queryRaw<{ asOf: Date; score: Uint8Array; tier: number }[]>`
    WITH RECURSIVE halved AS (
      SELECT id, as_of, 0 AS low, length(customers) / 4 AS high
      FROM (SELECT id, as_of, customers FROM score_run ORDER BY as_of DESC LIMIT ${nights}::int) newest
      UNION ALL
      SELECT id, as_of, CASE WHEN before THEN middle + 1 ELSE low END, CASE WHEN before THEN high ELSE middle END
      FROM (
        SELECT halved.*, (low + high) / 2 AS middle,
          substr(run.customers, (low + high) / 2 * 4 + 1, 4) < int4send(${customerNo}::int) AS before
        FROM halved JOIN score_run run ON run.id = halved.id WHERE low < high
      ) step
    )
    SELECT halved.as_of AS "asOf", substr(run.scores, low * 4 + 1, 4) AS score, get_byte(run.tiers, low) AS tier
    FROM halved JOIN score_run run ON run.id = halved.id
    WHERE low = high AND substr(run.customers, low * 4 + 1, 4) = int4send(${customerNo}::int)
    ORDER BY halved.as_of`
  return rows.map(({ asOf, score, tier }) => ({
    asOf,
    score: Buffer.from(score).readFloatBE(),
    tier: TIERS[tier]!,
  }))
}

/** True where numbers lie in memory with the smallest byte first, as they do nearly everywhere. */
const SMALLEST_FIRST = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** Numbers of four bytes each as PostgreSQL sends them: the greatest byte first, in the same memory. */
function packed({ buffer }: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(buffer)
  return SMALLEST_FIRST ? (bytes.swap32() as Buffer<ArrayBuffer>) : bytes
}

function unpacked(bytes: Uint8Array): ArrayBuffer {
  const own = Uint8Array.from(bytes)
  if (SMALLEST_FIRST) Buffer.from(own.buffer).swap32()
  return own.buffer
}
