import type { ValueTier } from '../records/record.ts'
import type { Customer } from '../timeline/history.ts'
import type { Prisma } from './generated/client.ts'
import type { CustomerModel } from './generated/models.ts'
import type { Db } from './rows.ts'

export interface CustomerTable {
  get(id: string): Promise<Customer | null>
  /** By C-123, by any identity key's value, else by name (exact first, then containing). */
  find(words: string, limit: number): Promise<Customer[]>
  many(ids: readonly string[]): Promise<Map<string, Customer>>
  byNo(numbers: readonly number[]): Promise<Map<number, Customer>>
  count(): Promise<number>
  /** How many of these customers are in this person's care. */
  countKeptBy(owner: string, numbers: readonly number[]): Promise<number>
}

export function customerTable(db: Db): CustomerTable {
  return {
    get: async (id) => {
      const row = await db.customer.findUnique({ where: { id } })
      return row === null ? null : customerOf(row)
    },
    find: (words, limit) => find(db, words, limit),
    many: async (ids) => {
      const rows = await db.customer.findMany({ where: { id: { in: [...ids] } } })
      return new Map(rows.map((row) => [row.id, customerOf(row)]))
    },
    byNo: async (numbers) => {
      const rows = await db.customer.findMany({ where: { no: { in: [...numbers] } } })
      return new Map(rows.map((row) => [row.no, customerOf(row)]))
    },
    count: () => db.customer.count(),
    countKeptBy: (owner, numbers) =>
      numbers.length === 0
        ? Promise.resolve(0)
        : db.customer.count({ where: { owner, no: { in: [...numbers] } } }),
  }
}

async function find(db: Db, words: string, limit: number): Promise<Customer[]> {
  const numbered = /^c(-?)(\d{1,9})$/i.exec(words)
  const byNo = async (): Promise<CustomerModel[]> =>
    numbered === null ? [] : db.customer.findMany({ where: { no: Number(numbered[2]) } })
  const byKey = async (): Promise<CustomerModel[]> => {
    const keys = await db.customerKey.findMany({ where: { value: words }, take: limit })
    return keys.length === 0 ? [] : inOrder({ id: { in: keys.map((key) => key.customer) } })
  }
  const inOrder = (where: Prisma.CustomerWhereInput): Promise<CustomerModel[]> =>
    db.customer.findMany({ where, orderBy: { no: 'asc' }, take: limit })
  // C-12 is ours. C12 may be an id of the CRM's own, which then means that customer.
  const ways = [
    ...(numbered?.[1] === '-' ? [byNo, byKey] : [byKey, byNo]),
    () => inOrder({ name: words }),
    () => inOrder({ name: { contains: words.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } }),
  ]
  for (const way of ways) {
    const rows = await way()
    if (rows.length > 0) return rows.map(customerOf)
  }
  return []
}

export function customerOf(row: CustomerModel): Customer {
  return {
    id: row.id,
    no: row.no,
    name: row.name,
    valueTier: row.valueTier as ValueTier | null,
    ltvMinor: row.ltvMinor === null ? null : Number(row.ltvMinor),
    currency: row.currency,
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
