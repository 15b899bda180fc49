import type { PoolClient } from 'pg'
import type { CustomerRecord } from '../records/record.ts'
import type { Column } from './bulk.ts'
import { overRows, pages } from './bulk.ts'
import type { Identities } from './identity.ts'
import { presentAttributes, writeAttributes } from './ingest-attributes.ts'
import type { Ingested } from './rows.ts'
import { XID } from './rows.ts'

type OwnedCustomer = Omit<CustomerRecord, 'attributes'> & { readonly id: string }

const FIELD_COLUMNS: readonly Column<OwnedCustomer>[] = [
  { name: 'name', type: 'text', of: (row) => row.name ?? null },
  { name: 'value_tier', type: 'text', of: (row) => row.valueTier ?? null },
  { name: 'ltv_minor', type: 'bigint', of: (row) => row.ltv?.minor ?? null },
  { name: 'currency', type: 'text', of: (row) => row.ltv?.currency ?? null },
  { name: 'owner', type: 'text', of: (row) => row.owner ?? null },
  { name: 'region', type: 'text', of: (row) => row.region ?? null },
  { name: 'site', type: 'text', of: (row) => row.site ?? null },
  { name: 'product', type: 'text', of: (row) => row.product ?? null },
  { name: 'first_purchase', type: 'date', of: (row) => row.firstPurchase ?? null },
  { name: 'language', type: 'text', of: (row) => row.language ?? null },
  { name: 'time_zone', type: 'text', of: (row) => row.timeZone ?? null },
  { name: 'contact_consent', type: 'boolean', of: (row) => row.contactConsent ?? null },
  { name: 'phone', type: 'text', of: (row) => row.phone ?? null },
]
const COLUMNS: readonly Column<OwnedCustomer>[] = [
  { name: 'id', type: 'uuid', of: (row) => row.id },
  ...FIELD_COLUMNS,
]
const FIELDS = FIELD_COLUMNS.map((column) => column.name)
const NAMES = COLUMNS.map((column) => column.name).join(', ')

/**
 * Writes customers and what their attributes were; those an event or a voice named first get a row of their own, to be
 * filled in later.
 */
export async function writeCustomers(
  client: PoolClient,
  embedded: boolean,
  records: readonly CustomerRecord[],
  who: Identities,
  now: Date,
): Promise<Ingested> {
  await writeAttributes(client, embedded, records, who, now)
  const owned = mergeByCustomer(records, who)
  let created = 0
  let changed = 0
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
function mergeByCustomer(records: readonly CustomerRecord[], who: Identities): Map<string, OwnedCustomer> {
  const owned = new Map<string, OwnedCustomer>()
  for (const record of records) {
    const id = who.of(record.keys[0]!)
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
