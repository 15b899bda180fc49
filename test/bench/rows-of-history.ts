import { plainFacts } from '../../src/features/attributes.ts'
import { inSteps } from '../../src/timeline/breathe.ts'
import { PackedFacts } from '../../src/timeline/packed-facts.ts'
import { packedFactsOf } from '../../src/timeline/packed-facts-builder.ts'
import type { RowPage, TimelineRow, TimelineRows } from '../../src/timeline/rows.ts'
import { byArrival, KINDS, type PackedHistory, type RandomHistory } from './history.ts'

const DAY = 86_400_000
const CUSTOMERS_A_PAGE = 200
const NEW_ROWS_A_PAGE = 2_000
const FACTS_A_PAGE = 1_000

const MEASURED = [...new Set(KINDS.flatMap(({ measures }) => measures))]

/** A random history as a store hands it out: what has arrived before an instant, which can be moved on. */
export interface HistoryStore extends TimelineRows {
  /** Lets time pass: what arrives before `instant` is there from now on. */
  arriveUntil(instant: number): void
  /** Memory this stand-in for a database takes besides the history's columns. */
  readonly bytes: number
}

export function rowsOfHistory(history: RandomHistory | PackedHistory, until: number): HistoryStore {
  const { customer, kind, at, value, mood, late } = history
  const facts = history.facts instanceof PackedFacts ? history.facts : packedFactsOf(history.facts)
  const number = facts.index
  const first = new Int32Array(facts.length + 1)
  for (const owner of customer) first[owner + 1]! += 1
  for (let index = 0; index < facts.length; index += 1) first[index + 1]! += first[index]!
  const moments = [until]
  const arrival = (row: number): number => at[row]! + late[row]! * DAY

  function rowOf(row: number): TimelineRow {
    const { name, measures } = KINDS[kind[row]!]!
    const [main] = measures
    return {
      customer: facts.ids.at(customer[row]!),
      kind: name,
      at: at[row]!,
      id: idOf(row),
      ...(main === undefined ? {} : { [main]: value[row]! }),
      ...(measures.includes('sentiment') ? { sentiment: mood[row]! } : {}),
    }
  }

  function pageOf(owners: readonly number[], now: number): RowPage {
    const most = owners.reduce((sum, owner) => sum + first[owner + 1]! - first[owner]!, 0)
    const rows = new Int32Array(most)
    const nth = new Int32Array(most)
    let length = 0
    for (const [place, owner] of owners.entries()) {
      for (let row = first[owner]!; row < first[owner + 1]!; row += 1) {
        if (arrival(row) >= now) continue
        rows[length] = row
        nth[length] = place
        length += 1
      }
    }
    const [kinds, instants] = [new Uint8Array(length), new Float64Array(length)]
    const measures = new Map(MEASURED.map((measure) => [measure, new Float64Array(length).fill(Number.NaN)]))
    const columns = KINDS.map((shape) => {
      const main = shape.measures.find((measure) => measure !== 'sentiment')
      return [
        main && measures.get(main),
        shape.measures.includes('sentiment') && measures.get('sentiment'),
      ] as const
    })
    for (let place = 0; place < length; place += 1) {
      const row = rows[place]!
      kinds[place] = kind[row]!
      instants[place] = at[row]!
      const [main, moods] = columns[kind[row]!]!
      if (main) main[place] = value[row]!
      if (moods) moods[place] = mood[row]!
    }
    return {
      length,
      customers: owners.map((owner) => facts.ids.at(owner)),
      customer: nth.subarray(0, length),
      kinds: KINDS.map(({ name }) => name),
      kind: kinds,
      at: instants,
      measures,
      texts: new Map(),
      idOf: (place) => idOf(rows[place]!),
    }
  }

  // As a database's index would: what came between two instants is found without looking at the rest.
  const order = byArrival(history)
  const dayOf = (row: number): number => Math.floor(arrival(row) / DAY)

  /** Where in that order the day of an instant begins. */
  function firstOf(instant: number): number {
    let [low, high] = [0, order.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (dayOf(order[middle]!) < Math.floor(instant / DAY)) low = middle + 1
      else high = middle
    }
    return low
  }

  let arrived = { key: '', rows: new Int32Array(0) }

  // A database does this in a process of its own.
  function arrivedSince(mark: string): Int32Array {
    const key = `${mark} ${moments.length}`
    if (arrived.key === key) return arrived.rows
    const [from, to] = [moments[Number(mark)]!, moments.at(-1)!]
    const came = order.subarray(firstOf(from), firstOf(to + DAY))
    arrived = { key, rows: came.filter((row) => arrival(row) >= from && arrival(row) < to) }
    return arrived.rows
  }

  async function ownersOf(rows: Int32Array): Promise<string[]> {
    const owners: string[] = []
    const seen = new Uint8Array(facts.length)
    await inSteps(rows, NEW_ROWS_A_PAGE, (row) => {
      const owner = customer[row]!
      if (seen[owner] === 1) return
      seen[owner] = 1
      owners.push(facts.ids.at(owner))
    })
    return owners
  }

  return {
    arriveUntil: (instant) => void moments.push(instant),
    changed: async (since) => {
      const mark = String(moments.length - 1)
      if (since === null) return { mark, customers: null }
      return {
        mark,
        customers: { whole: [], facts: [], added: await ownersOf(arrivedSince(since)) },
      }
    },
    async *everyone() {
      for (let start = 0; start < facts.length; start += FACTS_A_PAGE) {
        const length = Math.min(FACTS_A_PAGE, facts.length - start)
        yield Array.from({ length }, (_, nth) => plainFacts(facts.at(start + nth)!))
      }
    },
    customers: async (only) => only.map((id) => facts.at(number.get(id)!)!),
    async *rows(customers) {
      const wanted =
        customers?.map((id) => number.get(id)!) ?? Array.from({ length: facts.length }, (_, index) => index)
      wanted.sort((a, b) => a - b)
      const now = moments.at(-1)!
      for (let start = 0; start < wanted.length; start += CUSTOMERS_A_PAGE) {
        yield pageOf(wanted.slice(start, start + CUSTOMERS_A_PAGE), now)
      }
    },
    async *added(since) {
      const came = arrivedSince(since)
      for (let start = 0; start < came.length; start += NEW_ROWS_A_PAGE) {
        yield Array.from(came.subarray(start, start + NEW_ROWS_A_PAGE), rowOf)
      }
    },
    bytes: order.byteLength + first.byteLength + facts.bytes,
    voices: async () => [],
    horizon: async () => moments.at(-1)!,
  }
}

/** Sorts as the rows lie. */
function idOf(row: number): string {
  return String(row).padStart(9, '0')
}
