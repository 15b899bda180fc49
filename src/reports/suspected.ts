import type { CustomerLine } from './customer-line.ts'

/** Customers who stayed away for so long that they have probably left. */
export interface SuspectedList {
  readonly rows: readonly CustomerLine[]
  readonly total: number
}
