import { DAY } from '../../src/clock.ts'
import { DEMO_START, dayNumber, OPENING } from '../../src/demo/calendar.ts'
import type { Company } from '../../src/demo/company.ts'
import { between, chance, openStream } from '../../src/demo/random.ts'
import type { Columns } from '../../src/features/columns.ts'
import { SILENCE } from '../../src/signals/silence.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'

/** Days from the first to the last day on which a speaker may open a ticket, after the opening. */
const SPEAKING = { from: -600, until: 120 }
/** Mean days between two tickets of a speaker: every one of them keeps the habit the signal asks for. */
const GAP = { least: 3, most: 7 }
/** Of those who stay: how many are speakers, and how many of these fall silent although all is well. */
const STAYING = { speak: 0.12, fallSilent: 0.5 }
/** Longest before and latest after the opening on which all is well and the tickets stop. */
const STOPS = { from: -300, until: -20 }

/** Customers who used to open tickets, and the day after the opening on which they stopped; Infinity: never. */
export type Speakers = ReadonlyMap<string, number>

/**
 * The demo company's customers open a few tickets a year, so nobody keeps the habit that a silence breaks. Here some do:
 * whoever leaves without a word, until the day they turn away, and a part of those who stay, half of whom stop one day and go on
 * coming and logging in as ever. Tickets come at random (exponential intervals), and change nothing else in the company.
 */
export function speakersOf(company: Company): Speakers {
  const speakers = new Map<string, number>()
  for (const { customer, leaving, alike, turned } of company.truth()) {
    const draw = openStream(company.seed, 'speaker', customer)
    const stops = chance(draw, STAYING.fallSilent)
      ? Math.floor(between(draw, STOPS.from, STOPS.until))
      : Number.POSITIVE_INFINITY
    if (leaving === 'silent') speakers.set(customer, dayNumber(turned!) - OPENING)
    else if (leaving === null && alike === null && chance(draw, STAYING.speak)) speakers.set(customer, stops)
  }
  return speakers
}

export function ticketsOf(company: Company, speakers: Speakers): TimelineRow[] {
  const rows: TimelineRow[] = []
  for (const [customer, stops] of speakers) {
    const draw = openStream(company.seed, 'tickets', customer)
    const gap = between(draw, GAP.least, GAP.most)
    const wait = () => gap * -Math.log(1 - draw())
    for (let day = SPEAKING.from; day < Math.min(stops, SPEAKING.until); day += wait()) {
      const at = DEMO_START.getTime() + day * DAY
      rows.push({ customer, kind: 'ticket_opened', at, id: `speaker-${customer}-${rows.length}` })
    }
  }
  return rows
}

const BUYING = ['visit', 'order', 'payment']

/** True where a customer still buys, or logs in as before: counted here anew, not as the signal counts. */
export function isHealthy(columns: Columns, place: number, asOf: number): boolean {
  const { days, logins } = SILENCE
  const seen = (kind: string, from: number, to: number) => {
    const block = columns.blocks.get(kind)
    if (block === undefined) return 0
    const at = block.at.subarray(block.offsets[place]!, block.offsets[place + 1]!)
    return at.filter((instant) => instant >= asOf - from * DAY && instant < asOf - to * DAY).length
  }
  if (BUYING.some((kind) => seen(kind, days, 0) > 0)) return true
  const before = seen('login', 2 * days, days)
  return before > 0 && seen('login', days, 0) > (1 - logins) * before
}
