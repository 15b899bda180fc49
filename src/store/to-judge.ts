import type { PoolClient, QueryResultRow } from 'pg'
import { uuidOf } from '../ids.ts'
import type { IsPressing } from '../ingest/ports.ts'
import type { SourceRecord } from '../records/record.ts'
import { prepared } from './prepared.ts'
import type { Sourced } from './rows.ts'

/** Who is to be judged at once for rows that came in. */

/** Runs one statement of the transaction that keeps rows; gives what it finds. `isLookUp`: its plan may be kept. */
export type Run = <Row extends QueryResultRow>(
  sql: string,
  values: readonly unknown[],
  isLookUp?: boolean,
) => Promise<Row[]>

export function runner(client: PoolClient, embedded: boolean): Run {
  return async <Row extends QueryResultRow>(sql: string, values: readonly unknown[], isLookUp = false) =>
    (await client.query<Row>(prepared(embedded && isLookUp, sql, values))).rows
}

/** A look-up a row, however large the table has grown since the statement was planned. */
const rowsBy = (table: 'event' | 'feedback', ids: string): string =>
  `unnest(${ids}::uuid[]) AS i (id) CROSS JOIN LATERAL (SELECT customer, at FROM ${table} WHERE id = i.id LIMIT 1) t`
const EVENTS = rowsBy('event', '$1')
const VOICES = rowsBy('feedback', '$2')

export const nameOf = (type: SourceRecord['type'], id: string): string => `${type} ${id}`

/** Which of these records are there already, by `nameOf`. Of customers no row of a source is kept. */
export async function knownAmong(run: Run, rows: readonly Sourced[]): Promise<Set<string>> {
  const ids = [idsOf('event', rows), idsOf('feedback', rows)]
  if (ids.every(({ length }) => length === 0)) return new Set()
  const known = await run<{ type: SourceRecord['type']; id: string }>(
    `SELECT 'event' AS type, i.id FROM ${EVENTS}
     UNION ALL SELECT 'feedback', i.id FROM ${VOICES}`,
    ids,
    true,
  )
  return new Set(known.map(({ type, id }) => nameOf(type, id)))
}

const idOf = ({ source, record }: Sourced): string => uuidOf(source, record.sourceId)

function idsOf(type: SourceRecord['type'], rows: readonly Sourced[]): string[] {
  return rows.filter(({ record }) => record.type === type).map(idOf)
}

/** Whose rows these are is to be judged; a voice of nobody known judges nobody. */
export async function queue(
  run: Run,
  rows: readonly Sourced[],
  came: Date,
  isPressing: IsPressing,
): Promise<void> {
  const pressing = rows.filter(({ record }) => isPressing(record))
  await run(
    `INSERT INTO to_judge (customer, at, held_until)
     SELECT customer, max(at), CASE WHEN bool_or(id = ANY ($3::uuid[])) THEN NULL ELSE $4::timestamptz END FROM (
       SELECT i.id, t.* FROM ${EVENTS} UNION ALL SELECT i.id, t.* FROM ${VOICES}) came
     WHERE customer IS NOT NULL GROUP BY customer`,
    [idsOf('event', rows), idsOf('feedback', rows), pressing.map(idOf), came],
    true,
  )
}

/** Those of these rows that are not kept yet. */
export async function unkept(run: Run, rows: readonly Sourced[]): Promise<Sourced[]> {
  const known = await knownAmong(run, rows)
  return rows.filter((row) => !known.has(nameOf(row.record.type, idOf(row))))
}
