import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { CustomerKey, SourceRecord } from '../records/record.ts'
import { FIELDS } from './customer-fields.ts'
import { jsonText, type Sourced } from './rows.ts'

/** What is kept of a key of somebody who was erased: enough to know it again, and not the key. */
export function keyDigest({ kind, value }: CustomerKey): string {
  return createHash('sha256').update(`${kind}\0${value}`).digest('hex')
}

/**
 * The rows without those of people who were erased: a source that still has them must not bring them back. Two who were
 * split may share a number, and numbers find new owners: whoever is here keeps a row that is theirs by its first key, and
 * only the erased keys go out of it.
 */
export async function withoutErased(
  client: PoolClient,
  rows: readonly Sourced[],
): Promise<readonly Sourced[]> {
  const some = await client.query<{ some: boolean }>('SELECT EXISTS (SELECT 1 FROM erased_key) AS some')
  if (!some.rows[0]!.some) return rows
  const digests = rows.map(({ record }) => keysOf(record).map(keyDigest))
  const known = await client.query<{ digest: string }>(
    'SELECT digest FROM erased_key WHERE digest = ANY ($1::text[])',
    [[...new Set(digests.flat())]],
  )
  const erased = new Set(known.rows.map(({ digest }) => digest))
  const names = (at: number): boolean => digests[at]!.some((digest) => erased.has(digest))
  const theirs = await describedBy(
    client,
    rows.flatMap(({ record }, at) => (names(at) ? keysOf(record).slice(0, 1) : [])),
  )
  return rows.flatMap((row, at): Sourced[] => {
    if (!names(at)) return [row]
    const { source, record } = row
    if (record.type !== 'customer' || !theirs.has(digests[at]![0]!)) return []
    return [{ source, record: { ...record, keys: record.keys.filter((key) => !erased.has(keyDigest(key))) } }]
  })
}

/** Digests of those keys whose customers more is known of than that an event named them. */
async function describedBy(client: PoolClient, keys: readonly CustomerKey[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const { rows } = await client.query<CustomerKey>(
    `SELECT k.kind, k.value FROM jsonb_to_recordset($1::jsonb) AS asked (kind text, value text)
     JOIN customer_key k USING (kind, value) JOIN customer c ON c.id = k.customer
     WHERE num_nonnulls(${FIELDS.map((name) => `c.${name}`).join(', ')}) > 0 OR c.attributes <> '{}'`,
    [jsonText(keys)],
  )
  return new Set(rows.map(keyDigest))
}

function keysOf(record: SourceRecord): readonly CustomerKey[] {
  if (record.type === 'customer') return record.keys
  return record.customer === undefined ? [] : [record.customer]
}
