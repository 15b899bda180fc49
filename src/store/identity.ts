import type { PoolClient } from 'pg'
import { uuidOf } from '../ids.ts'
import type { CustomerKey } from '../records/record.ts'
import type { Column } from './bulk.ts'
import { overRows, pages } from './bulk.ts'

/** Who the keys of a batch belong to. */
export interface Identities {
  /** The customer's id. Throws on a key that was not among those resolved. */
  of(key: CustomerKey): string
  /** Ids named now for the first time; their customer rows have still to be written. */
  readonly created: ReadonlySet<string>
}

const KEY_COLUMNS: readonly Column<CustomerKey>[] = [
  { name: 'kind', type: 'text', of: (key) => key.kind },
  { name: 'value', type: 'text', of: (key) => key.value },
]

const OWNED_KEY_COLUMNS: readonly Column<OwnedKey>[] = [
  { name: 'kind', type: 'text', of: ({ key }) => key.kind },
  { name: 'value', type: 'text', of: ({ key }) => key.value },
  { name: 'customer', type: 'uuid', of: ({ customer }) => customer },
]

interface OwnedKey {
  readonly key: CustomerKey
  readonly customer: string
}

/**
 * Finds the customer behind every key; each group of keys is one customer, whom one known key is enough to find.
 * Unknown groups get a new customer id, made from their first key.
 */
export async function resolveIdentities(
  client: PoolClient,
  embedded: boolean,
  groups: readonly (readonly CustomerKey[])[],
): Promise<Identities> {
  const owners = new KeyMap()
  const distinct = new KeyMap()
  const keys = groups.flat().filter((key) => distinct.add(key, ''))
  await lookUp(client, embedded, keys, owners)
  const unknown = keys.filter((key) => owners.get(key) === undefined)
  const created = new Set<string>()
  if (unknown.length > 0) {
    // Another pull may be naming the same keys at this moment: who comes second waits, then sees what the first did.
    await lockCustomers(client)
    if (!embedded) await lookUp(client, embedded, unknown, owners)
    const fresh = assign(groups, owners, created)
    for (const page of pages(fresh)) {
      await overRows(
        client,
        embedded,
        OWNED_KEY_COLUMNS,
        page,
        (incoming) =>
          `INSERT INTO customer_key (kind, value, customer) SELECT kind, value, customer FROM ${incoming}`,
      )
    }
  }
  const of = (key: CustomerKey): string => {
    const owner = owners.get(key)
    if (owner === undefined) throw new Error(`the key ${key.kind} was not resolved`)
    return owner
  }
  return { of, created }
}

/**
 * Until the transaction ends nobody else names customers or writes what a source says of them; whoever comes second reads
 * what the first wrote.
 */
export async function lockCustomers(client: PoolClient): Promise<void> {
  await client.query('LOCK TABLE customer_key IN SHARE ROW EXCLUSIVE MODE')
}

// LATERAL with LIMIT keeps this a look-up a row: without statistics (the embedded database gathers none) the planner
// would read the whole table for every batch.
async function lookUp(
  client: PoolClient,
  embedded: boolean,
  keys: readonly CustomerKey[],
  owners: KeyMap,
): Promise<void> {
  for (const page of pages(keys)) {
    const { rows } = await overRows<CustomerKey, { kind: string; value: string; customer: string }>(
      client,
      embedded,
      KEY_COLUMNS,
      page,
      (incoming) => `SELECT i.kind, i.value, k.customer FROM ${incoming} i CROSS JOIN LATERAL (
        SELECT customer FROM customer_key WHERE kind = i.kind AND value = i.value LIMIT 1) k`,
      true,
    )
    for (const row of rows) owners.add(row, row.customer)
  }
}

/** Gives every key without an owner its group's customer; returns those keys. */
function assign(
  groups: readonly (readonly CustomerKey[])[],
  owners: KeyMap,
  created: Set<string>,
): OwnedKey[] {
  const fresh: OwnedKey[] = []
  for (const group of groups) {
    let customer = group.map((key) => owners.get(key)).find((id) => id !== undefined)
    if (customer === undefined) {
      const first = group[0]!
      customer = uuidOf('customer', first.kind, first.value)
      created.add(customer)
    }
    for (const key of group) if (owners.add(key, customer)) fresh.push({ key, customer })
  }
  return fresh
}

/** Customer ids by key. Two levels of maps: joining kind and value into one string for every event costs more. */
class KeyMap {
  private readonly kinds = new Map<string, Map<string, string>>()

  get(key: CustomerKey): string | undefined {
    return this.kinds.get(key.kind)?.get(key.value)
  }

  /** False when the key is there already. */
  add(key: CustomerKey, customer: string): boolean {
    let values = this.kinds.get(key.kind)
    if (values === undefined) {
      values = new Map()
      this.kinds.set(key.kind, values)
    }
    if (values.has(key.value)) return false
    values.set(key.value, customer)
    return true
  }
}
