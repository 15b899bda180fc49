import type { PoolClient } from 'pg'
import type { CustomerRecord } from '../records/record.ts'
import { FIELD_COLUMNS } from './customer-fields.ts'
import { writeAttributes } from './ingest-attributes.ts'
import { saidOf, type Told } from './ingest-told.ts'
import { FOLD_ATTRIBUTES, FOLD_FIELDS } from './parts.ts'
import { jsonText } from './rows.ts'

/** Which of these customers are made of several. */
export async function mergedAmong(client: PoolClient, customers: readonly string[]): Promise<Set<string>> {
  if (customers.length === 0) return new Set()
  const { rows } = await client.query<{ id: string }>(
    `SELECT c.id FROM unnest($1::uuid[]) AS c (id)
     CROSS JOIN LATERAL (SELECT FROM customer_part p WHERE p.customer = c.id LIMIT 1) p`,
    [customers],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Writes what is said of merged customers, part by part; how many of them are not as they were. */
export async function writeParts(
  client: PoolClient,
  embedded: boolean,
  told: readonly Told[],
  now: Date,
): Promise<number> {
  if (told.length === 0) return 0
  const tellings = told.map(({ record, owner }) => ({ id: saidOf(owner), record }))
  await writeAttributes(client, embedded, 'part_attribute', tellings, now)
  const fields = new Map<string, object>()
  for (const { id, record } of tellings) fields.set(id, { ...fields.get(id), ...saidIn(record) })
  await client.query(
    `UPDATE customer_part p SET fields = p.fields || s.fields, at = $2::timestamptz
     FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, fields jsonb) WHERE p.id = s.id AND NOT p.fields @> s.fields`,
    [jsonText([...fields].map(([id, said]) => ({ id, fields: said }))), now],
  )
  const customers = [...new Set(told.map(({ owner }) => owner.customer))]
  await client.query(FOLD_ATTRIBUTES, [customers])
  return (await client.query(FOLD_FIELDS, [customers])).rowCount ?? 0
}

/** What a record says, by the columns' names. */
function saidIn(record: CustomerRecord): object {
  const said = FIELD_COLUMNS.map(({ name, of }) => [name, of(record)] as const)
  return Object.fromEntries(said.filter(([, value]) => value !== null))
}
