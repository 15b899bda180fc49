import type { Scope } from '../records/scope.ts'
import type { Prisma } from './generated/client.ts'
import type { Db } from './rows.ts'
import { textArray } from './voice-stage.ts'

/** The rows of `customer` somebody sees. The scope comes from a checked configuration and stands as literals. */
export function seenCustomersSql({ owners, sites, holders }: Scope): string {
  const holding = textArray(holders)
  return `SELECT * FROM customer WHERE owner = ANY (${textArray(owners)}) OR site = ANY (${textArray(sites)})
    OR id IN (SELECT a.customer FROM alert a
      WHERE a.owner = ANY (${holding}) OR (a.assignee = ANY (${holding}) AND a.state = 'open'))`
}

/** The same for Prisma. */
export async function seenCustomers(
  db: Db,
  { owners, sites, holders }: Scope,
): Promise<Prisma.CustomerWhereInput> {
  const holding = [...holders]
  const held = await db.alert.findMany({
    where: { OR: [{ owner: { in: holding } }, { assignee: { in: holding }, state: 'open' }] },
    distinct: ['customer'],
    select: { customer: true },
  })
  const ids = held.map(({ customer }) => customer)
  return { OR: [{ owner: { in: [...owners] } }, { site: { in: [...sites] } }, { id: { in: ids } }] }
}
