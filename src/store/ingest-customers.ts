import type { PoolClient } from 'pg'
import type { CustomerRecord } from '../records/record.ts'
import type { Column } from './bulk.ts'
import { overRows, pages } from './bulk.ts'
import { type Described, FIELD_COLUMNS, FIELDS } from './customer-fields.ts'
import type { Identities } from './identity.ts'
import { presentAttributes, type Telling, writeAttributes } from './ingest-attributes.ts'
import { mergedAmong, writeParts } from './ingest-parts.ts'
import { withoutOlder } from './ingest-told.ts'
import type { Ingested } from './rows.ts'
import { XID } from './rows.ts'

type OwnedCustomer = Described & { readonly id: string }

const COLUMNS: readonly Column<OwnedCustomer>[] = [
  { name: 'id', type: 'uuid', of: (row) => row.id },
  ...FIELD_COLUMNS,
]
const NAMES = COLUMNS.map((column) => column.name).join(', ')

/**
 * Writes customers and what their attributes were; those an event or a voice named first get a row of their own, to be
 * filled in later. What is said of a merged customer is kept by part, and put together from there. What is older than what is
 * known takes no field's place.
 */
export async function writeCustomers(
  client: PoolClient,
  embedded: boolean,
  records: readonly CustomerRecord[],
  who: Identities,
  now: Date,
): Promise<Ingested> {
  const told = await withoutOlder(
    client,
    records.map((record) => ({ record, owner: who.of(record.keys[0]!) })),
  )
  const merged = await mergedAmong(client, [...new Set(told.map(({ owner }) => owner.customer))])
  const whole = told.flatMap(({ record, owner: { customer } }) =>
    merged.has(customer) ? [] : [{ id: customer, record }],
  )
  await writeAttributes(client, embedded, 'customer_attribute', whole, now)
  const owned = mergeByCustomer(whole)
  let created = 0
  let changed = await writeParts(
    client,
    embedded,
    told.filter(({ owner }) => merged.has(owner.customer)),
    now,
  )
  for (const page of pages([...owned.values()].filter((row) => who.created.has(row.id)))) {
    created += (await overRows(client, embedded, COLUMNS, page, insertSql)).rowCount ?? 0
  }
  for (const page of pages([...owned.values()].filter((row) => !who.created.has(row.id)))) {
    changed += (await overRows(client, embedded, COLUMNS, page, updateSql)).rowCount ?? 0
  }
  const bare = [...who.created].filter((id) => !owned.has(id))
  for (const page of pages(bare)) {
    const id: Column<string> = { name: 'id', type: 'uuid', of: (each) => each }
    await overRows(
      client,
      embedded,
      [id],
      page,
      (incoming) => `INSERT INTO customer (id) SELECT id FROM ${incoming}`,
    )
  }
  return { created, changed, unchanged: records.length - created - changed }
}

/** Several records of one customer in a batch make one row: what the later ones do not carry stays. */
function mergeByCustomer(told: readonly Telling[]): Map<string, OwnedCustomer> {
  const owned = new Map<string, OwnedCustomer>()
  for (const { id, record } of told) {
    owned.set(id, { ...owned.get(id), ...record, id })
  }
  return owned
}

function insertSql(incoming: string): string {
  return `INSERT INTO customer (${NAMES}, attributes)
    SELECT ${NAMES}, ${presentAttributes('i.id')} FROM ${incoming} i`
}

/** A field a source does not carry keeps what another source said. */
function updateSql(incoming: string): string {
  const merged = [
    ...FIELDS.map((name) => `coalesce(i.${name}, c.${name}) AS ${name}`),
    `${presentAttributes('i.id')} AS attributes`,
  ]
  const values = [...FIELDS, 'attributes']
  const list = (prefix: string): string => values.map((name) => `${prefix}.${name}`).join(', ')
  return `
    , news AS MATERIALIZED (
      SELECT i.id, m.* FROM ${incoming} i CROSS JOIN LATERAL (
        SELECT ${merged.join(', ')}, ${list('c')} FROM customer c WHERE c.id = i.id LIMIT 1)
        AS m(${values.join(', ')}, ${values.map((name) => `${name}_was`).join(', ')})
      WHERE (${list('m')}) IS DISTINCT FROM (${values.map((name) => `m.${name}_was`).join(', ')}))
    UPDATE customer c SET (${values.join(', ')}, xid) = (SELECT ${list('n')}, ${XID})
    FROM news n WHERE c.id = n.id AND c.id = ANY (ARRAY (SELECT id FROM news))`
}
