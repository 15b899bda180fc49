import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { ForeshockError } from '../../src/errors.ts'
import type { Columns } from '../../src/features/columns.ts'
import type { EventRecord } from '../../src/records/record.ts'
import { fileMappingSchema } from '../../src/sources/file/mapping.ts'
import { fileSource } from '../../src/sources/file.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'

const FILE = 'cdnow-master.txt.gz'

/** How foreshock.yaml would describe the file. */
const MAPPING = fileMappingSchema.parse({
  name: 'cdnow',
  type: 'file',
  path: FILE,
  format: 'blank',
  record: 'event',
  timeZone: 'UTC',
  currency: 'USD',
  dateFormat: 'yyyymmdd',
  fields: {
    customer: { crm: 'customer_id' },
    kind: { value: 'order' },
    at: 'date',
    quantity: 'number_of_cds',
    amount: 'dollar_value',
  },
})

/** The end of the records. */
export const OUTCOME_KNOWN = Date.UTC(1998, 6, 1)

/** Orders of the file through the product's own file source. Rejects with NOT_FOUND where the file is not there. */
export async function readOrders(folder: string, kinds: ReadonlySet<string>) {
  await access(join(folder, FILE)).catch(() => {
    throw new ForeshockError(
      'NOT_FOUND',
      `There is no ${FILE} in ${folder}.`,
      'Name its folder with --data FOLDER.',
    )
  })
  const source = fileSource(MAPPING, {
    baseFolder: folder,
    now: () => new Date(OUTCOME_KNOWN),
    company: { timeZone: 'UTC', currency: 'USD' },
    kinds,
  })
  const orders: EventRecord[] = []
  let quarantined = 0
  for await (const { records, rejected } of source.pull(null, new AbortController().signal)) {
    for (const record of records) if (record.type === 'event') orders.push(record)
    quarantined += rejected.length
  }
  return { orders, quarantined }
}

export function timelineOf(orders: readonly EventRecord[]): Columns {
  const ids = [...new Set(orders.map(({ customer }) => customer.value))].sort()
  return buildTimeline(ids.map(factsOf), orders.map(rowOf))
}

function factsOf(id: string, index: number): CustomerFacts {
  const unknown = { name: null, valueTier: null, ltvMinor: null, owner: null, region: null, site: null }
  return { id, no: index + 1, ...unknown, product: null, firstPurchase: null, attributes: {} }
}

function rowOf({ customer, kind, at, sourceId, amount, quantity }: EventRecord): TimelineRow {
  return {
    customer: customer.value,
    kind,
    at: at.getTime(),
    id: sourceId,
    amount: amount?.minor ?? null,
    quantity: quantity ?? null,
  }
}
