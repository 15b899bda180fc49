import type { PoolClient } from 'pg'
import { uuidOf } from '../ids.ts'
import type { CustomerKey } from '../records/record.ts'
import type { Column } from './bulk.ts'
import { overRows, pages } from './bulk.ts'
import { KeyMap } from './key-map.ts'

/** Whose a key is. */
export interface Owner {
  readonly customer: string
  /** Of a merged customer: which part has the key; null: the one whose number stays. */
  readonly part: string | null
}

/** A record names two customers by keys of both: they are the same one. */
export interface Link {
  /** Place of the record among the groups. */
  readonly group: number
  readonly customers: readonly [string, string]
  /** The key that the second one is known by. */
  readonly key: CustomerKey
}

/** Who the keys of a batch belong to. */
export interface Identities {
  /** Throws on a key that was not among those resolved. */
  of(key: CustomerKey): Owner
  /** Ids named now for the first time; their customer rows have still to be written. */
  readonly created: ReadonlySet<string>
  readonly links: readonly Link[]
}

const KEY_COLUMNS: readonly Column<CustomerKey>[] = [
  { name: 'kind', type: 'text', of: (key) => key.kind },
  { name: 'value', type: 'text', of: (key) => key.value },
]

const OWNED_KEY_COLUMNS: readonly Column<OwnedKey>[] = [
  { name: 'kind', type: 'text', of: ({ key }) => key.kind },
  { name: 'value', type: 'text', of: ({ key }) => key.value },
  { name: 'customer', type: 'uuid', of: ({ owner }) => owner.customer },
  { name: 'part', type: 'uuid', of: ({ owner }) => owner.part },
]

interface OwnedKey {
  readonly key: CustomerKey
  readonly owner: Owner
}

type Group = readonly CustomerKey[]

/**
 * Finds the customer behind every key; the keys of a group are of one customer. A group belongs to whom its first key names,
 * an unknown first key to a new customer, whose id is made from it; keys of others in the group are links, for somebody else
 * to merge them by.
 */
export async function resolveIdentities(
  client: PoolClient,
  embedded: boolean,
  groups: readonly Group[],
): Promise<Identities> {
  const owners = new KeyMap<Owner>()
  const distinct = new KeyMap<true>()
  const keys = groups.flat().filter((key) => distinct.add(key, true))
  // Whoever merges or splits customers waits until these rows are written, and is waited for.
  if (!embedded) await client.query('LOCK TABLE customer_key IN ROW SHARE MODE')
  await lookUp(client, embedded, keys, owners)
  const unknown = keys.filter((key) => owners.get(key) === undefined)
  const created = new Set<string>()
  if (unknown.length > 0) {
    // Another pull may be naming the same keys at this moment: who comes second waits, then sees what the first did.
    await lockCustomers(client)
    if (!embedded) await lookUp(client, embedded, unknown, owners)
    const known = await keysOf(client, metHalfway(groups, owners))
    const fresh = assign(groups, owners, known, created)
    for (const page of pages(fresh)) {
      await overRows(
        client,
        embedded,
        OWNED_KEY_COLUMNS,
        page,
        (incoming) =>
          `INSERT INTO customer_key (kind, value, customer, part) SELECT kind, value, customer, part FROM ${incoming}`,
      )
    }
  }
  const of = (key: CustomerKey): Owner => {
    const owner = owners.get(key)
    if (owner === undefined) throw new Error(`the key ${key.kind} was not resolved`)
    return owner
  }
  return { of, created, links: linksIn(groups, of) }
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
  owners: KeyMap<Owner>,
): Promise<void> {
  for (const page of pages(keys)) {
    const { rows } = await overRows<CustomerKey, CustomerKey & Owner>(
      client,
      embedded,
      KEY_COLUMNS,
      page,
      (incoming) => `SELECT i.kind, i.value, k.customer, k.part FROM ${incoming} i CROSS JOIN LATERAL (
        SELECT customer, part FROM customer_key WHERE kind = i.kind AND value = i.value LIMIT 1) k`,
      true,
    )
    for (const row of rows) owners.add(row, { customer: row.customer, part: row.part })
  }
}

/** Customers whom a group names by a later key, while its first one is unknown. */
function metHalfway(groups: readonly Group[], owners: KeyMap<Owner>): string[] {
  const met = new Set<string>()
  for (const group of groups) {
    if (group.length === 1 || owners.get(group[0]!) !== undefined) continue
    for (const key of group) {
      const owner = owners.get(key)
      if (owner !== undefined) met.add(owner.customer)
    }
  }
  return [...met]
}

/** By what each of these customers is known. */
async function keysOf(client: PoolClient, customers: readonly string[]): Promise<Map<string, CustomerKey[]>> {
  const known = new Map(customers.map((customer) => [customer, [] as CustomerKey[]]))
  if (customers.length === 0) return known
  const { rows } = await client.query<CustomerKey & { customer: string }>(
    'SELECT customer, kind, value FROM customer_key WHERE customer = ANY ($1::uuid[])',
    [customers],
  )
  for (const { customer, kind, value } of rows) known.get(customer)!.push({ kind, value })
  return known
}

/** Gives every key without an owner its group's customer; returns those keys. */
function assign(
  groups: readonly Group[],
  owners: KeyMap<Owner>,
  known: Map<string, CustomerKey[]>,
  created: Set<string>,
): OwnedKey[] {
  const fresh: OwnedKey[] = []
  for (const group of groups) {
    const own = owners.get(group[0]!) ?? filledIn(group, owners, known) ?? fromFirst(group, known, created)
    for (const key of group) {
      if (!owners.add(key, own)) continue
      fresh.push({ key, owner: own })
      known.get(own.customer)?.push(key)
    }
  }
  return fresh
}

/** Somebody known by nothing but keys of this group (an event named them first): the record is their own. */
function filledIn(
  group: Group,
  owners: KeyMap<Owner>,
  known: ReadonlyMap<string, readonly CustomerKey[]>,
): Owner | undefined {
  const isNamed = ({ kind, value }: CustomerKey): boolean =>
    group.some((key) => key.kind === kind && key.value === value)
  return group
    .flatMap((key) => owners.get(key) ?? [])
    .find(({ customer }) => known.get(customer)?.every(isNamed) === true)
}

function fromFirst(group: Group, known: Map<string, CustomerKey[]>, created: Set<string>): Owner {
  const { kind, value } = group[0]!
  const customer = uuidOf('customer', kind, value)
  created.add(customer)
  known.set(customer, [])
  return { customer, part: null }
}

function linksIn(groups: readonly Group[], of: Identities['of']): Link[] {
  const links: Link[] = []
  for (const [group, keys] of groups.entries()) {
    if (keys.length === 1) continue
    const own = of(keys[0]!).customer
    for (const key of keys) {
      const { customer } = of(key)
      if (customer !== own) links.push({ group, customers: [own, customer], key })
    }
  }
  return links
}
