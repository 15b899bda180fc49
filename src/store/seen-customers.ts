import type { Scope } from '../records/scope.ts'
import { textArray } from './voice-stage.ts'

/** The rows of `customer` somebody sees. The scope comes from a checked configuration and stands as literals. */
export function seenCustomersSql({ owners, sites, holders }: Scope): string {
  const holding = textArray(holders)
  return `SELECT * FROM customer WHERE owner = ANY (${textArray(owners)}) OR site = ANY (${textArray(sites)})
    OR id IN (SELECT a.customer FROM alert a
      WHERE a.owner = ANY (${holding}) OR (a.assignee = ANY (${holding}) AND a.state = 'open'))`
}
