import type { PoolClient } from 'pg'
import type { CustomerRecord } from '../records/record.ts'
import type { Owner } from './identity.ts'
import { jsonText } from './rows.ts'

/** What a source says of somebody. */
export interface Told {
  readonly record: CustomerRecord
  readonly owner: Owner
}

/** The customer's id, or of a merged one the part's: whom something is said of. */
export const saidOf = ({ customer, part }: Owner): string => part ?? customer

/** Field of a record to the instant as of which it was said. ISO, so that the order of the words is that of time. */
type Dates = Readonly<Record<string, string>>

/** What has a history of its own, or says whom the record is of. */
const UNDATED: ReadonlySet<string> = new Set(['type', 'sourceId', 'keys', 'at', 'attributes'])

/**
 * Takes out of records with a date the fields of which something newer is known, from whatever source, and keeps as of when
 * the others were said: rows come late and files are filed late. Records without a date say what holds now.
 */
export async function withoutOlder(client: PoolClient, told: readonly Told[]): Promise<readonly Told[]> {
  const dated = told.filter(({ record }) => record.at !== undefined)
  if (dated.length === 0) return told
  const before = await datesOf(client, [...new Set(dated.map(({ owner }) => saidOf(owner)))])
  const newest = new Map(before)
  for (const { record, owner } of dated) {
    newest.set(saidOf(owner), later(newest.get(saidOf(owner)) ?? {}, record))
  }
  await keep(
    client,
    [...newest].filter(([id, dates]) => dates !== before.get(id)),
  )
  return told.map((one) => {
    const { at } = one.record
    if (at === undefined) return one
    const dates = newest.get(saidOf(one.owner))!
    const held = Object.entries(one.record).filter(([field]) => !((dates[field] ?? '') > at.toISOString()))
    return { ...one, record: Object.fromEntries(held) as unknown as CustomerRecord }
  })
}

/** The very same dates where the record brings none that is later. */
function later(dates: Dates, { at, ...fields }: CustomerRecord): Dates {
  const said = at!.toISOString()
  const newer = Object.keys(fields).filter((field) => !UNDATED.has(field) && (dates[field] ?? '') < said)
  return newer.length === 0 ? dates : { ...dates, ...Object.fromEntries(newer.map((field) => [field, said])) }
}

async function datesOf(client: PoolClient, ids: readonly string[]): Promise<Map<string, Dates>> {
  const { rows } = await client.query<{ id: string; at: Dates }>(
    `SELECT i.id, t.at FROM unnest($1::uuid[]) AS i (id)
     CROSS JOIN LATERAL (SELECT at FROM customer_told WHERE customer = i.id LIMIT 1) t`,
    [ids],
  )
  return new Map(rows.map(({ id, at }) => [id, at]))
}

async function keep(client: PoolClient, news: readonly (readonly [id: string, at: Dates])[]): Promise<void> {
  if (news.length === 0) return
  await client.query(
    `INSERT INTO customer_told (customer, at)
     SELECT n.customer, n.at FROM jsonb_to_recordset($1::jsonb) AS n (customer uuid, at jsonb)
     ON CONFLICT (customer) DO UPDATE SET at = excluded.at`,
    [jsonText(news.map(([customer, at]) => ({ customer, at })))],
  )
}
