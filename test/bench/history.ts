import { between, chance, type Draw, openStream, whole } from '../../src/demo/random.ts'
import type { Columns, EventBlock, Measure } from '../../src/features/columns.ts'
import { eventBlock } from '../../src/timeline/event-block.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { PackedFacts } from '../../src/timeline/packed-facts.ts'
import { mergeColumns } from '../timeline/merge-columns.ts'

const DAY = 86_400_000

/** The instant the history ends at, and how far it reaches back. */
export const END = Date.UTC(2026, 0, 1)
const DAYS = 730

/** A late event comes this long after its day, at most. */
const LATEST = 30
const LATE = 0.01

interface KindShape {
  readonly name: string
  /** The kind it counts as besides its own. */
  readonly is?: string
  /** Share of all events. */
  readonly share: number
  readonly measures: readonly Measure[]
}

/** What happens, by the number events carry. */
export const KINDS: readonly KindShape[] = [
  { name: 'login', share: 0.4, measures: [] },
  { name: 'visit', share: 0.16, measures: [] },
  { name: 'maintenance', is: 'visit', share: 0.04, measures: [] },
  { name: 'order', share: 0.2, measures: ['amount'] },
  { name: 'ticket_opened', share: 0.08, measures: [] },
  { name: 'voice_survey', is: 'voice', share: 0.12, measures: ['rating', 'sentiment'] },
]

/** Events as flat columns, customer by customer, each one's oldest first: a row's place is its id. */
export interface RandomEvents {
  readonly customer: Int32Array
  readonly kind: Uint8Array
  /** Milliseconds, whole seconds; neighbours may share one. */
  readonly at: Float64Array
  /** Amount in minor units or rating, NaN where there is none; every value is a whole number. */
  readonly value: Float32Array
  /** -1 to 1, NaN but for voices. */
  readonly mood: Float32Array
  /** Days between an event and its coming; 0: at once. */
  readonly late: Uint8Array
}

/** The same with the customers as objects. */
export interface RandomHistory extends RandomEvents {
  readonly facts: readonly CustomerFacts[]
}

/** With the customers in a few pieces of memory. */
export interface PackedHistory extends RandomEvents {
  readonly facts: PackedFacts
}

/**
 * N customers and M events by one seed: some busy, some quiet, one event in a hundred late. `leaving`: the share of
 * customers who leave somewhere on the way.
 */
export function randomHistory(customers: number, events: number, seed: string, leaving = 0.3): RandomHistory {
  const draw = openStream(seed, 'history')
  const counts = shares(customers, events, draw)
  const history: RandomHistory = {
    facts: Array.from({ length: customers }, (_, index) => factsOf(index, draw)),
    customer: new Int32Array(events),
    kind: new Uint8Array(events),
    at: new Float64Array(events),
    value: new Float32Array(events).fill(Number.NaN),
    mood: new Float32Array(events).fill(Number.NaN),
    late: new Uint8Array(events),
  }
  let row = 0
  for (let customer = 0; customer < customers; customer += 1) {
    const end = row + counts[customer]!
    history.customer.fill(customer, row, end)
    fillInstants(history.at.subarray(row, end), history.facts[customer]!.firstPurchase!, draw, leaving)
    for (; row < end; row += 1) fillRow(history, row, draw)
  }
  return history
}

/** Columns as the timeline has them after late events came: what was there before, merged with who was touched since. */
export function mergedColumns(history: RandomHistory): Columns {
  const touched = new Uint8Array(history.facts.length)
  history.late.forEach((late, row) => {
    if (late > 0) touched[history.customer[row]!] = 1
  })
  const kept = columnsOf(history, history.facts, (row) => history.late[row] === 0)
  const again = history.facts.filter((_, customer) => touched[customer] === 1)
  const fresh = columnsOf(history, again, (row) => touched[history.customer[row]!] === 1)
  return mergeColumns(kept, fresh, history.facts)
}

/** Columns of some customers' rows; the rows taken must all be theirs. */
export function columnsOf(
  history: RandomHistory,
  facts: readonly CustomerFacts[],
  takes: (row: number) => boolean,
): Columns {
  const place = new Int32Array(history.facts.length).fill(-1)
  facts.forEach(({ no }, index) => {
    place[no - 1] = index
  })
  const blocks = new Map<string, EventBlock>()
  for (const name of new Set(KINDS.flatMap(({ name, is }) => (is === undefined ? [name] : [name, is])))) {
    const own = KINDS.map((kind) => kind.name === name || kind.is === name)
    const measures = new Set(KINDS.flatMap((kind, number) => (own[number] ? kind.measures : [])))
    const rows = new Int32Array(history.at.length)
    let length = 0
    for (let row = 0; row < rows.length; row += 1) {
      if (own[history.kind[row]!] && takes(row)) rows[length++] = row
    }
    if (length === 0) continue
    const offsets = new Int32Array(facts.length + 1)
    const at = new Float64Array(length)
    const values = new Map([...measures].map((measure) => [measure, new Float64Array(length)]))
    for (let index = 0; index < length; index += 1) {
      const row = rows[index]!
      offsets[place[history.customer[row]!]! + 1]! += 1
      at[index] = history.at[row]!
      for (const [measure, column] of values) {
        column[index] = measure === 'sentiment' ? history.mood[row]! : history.value[row]!
      }
    }
    for (let index = 0; index < facts.length; index += 1) offsets[index + 1]! += offsets[index]!
    blocks.set(name, eventBlock(offsets, at, values))
  }
  return { size: facts.length, facts, blocks }
}

/** Rows in the order in which they came, by the day: late ones among what was new then. */
export function byArrival({ at, late }: RandomEvents): Int32Array {
  const start = END - DAYS * DAY
  const dayOf = (row: number): number => Math.floor((at[row]! - start) / DAY) + late[row]!
  const places = new Int32Array(DAYS + LATEST + 2)
  for (let row = 0; row < at.length; row += 1) places[dayOf(row) + 1]! += 1
  for (let day = 1; day < places.length; day += 1) places[day]! += places[day - 1]!
  const order = new Int32Array(at.length)
  for (let row = 0; row < at.length; row += 1) order[places[dayOf(row)]!++] = row
  return order
}

/** How many events each customer has: a few many, most some; `events` in all. */
function shares(customers: number, events: number, draw: Draw): Int32Array {
  const weights = Float64Array.from({ length: customers }, () => 0.1 + draw() ** 3 * 4)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const counts = Int32Array.from(weights, (weight) => Math.floor((events * weight) / total))
  let rest = events - counts.reduce((sum, count) => sum + count, 0)
  for (let customer = 0; rest > 0; customer = (customer + 1) % customers, rest -= 1) counts[customer]! += 1
  return counts
}

function factsOf(index: number, draw: Draw): CustomerFacts {
  const firstPurchase = END - Math.floor(between(draw, 60, DAYS)) * DAY
  const warranty = new Date(END + Math.floor(between(draw, -400, 400)) * DAY)
  return {
    id: `c${index}`,
    no: index + 1,
    name: null,
    valueTier: null,
    ltvMinor: whole(draw, 0, 50_000_00),
    owner: null,
    region: null,
    site: null,
    product: null,
    firstPurchase,
    attributes: { warranty_end: warranty.toISOString().slice(0, 10) },
  }
}

/** Some leave somewhere on the way; one event in a hundred happens in the same second as another. */
function fillInstants(at: Float64Array, first: number, draw: Draw, leaving: number): void {
  const last = chance(draw, leaving) ? between(draw, first + 30 * DAY, END) : END
  for (let index = 0; index < at.length; index += 1) {
    at[index] =
      index > 0 && chance(draw, 0.01) ? at[index - 1]! : Math.floor(between(draw, first, last) / 1000) * 1000
  }
  at.sort()
}

function fillRow(history: RandomHistory, row: number, draw: Draw): void {
  let rest = draw()
  let kind = 0
  while (kind < KINDS.length - 1 && rest >= KINDS[kind]!.share) {
    rest -= KINDS[kind]!.share
    kind += 1
  }
  history.kind[row] = kind
  const { measures } = KINDS[kind]!
  // Some carry no measure at all: an order without an amount, a survey with words only.
  if (measures.includes('amount') && !chance(draw, 0.02)) history.value[row] = whole(draw, 10_00, 50_000_00)
  if (measures.includes('rating') && !chance(draw, 0.1)) history.value[row] = whole(draw, 0, 10)
  if (measures.includes('sentiment') && !chance(draw, 0.1)) history.mood[row] = whole(draw, -100, 100) / 100
  if (chance(draw, LATE)) history.late[row] = whole(draw, 1, LATEST)
}
