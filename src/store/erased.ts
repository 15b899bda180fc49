import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { CustomerKey, SourceRecord } from '../records/record.ts'
import type { Sourced } from './rows.ts'

/** What is kept of a key of somebody who was erased: enough to know it again, and not the key. */
export function keyDigest({ kind, value }: CustomerKey): string {
  return createHash('sha256').update(`${kind}\0${value}`).digest('hex')
}

/** The rows without those of people who were erased: a source that still has them must not bring them back. */
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
  return rows.filter((_, index) => !digests[index]!.some((digest) => erased.has(digest)))
}

function keysOf(record: SourceRecord): readonly CustomerKey[] {
  if (record.type === 'customer') return record.keys
  return record.customer === undefined ? [] : [record.customer]
}
