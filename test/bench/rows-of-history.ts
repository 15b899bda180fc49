import type { TimelineRow, TimelineRows } from '../../src/timeline/rows.ts'
import { byArrival, KINDS, type RandomHistory } from './history.ts'

const DAY = 86_400_000
const CUSTOMERS_A_PAGE = 200
const NEW_ROWS_A_PAGE = 2_000

/** A random history as a store hands it out: what has arrived before an instant, which can be moved on. */
export interface HistoryStore extends TimelineRows {
  /** Lets time pass: what arrives before `instant` is there from now on. */
  arriveUntil(instant: number): void
  /** Memory this stand-in for a database takes besides the history's columns. */
  readonly bytes: number
}

export function rowsOfHistory(history: RandomHistory, until: number): HistoryStore {
  const { facts, customer, kind, at, value, mood, late } = history
  const number = new Map(facts.map(({ id }, index) => [id, index]))
  const first = new Int32Array(facts.length + 1)
  for (const owner of customer) first[owner + 1]! += 1
  for (let index = 0; index < facts.length; index += 1) first[index + 1]! += first[index]!
  const moments = [until]
  const arrival = (row: number): number => at[row]! + late[row]! * DAY

  function rowOf(row: number): TimelineRow {
    const { name, measures } = KINDS[kind[row]!]!
    const [main] = measures
    return {
      customer: facts[customer[row]!]!.id,
      kind: name,
      at: at[row]!,
      id: String(row).padStart(9, '0'),
      ...(main === undefined ? {} : { [main]: value[row]! }),
      ...(measures.includes('sentiment') ? { sentiment: mood[row]! } : {}),
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

  function arrivedSince(mark: string): number[] {
    const [from, to] = [moments[Number(mark)]!, moments.at(-1)!]
    const came = order.subarray(firstOf(from), firstOf(to + DAY))
    return Array.from(came).filter((row) => arrival(row) >= from && arrival(row) < to)
  }

  return {
    arriveUntil: (instant) => void moments.push(instant),
    changed: async (since) => {
      const mark = String(moments.length - 1)
      if (since === null) return { mark, customers: null }
      const owners = new Set(arrivedSince(since).map((row) => customer[row]!))
      return {
        mark,
        customers: { whole: [], facts: [], added: [...owners].map((owner) => facts[owner]!.id) },
      }
    },
    customers: async (only) => (only === undefined ? facts : only.map((id) => facts[number.get(id)!]!)),
    async *rows(customers) {
      const wanted = customers?.map((id) => number.get(id)!) ?? facts.map((_, index) => index)
      wanted.sort((a, b) => a - b)
      const now = moments.at(-1)!
      for (let start = 0; start < wanted.length; start += CUSTOMERS_A_PAGE) {
        const page: TimelineRow[] = []
        for (const index of wanted.slice(start, start + CUSTOMERS_A_PAGE)) {
          for (let row = first[index]!; row < first[index + 1]!; row += 1) {
            if (arrival(row) < now) page.push(rowOf(row))
          }
        }
        yield page
      }
    },
    async *added(since) {
      const came = arrivedSince(since)
      for (let start = 0; start < came.length; start += NEW_ROWS_A_PAGE) {
        yield came.slice(start, start + NEW_ROWS_A_PAGE).map(rowOf)
      }
    },
    bytes: order.byteLength + first.byteLength,
    voices: async () => [],
    horizon: async () => moments.at(-1)!,
  }
}
