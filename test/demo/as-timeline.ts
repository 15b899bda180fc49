import { parse } from 'yaml'
import { demoConfig } from '../../src/demo/config.ts'
import type { CustomerRow, DayRows } from '../../src/demo/rows.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'

const KINDS: Record<string, string> = parse(demoConfig('x')).sources.find(
  (source: { name: string }) => source.name === 'events',
).kinds

/** What the demo company's systems wrote on a day, as the timeline reads it. */
export function rowsOf(day: DayRows): TimelineRow[] {
  return [
    ...day.visits.map((row) => ({ ...row, kind: 'visit', duration: row.minutes })),
    ...day.logins.map((row) => ({ ...row, kind: 'login' })),
    ...day.orders.map((row) => ({ ...row, kind: row.sort === '购买' ? 'order' : 'refund' })),
    ...day.events.map((row) => ({ ...row, kind: KINDS[row.type]! })),
    ...day.feedback.map((row) => ({ ...row, kind: `voice_${row.channel}` })),
  ]
}

/** A customer as the demo's CRM exports them. */
export function factsOf(row: CustomerRow): CustomerFacts {
  return {
    id: row.id,
    no: Number(row.id.slice(2)),
    name: row.name,
    valueTier: row.valueTier,
    ltvMinor: row.ltv,
    owner: row.owner,
    region: row.region,
    site: row.store,
    product: row.model,
    firstPurchase: Date.parse(`${row.firstPurchase}T00:00:00+08:00`),
    attributes: {
      warranty_end: row.warrantyEnd,
      warranty_renewed: row.warrantyRenewed,
      distance_km: row.distanceKm,
      mileage: row.mileage,
      usage: row.usage,
    },
  }
}
