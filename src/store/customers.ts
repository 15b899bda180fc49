import { parseKey } from '../records/key.ts'
import type { CustomerKey, ValueTier } from '../records/record.ts'
import type { Scope } from '../records/scope.ts'
import type { Customer } from '../timeline/history.ts'
import { Prisma } from './generated/client.ts'
import type { CustomerModel } from './generated/models.ts'
import type { Db } from './rows.ts'
import { seenCustomersSql } from './seen-customers.ts'
import type { Ask, Statement } from './statement.ts'

export interface CustomerTable {
  get(id: string): Promise<Customer | null>
  /** By C-123, by any identity key's value, else by name (exact first, then containing). */
  find(words: string, limit: number): Promise<Customer[]>
  /** The id of whom somebody was merged into meanwhile; their own where they were not. */
  whole(id: string): Promise<string>
  many(ids: readonly string[]): Promise<Map<string, Customer>>
  /** By these numbers; that of whoever became a part of somebody gives that one. */
  byNo(numbers: readonly number[]): Promise<Map<number, Customer>>
  /** The ids of parts by the numbers they had. */
  parts(numbers: readonly number[]): Promise<Map<number, string>>
  /** Of all, whatever is seen of them. */
  count(): Promise<number>
  /** How many of all agreed to be contacted. */
  countConsenting(): Promise<number>
  /** How many of these customers are in this person's care. */
  countKeptBy(owner: string, numbers: readonly number[]): Promise<number>
  /** When the customer did one of these kinds or spoke to us, from an instant on; milliseconds, in any order. */
  seenAt(id: string, kinds: readonly string[], since: Date): Promise<readonly number[]>
}

const BY_ID: Statement = {
  name: 'customer',
  sql: `SELECT to_jsonb(c) - 'xid' AS body FROM customer c WHERE c.id = $1::uuid`,
}

const SEEN_AT: Statement = {
  name: 'customer-seen-at',
  sql: `SELECT jsonb_agg((extract(epoch FROM at) * 1000)::float8) AS body FROM (
    SELECT at FROM event WHERE customer = $1::uuid AND at >= $3::timestamptz
      AND kind IN (SELECT jsonb_array_elements_text($2::jsonb))
    UNION ALL SELECT at FROM feedback WHERE customer = $1::uuid AND at >= $3::timestamptz) t`,
}

/**
 * @param currency the company's: an LTV in another is unknown
 * @param scope what is seen of them; null: everyone
 */
export function customerTable(db: Db, ask: Ask, currency: string, scope: Scope | null): CustomerTable {
  const seen = Prisma.raw(scope === null ? 'SELECT * FROM customer' : seenCustomersSql(scope))
  const found: Found = async (where, limit) => {
    const rows = await db.$queryRaw<{ body: WrittenCustomer }[]>`
      SELECT to_jsonb(c) - 'xid' AS body FROM (${seen}) c WHERE ${where} ORDER BY c.no LIMIT ${limit ?? null}::int`
    return rows.map(({ body }) => customerWritten(body, currency))
  }
  return {
    get: async (id) => {
      if (scope !== null) return (await found(Prisma.sql`c.id = ${id}::uuid`))[0] ?? null
      const written = await ask<WrittenCustomer>(BY_ID, [id])
      return written === null ? null : customerWritten(written, currency)
    },
    find: (words, limit) => find(db, found, words, limit),
    whole: async (id) => (await db.customerPart.findUnique({ where: { id } }))?.customer ?? id,
    many: async (ids) => {
      const rows = ids.length === 0 ? [] : await found(isOneOf(ids))
      return new Map(rows.map((row) => [row.id, row]))
    },
    byNo: (numbers) => numberedNow(db, found, numbers),
    parts: async (numbers) => {
      const rows = await db.customerPart.findMany({ where: { no: { in: [...numbers] } } })
      return new Map(rows.map(({ no, id }) => [no, id]))
    },
    count: () => db.customer.count(),
    countConsenting: () => db.customer.count({ where: { contactConsent: true } }),
    seenAt: async (id, kinds, since) =>
      (await ask<number[]>(SEEN_AT, [id, JSON.stringify(kinds), since.toISOString()])) ?? [],
    countKeptBy: (owner, numbers) =>
      numbers.length === 0
        ? Promise.resolve(0)
        : db.customer.count({ where: { owner, no: { in: [...numbers] } } }),
  }
}

/** Whom a condition on `c` fits, in order of their numbers. */
type Found = (where: Prisma.Sql, limit?: number) => Promise<Customer[]>

/** One place for values however many they are: a statement has 65,535. */
const isOneOf = (ids: readonly string[]): Prisma.Sql => Prisma.sql`c.id = ANY (${[...ids]}::uuid[])`

async function find(db: Db, found: Found, words: string, limit: number): Promise<Customer[]> {
  const numbered = /^c(-?)(\d{1,9})$/i.exec(words)
  const byNo = async (): Promise<Customer[]> =>
    numbered === null ? [] : [...(await numberedNow(db, found, [Number(numbered[2])])).values()]
  const byKey = async (): Promise<Customer[]> => {
    const where = { OR: [{ value: words }, ...asKept(words)] }
    const keys = await db.customerKey.findMany({ where, take: limit })
    return keys.length === 0 ? [] : found(isOneOf(keys.map((key) => key.customer)), limit)
  }
  // C-12 is ours. C12 may be an id of the CRM's own, which then means that customer.
  const ways = [
    ...(numbered?.[1] === '-' ? [byNo, byKey] : [byKey, byNo]),
    () => found(Prisma.sql`c.name = ${words}`, limit),
    () => found(Prisma.sql`c.name ILIKE ${`%${words.replace(/[\\%_]/g, '\\$&')}%`}`, limit),
  ]
  for (const way of ways) {
    const rows = await way()
    if (rows.length > 0) return rows
  }
  return []
}

/** A number is copied from a phone as "+86 138-0013-8000", and an address with capitals: kept is the one form of each. */
function asKept(words: string): CustomerKey[] {
  return ['phone', 'email', 'vin'].flatMap((kind) => {
    const key = parseKey(kind, words)
    return 'value' in key ? [key.value] : []
  })
}

/** Whoever became a part of somebody is that one. */
async function numberedNow(db: Db, found: Found, numbers: readonly number[]): Promise<Map<number, Customer>> {
  const parts = await db.customerPart.findMany({
    where: { no: { in: [...numbers] } },
    select: { no: true, customer: true },
  })
  const whole = new Map(parts.map(({ no, customer }) => [no, customer]))
  const own = numbers.filter((no) => !whole.has(no))
  const rows = await found(Prisma.sql`c.no = ANY (${own}::int[]) OR ${isOneOf([...whole.values()])}`)
  const known = new Map<string | number, Customer>(
    rows.flatMap((row) => [[row.id, row] as const, [row.no, row] as const]),
  )
  return new Map(
    numbers.flatMap((no) => {
      const row = known.get(whole.get(no) ?? no)
      return row === undefined ? [] : [[no, row] as const]
    }),
  )
}

/** A customer as JSON tells it: columns by their names, a day as text. */
interface WrittenCustomer {
  readonly [column: string]: unknown
  readonly attributes: Customer['attributes']
}

function customerWritten(row: WrittenCustomer, currency: string): Customer {
  const value = <T>(column: string): T => row[column] as T
  const day = value<string | null>('first_purchase')
  const ltv = declaredIn(currency, value('currency'), value<number | string | null>('ltv_minor'))
  return {
    id: value('id'),
    no: value('no'),
    name: value('name'),
    valueTier: value('value_tier'),
    ltvMinor: ltv,
    owner: value('owner'),
    region: value('region'),
    site: value('site'),
    product: value('product'),
    firstPurchase: day === null ? null : Date.parse(day),
    timeZone: value('time_zone'),
    contactConsent: value('contact_consent'),
    phone: value('phone'),
    attributes: row.attributes,
  }
}

export function customerOf(row: CustomerModel, currency: string): Customer {
  return {
    id: row.id,
    no: row.no,
    name: row.name,
    valueTier: row.valueTier as ValueTier | null,
    ltvMinor: declaredIn(currency, row.currency, row.ltvMinor),
    owner: row.owner,
    region: row.region,
    site: row.site,
    product: row.product,
    firstPurchase: row.firstPurchase?.getTime() ?? null,
    timeZone: row.timeZone,
    contactConsent: row.contactConsent,
    phone: row.phone,
    attributes: row.attributes as Customer['attributes'],
  }
}

/** A declared LTV as a number; null where there is none, or one in another currency than the company's. */
function declaredIn(own: string, theirs: string | null, ltv: bigint | number | string | null): number | null {
  return ltv === null || (theirs ?? own) !== own ? null : Number(ltv)
}
