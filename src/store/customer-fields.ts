import type { CustomerRecord } from '../records/record.ts'
import type { Column } from './bulk.ts'

/** What a record says of a customer, but for attributes. */
export type Described = Omit<CustomerRecord, 'attributes'>

/** Its columns in `customer`. */
export const FIELD_COLUMNS: readonly Column<Described>[] = [
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

export const FIELDS = FIELD_COLUMNS.map((column) => column.name)
