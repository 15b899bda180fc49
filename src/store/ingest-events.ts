import type { PoolClient } from 'pg'
import { uuidOf } from '../ids.ts'
import type { EventRecord, FeedbackRecord } from '../records/record.ts'
import type { Column } from './bulk.ts'
import { overRows, pages } from './bulk.ts'
import type { Identities } from './identity.ts'
import type { Ingested, Sourced } from './rows.ts'
import { XID } from './rows.ts'

/** A record with what the store adds to it: its key and whose it is. */
interface Owned<Record> extends Sourced<Record> {
  readonly id: string
  readonly customer: string | null
  readonly part: string | null
}

// These name the row and never change.
const NAMING: readonly Column<Owned<{ readonly sourceId: string }>>[] = [
  { name: 'id', type: 'uuid', of: (row) => row.id },
  { name: 'source', type: 'text', of: (row) => row.source },
  { name: 'source_id', type: 'text', of: (row) => row.record.sourceId },
]

const EVENT_COLUMNS: readonly Column<Owned<EventRecord>>[] = [
  { name: 'customer', type: 'uuid', of: (row) => row.customer },
  { name: 'part', type: 'uuid', of: (row) => row.part },
  { name: 'at', type: 'timestamptz', of: (row) => row.record.at },
  { name: 'site', type: 'text', of: (row) => row.record.site ?? null },
  { name: 'kind', type: 'text', of: (row) => row.record.kind },
  { name: 'amount_minor', type: 'bigint', of: (row) => row.record.amount?.minor ?? null },
  { name: 'currency', type: 'text', of: (row) => row.record.amount?.currency ?? null },
  { name: 'quantity', type: 'double precision', of: (row) => row.record.quantity ?? null },
  { name: 'duration', type: 'double precision', of: (row) => row.record.duration ?? null },
]

const FEEDBACK_COLUMNS: readonly Column<Owned<FeedbackRecord>>[] = [
  { name: 'customer', type: 'uuid', of: (row) => row.customer },
  { name: 'part', type: 'uuid', of: (row) => row.part },
  { name: 'at', type: 'timestamptz', of: (row) => row.record.at },
  { name: 'site', type: 'text', of: (row) => row.record.site ?? null },
  { name: 'channel', type: 'text', of: (row) => row.record.channel },
  { name: 'text', type: 'text', of: (row) => row.record.text },
  { name: 'language', type: 'text', of: (row) => row.record.language ?? null },
  { name: 'rating', type: 'double precision', of: (row) => row.record.rating ?? null },
  { name: 'nps', type: 'double precision', of: (row) => row.record.nps ?? null },
  { name: 'csat', type: 'double precision', of: (row) => row.record.csat ?? null },
  { name: 'ces', type: 'double precision', of: (row) => row.record.ces ?? null },
  { name: 'product', type: 'text', of: (row) => row.record.product ?? null },
]

export async function writeEvents(
  client: PoolClient,
  embedded: boolean,
  rows: readonly Sourced<EventRecord>[],
  who: Identities,
): Promise<Ingested> {
  return write(client, embedded, 'event', NAMING, EVENT_COLUMNS, owned(rows, who), rows.length)
}

export async function writeFeedback(
  client: PoolClient,
  embedded: boolean,
  rows: readonly Sourced<FeedbackRecord>[],
  who: Identities,
  now: Date,
): Promise<Ingested> {
  const kept = [...NAMING, { name: 'stored_at', type: 'timestamptz', of: () => now } as const]
  return write(client, embedded, 'feedback', kept, FEEDBACK_COLUMNS, owned(rows, who), rows.length)
}

const NOBODY = { customer: null, part: null }

/** One statement cannot write the same row twice: of records with the same id in a batch the last one stands. */
function owned<Row extends EventRecord | FeedbackRecord>(
  rows: readonly Sourced<Row>[],
  who: Identities,
): Owned<Row>[] {
  const last = new Map<string, Owned<Row>>()
  for (const { source, record } of rows) {
    const id = uuidOf(source, record.sourceId)
    const { customer, part } = record.customer === undefined ? NOBODY : who.of(record.customer)
    last.set(id, { record, id, source, customer, part })
  }
  return [...last.values()]
}

async function write<Row>(
  client: PoolClient,
  embedded: boolean,
  table: 'event' | 'feedback',
  kept: readonly Column<Row>[],
  compared: readonly Column<Row>[],
  rows: readonly Row[],
  asked: number,
): Promise<Ingested> {
  const columns = [...kept, ...compared]
  const names = columns.map((column) => column.name)
  const values = compared.map((column) => column.name)
  let created = 0
  let changed = 0
  for (const page of pages(rows)) {
    const result = await overRows<Row, { created: number; changed: number }>(
      client,
      embedded,
      columns,
      page,
      (incoming) => upsert(table, names, values, incoming),
      true,
    )
    created += result.rows[0]!.created
    changed += result.rows[0]!.changed
  }
  return { created, changed, unchanged: asked - created - changed }
}

/**
 * Inserts what is new, with all `names`, updates what differs in its `values`, leaves the rest alone. A corrected row touches its customer, and the one it
 * moved away from: the timeline takes rows of everyone else for new ones. LATERAL with LIMIT keeps the comparison a
 * look-up a row: a join would read the whole table for every batch.
 */
function upsert(
  table: 'event' | 'feedback',
  names: readonly string[],
  values: readonly string[],
  incoming: string,
): string {
  const list = (prefix: string): string => values.map((name) => `${prefix}.${name}`).join(', ')
  return `
    , news AS MATERIALIZED (
      SELECT i.*, stored.customer AS was FROM ${incoming} i LEFT JOIN LATERAL (
        SELECT t.customer, (${list('t')}) IS NOT DISTINCT FROM (${list('i')}) AS same
        FROM ${table} t WHERE t.id = i.id LIMIT 1) stored ON true
      WHERE stored.same IS NOT TRUE)
    , written AS (
      INSERT INTO ${table} AS t (${names.join(', ')}, xid) SELECT ${names.join(', ')}, (SELECT ${XID}) FROM news
      ON CONFLICT (id) DO UPDATE SET ${values.map((name) => `${name} = excluded.${name}`).join(', ')}, xid = excluded.xid
      WHERE (${list('t')}) IS DISTINCT FROM (${list('excluded')})
      RETURNING (t.xmax = 0) AS created, t.customer)
    , corrected AS (
      INSERT INTO customer_touched (customer)
      SELECT was FROM news WHERE was IS NOT NULL
      UNION SELECT customer FROM written WHERE NOT created AND customer IS NOT NULL)
    SELECT count(*) FILTER (WHERE created)::int AS created, count(*) FILTER (WHERE NOT created)::int AS changed
    FROM written`
}
