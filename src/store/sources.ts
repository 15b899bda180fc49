import type { Pool, PoolClient } from 'pg'
import { uuidOf } from '../ids.ts'
import type { IsPressing } from '../ingest/ports.ts'
import type { Batch, Cursor, Rejection } from '../sources/source.ts'
import type { Column } from './bulk.ts'
import { overRows, pages } from './bulk.ts'
import { inTransaction } from './in-transaction.ts'
import { ingest } from './ingest.ts'
import { removeGone, retire } from './removal.ts'
import type { Db, Ingested } from './rows.ts'
import { json } from './rows.ts'
import { queue, runner, unkept } from './to-judge.ts'

export interface QuarantineRow {
  readonly source: string
  readonly file: string
  readonly line: number
  readonly reason: string
  /** The same in Chinese; null: it was kept before there was one. */
  readonly zh: string | null
  readonly raw: string
}

/** What a batch did. */
export interface Stored extends Ingested {
  readonly removed: number
}

/** Scopes such as a file without row ids, each with the ids of its rows. */
export type Whole = ReadonlyMap<string, ReadonlySet<string>>

/** What goes with a batch, in the same transaction. */
export interface Also {
  /** All rows, by their ids, of scopes that end with it: what else there is of them goes. Whether a file was whole, its source judges. */
  readonly whole?: Whole
  /** Which records, where they are new, their customers are judged at once for; absent: none. */
  readonly isPressing?: IsPressing
}

export interface SourceTable {
  cursor(source: string): Promise<Cursor | null>
  /** Stores a batch and its cursor in one transaction. */
  store(source: string, batch: Batch, now: Date, also?: Also): Promise<Stored>
  finish(source: string, report: unknown, now: Date): Promise<void>
  /** By source, file and line; `after`: those behind this one of the same source. */
  quarantined(
    source: string | null,
    limit: number,
    after?: Pick<QuarantineRow, 'file' | 'line'> | null,
  ): Promise<QuarantineRow[]>
  /** Rows in quarantine, of some sources or of all. */
  quarantineCount(sources?: readonly string[]): Promise<number>
  /** The same by source; those without any are left out. */
  quarantineCounts(): Promise<Map<string, number>>
  reports(): Promise<{ source: string; pulledAt: Date | null; report: unknown }[]>
}

export function sourceTable(pool: Pool, db: Db, embedded: boolean): SourceTable {
  let turn: Promise<unknown> = Promise.resolve()
  // On the one connection, batches of sources read side by side would stand in a row before a click.
  const inTurn = <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    if (!embedded) return inTransaction(pool, work)
    const done = turn.then(() => inTransaction(pool, work))
    turn = done.catch(() => {})
    return done
  }
  return {
    cursor: async (source) => {
      const row = await db.sourceState.findUnique({ where: { source } })
      return (row?.cursor as Cursor | undefined) ?? null
    },
    store: (source, batch, now, also = {}) =>
      inTurn((client) => storeBatch(client, embedded, source, batch, now, also)),
    finish: async (source, report, now) => {
      const data = { pulledAt: now, report: json(report) }
      await db.sourceState.upsert({
        where: { source },
        create: { source, cursor: {}, ...data },
        update: data,
      })
    },
    quarantined: (source, limit, after = null) =>
      db.quarantine.findMany({
        where: {
          ...(source === null ? {} : { source }),
          ...(after === null
            ? {}
            : { OR: [{ file: { gt: after.file } }, { file: after.file, line: { gt: after.line } }] }),
        },
        orderBy: [{ source: 'asc' }, { file: 'asc' }, { line: 'asc' }],
        take: limit,
        omit: { id: true, at: true },
      }),
    quarantineCount: (sources) =>
      db.quarantine.count({ where: sources === undefined ? {} : { source: { in: [...sources] } } }),
    quarantineCounts: async () => {
      const groups = await db.quarantine.groupBy({ by: ['source'], _count: true, orderBy: { source: 'asc' } })
      return new Map(groups.map(({ source, _count }) => [source, _count]))
    },
    reports: () => db.sourceState.findMany({ omit: { cursor: true }, orderBy: { source: 'asc' } }),
  }
}

async function storeBatch(
  client: PoolClient,
  embedded: boolean,
  source: string,
  batch: Batch,
  now: Date,
  { whole = new Map(), isPressing = () => false }: Also,
): Promise<Stored> {
  if (batch.begins !== undefined && batch.begins.length > 0) {
    await client.query('DELETE FROM quarantine WHERE source = $1 AND file = ANY($2)', [source, batch.begins])
  }
  let removed = await removeGone(client, embedded, source, batch.gone ?? [])
  const rows = batch.records.map((record) => ({ source, record }))
  const run = runner(client, embedded)
  const pressing = await unkept(
    run,
    rows.filter(({ record }) => isPressing(record)),
  )
  const written = await ingest(client, embedded, rows, now)
  if (pressing.length > 0) await queue(run, pressing, now, () => true)
  await quarantine(client, embedded, source, batch.rejected, now)
  for (const [scope, seen] of whole) removed += await retire(client, embedded, source, scope, seen)
  await client.query(
    `INSERT INTO source_state (source, cursor) VALUES ($1, $2)
     ON CONFLICT (source) DO UPDATE SET cursor = excluded.cursor`,
    [source, JSON.stringify(batch.cursor)],
  )
  return { ...written, removed }
}

/** Keeps rows that could not be used; the same row for the same reason once. Must run inside a transaction. */
export async function quarantine(
  client: PoolClient,
  embedded: boolean,
  source: string,
  rejected: readonly Rejection[],
  now: Date,
): Promise<void> {
  const columns: Column<Rejection>[] = [
    { name: 'id', type: 'uuid', of: (row) => uuidOf(source, row.file, String(row.line), row.reason) },
    { name: 'file', type: 'text', of: (row) => row.file },
    { name: 'line', type: 'int', of: (row) => row.line },
    { name: 'reason', type: 'text', of: (row) => row.reason },
    { name: 'zh', type: 'text', of: (row) => row.zh ?? null },
    { name: 'raw', type: 'text', of: (row) => row.raw },
    { name: 'source', type: 'text', of: () => source },
    { name: 'at', type: 'timestamptz', of: () => now },
  ]
  for (const page of pages(rejected)) {
    await overRows(
      client,
      embedded,
      columns,
      page,
      (incoming) => `INSERT INTO quarantine (id, file, line, reason, zh, raw, source, at)
        SELECT id, file, line, reason, zh, raw, source, at FROM ${incoming} ON CONFLICT DO NOTHING`,
    )
  }
}
