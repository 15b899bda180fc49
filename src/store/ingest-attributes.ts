import type { PoolClient } from 'pg'
import type { AttributeValue, CustomerRecord } from '../records/record.ts'
import type { Column } from './bulk.ts'
import { overRows, pages } from './bulk.ts'
import { XID } from './rows.ts'

/** What a source says an attribute was from an instant on. */
interface Stated {
  readonly customer: string
  readonly name: string
  readonly value: AttributeValue
  readonly from: Date
}

const COLUMNS: readonly Column<Stated>[] = [
  { name: 'customer', type: 'uuid', of: (row) => row.customer },
  { name: 'name', type: 'text', of: (row) => row.name },
  { name: 'value', type: 'jsonb', of: (row) => JSON.stringify(row.value) },
  { name: 'valid_from', type: 'timestamptz', of: (row) => row.from },
]

/** What attributes of whole customers were, and those of the parts of merged ones. */
export type AttributeTable = 'customer_attribute' | 'part_attribute'

/** A record and whom it is of: a customer, or a part of one. */
export interface Telling {
  readonly id: string
  readonly record: CustomerRecord
}

/**
 * Keeps what attributes were and from when: from the record's own date, or from `now` where it has none. A value that
 * held then already adds no row; one dated before what is known takes its place among it.
 */
export async function writeAttributes(
  client: PoolClient,
  embedded: boolean,
  table: AttributeTable,
  told: readonly Telling[],
  now: Date,
): Promise<void> {
  for (const page of pages(statedBy(told, now))) {
    await overRows(client, embedded, COLUMNS, page, (incoming) => changesSql(table, incoming))
  }
}

/** One value an attribute and instant: of records that disagree the last one stands. */
function statedBy(told: readonly Telling[], now: Date): Stated[] {
  const stated = new Map<string, Stated>()
  for (const { id: customer, record } of told) {
    const { at: from = now, attributes } = record
    for (const [name, value] of Object.entries(attributes)) {
      stated.set(`${customer} ${from.getTime()} ${name}`, { customer, name, value, from })
    }
  }
  return [...stated.values()]
}

/** What held just before is the newer of the stored value and the one that stands earlier in the batch. */
function changesSql(table: AttributeTable, incoming: string): string {
  return `
    , stated AS (
      SELECT i.*, lag(i.value) OVER w AS told, lag(i.valid_from) OVER w AS told_from
      FROM ${incoming} i WINDOW w AS (PARTITION BY i.customer, i.name ORDER BY i.valid_from))
    , news AS MATERIALIZED (
      SELECT s.customer, s.name, s.value, s.valid_from FROM stated s LEFT JOIN LATERAL (
        SELECT a.value, a.valid_from FROM ${table} a
        WHERE a.customer = s.customer AND a.name = s.name AND a.valid_from <= s.valid_from
        ORDER BY a.valid_from DESC LIMIT 1) held ON true
      WHERE s.value IS DISTINCT FROM
        CASE WHEN held.valid_from IS NULL OR s.told_from >= held.valid_from THEN s.told ELSE held.value END)
    INSERT INTO ${table} AS a (customer, name, value, valid_from, xid)
    SELECT customer, name, value, valid_from, (SELECT ${XID}) FROM news ORDER BY customer, name, valid_from
    ON CONFLICT (customer, name, valid_from) DO UPDATE SET value = excluded.value, xid = excluded.xid`
}

/** What a customer's attributes are now, as one JSON: the newest value of each. */
export function presentAttributes(customer: string): string {
  return `(SELECT coalesce(jsonb_object_agg(newest.name, newest.value), '{}') FROM (
    SELECT DISTINCT ON (a.name) a.name, a.value FROM customer_attribute a
    WHERE a.customer = ${customer} ORDER BY a.name, a.valid_from DESC) newest)`
}
