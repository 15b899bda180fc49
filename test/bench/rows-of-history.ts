import type { TimelineRow, TimelineRows } from '../../src/timeline/rows.ts'
import { KINDS, type RandomHistory } from './history.ts'

const DAY = 86_400_000
const CUSTOMERS_A_PAGE = 200
const ROWS_AT_ONCE = 500_000

/** A random history as a store hands it out: what has arrived before an instant, which can be moved on. */
export interface HistoryStore extends TimelineRows {
  /** Lets time pass: what arrives before `instant` is there from now on. */
  arriveUntil(instant: number): void
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

  /** A database would look this up elsewhere: here it must not count as a stall of the timeline's. */
  async function touchedBetween(from: number, to: number): Promise<string[]> {
    const touched = new Set<number>()
    for (let row = 0; row < at.length; row += 1) {
      if (row % ROWS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
      const came = arrival(row)
      if (came >= from && came < to) touched.add(customer[row]!)
    }
    return [...touched].map((index) => facts[index]!.id)
  }

  return {
    arriveUntil: (instant) => void moments.push(instant),
    changed: async (since) => {
      const mark = String(moments.length - 1)
      if (since === null) return { mark, customers: null }
      return { mark, customers: await touchedBetween(moments[Number(since)]!, moments.at(-1)!) }
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
    voices: async () => [],
    horizon: async () => moments.at(-1)!,
  }
}
