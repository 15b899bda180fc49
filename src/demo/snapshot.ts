import type { DayNumber } from './calendar.ts'
import { dayOf } from './calendar.ts'
import { mileageOf } from './habits.ts'
import type { Life } from './life.ts'
import type { CustomerRow } from './rows.ts'

const NEW_ADDRESS_KNOWN = 18

/** The customer's line in the CRM's export on a day. */
export function customerRow(life: Life, day: DayNumber): CustomerRow {
  const { persona } = life
  return {
    id: persona.id,
    name: persona.name,
    phone: persona.phone,
    valueTier: persona.value,
    ltv: life.shownLtv,
    owner: persona.store.owner,
    region: persona.store.region,
    store: persona.store.name,
    model: persona.model.name,
    firstPurchase: dayOf(persona.joined),
    language: persona.language,
    consent: persona.consent,
    warrantyEnd: dayOf(life.warrantyEnd),
    warrantyRenewed: life.renewed,
    distanceKm: distanceOf(life, day),
    mileage: monthlyMileage(life, day),
    usage: persona.usage,
  }
}

/** Someone who moved away tells the CRM some weeks later. */
function distanceOf(life: Life, day: DayNumber): number {
  const moved = life.course?.leaving === 'moved' && day >= life.course.turn + NEW_ADDRESS_KNOWN
  return moved ? 240 + ((life.persona.no * 37) % 1400) : life.persona.distanceKm
}

/** As read at the start of the month, so that the export does not change every day. */
function monthlyMileage(life: Life, day: DayNumber): number {
  const first = day - Number(dayOf(day).slice(8)) + 1
  return Math.round(mileageOf(life, Math.max(first, life.persona.joined)) / 100) * 100
}
