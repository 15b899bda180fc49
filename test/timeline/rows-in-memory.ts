import type { CustomerFacts } from '../../src/timeline/history.ts'
import { pageOf } from '../../src/timeline/page.ts'
import type { CustomerVoice, RowPage, TimelineRow, TimelineRows, Touched } from '../../src/timeline/rows.ts'

/** A store in memory that keeps the timeline's promises: a change feed, ordered pages. */
export interface RowsInMemory extends TimelineRows {
  facts: CustomerFacts[]
  all: TimelineRow[]
  said: CustomerVoice[]
  /** How many entries the change feed's marks stay behind: so many are reported again. */
  behind: number
  /** Tells the change feed that all of a customer's may differ; null: that anyone's may. */
  touch(customers: readonly string[] | null): void
  /** Tells it that only the facts of these were written. */
  rewrite(customers: readonly string[]): void
  /** Takes new rows in, and tells it so. */
  arrive(...rows: readonly TimelineRow[]): void
  /** Which customers each call of `rows` asked for. */
  readonly asked: (readonly string[] | null)[]
}

/** The rows of a page; measures that a row does not carry are left out. */
export function rowsOfPage(page: RowPage): TimelineRow[] {
  return Array.from({ length: page.length }, (_, row) => {
    const measures = [...page.measures].map(([measure, values]) => [measure, values[row]] as const)
    const text = page.texts.get(row)
    return {
      customer: page.customers[page.customer[row]!]!,
      kind: page.kinds[page.kind[row]!]!,
      at: page.at[row]!,
      id: page.idOf(row),
      ...(text === undefined ? {} : { text }),
      ...Object.fromEntries(measures.filter(([, value]) => value !== null && !Number.isNaN(value))),
    }
  })
}

type Entry = { readonly [How in keyof Touched]: readonly string[] } & {
  readonly rows: readonly TimelineRow[]
}

const NOTHING: Entry = { whole: [], facts: [], added: [], rows: [] }

export function rowsInMemory(facts: CustomerFacts[], all: TimelineRow[]): RowsInMemory {
  const log: (Entry | null)[] = []
  const since = (mark: string | null): (Entry | null)[] => log.slice(Number(mark ?? 0))
  const store: RowsInMemory = {
    facts,
    all,
    said: [],
    behind: 0,
    asked: [],
    touch: (customers) => void log.push(customers === null ? null : { ...NOTHING, whole: customers }),
    rewrite: (customers) => void log.push({ ...NOTHING, facts: customers }),
    arrive(...rows) {
      store.all = [...store.all, ...rows]
      log.push({ ...NOTHING, added: rows.map(({ customer }) => customer), rows })
    },
    async changed(mark) {
      const news = since(mark)
      const named = (how: keyof Touched) => [...new Set(news.flatMap((entry) => entry?.[how] ?? []))]
      const isWhole = mark === null || news.includes(null)
      return {
        mark: String(Math.max(0, log.length - store.behind)),
        customers: isWhole ? null : { whole: named('whole'), facts: named('facts'), added: named('added') },
      }
    },
    async *added(mark) {
      const ids = new Set(since(mark).flatMap((entry) => entry?.rows.map(({ id }) => id) ?? []))
      // As they are by now, and in no order.
      const rows = store.all.filter(({ id }) => ids.has(id)).reverse()
      for (let from = 0; from < rows.length; from += 3) yield rows.slice(from, from + 3)
    },
    async *everyone() {
      for (let from = 0; from < store.facts.length; from += 4) yield store.facts.slice(from, from + 4)
    },
    async customers(only) {
      return store.facts.filter(({ id }) => only.includes(id))
    },
    async *rows(customers) {
      store.asked.push(customers)
      const number = new Map(store.facts.map(({ id, no }) => [id, no]))
      const wanted = store.all.filter(({ customer }) => customers === null || customers.includes(customer))
      const order = (row: TimelineRow) => number.get(row.customer) ?? 0
      wanted.sort((a, b) => order(a) - order(b) || a.at - b.at || (a.id < b.id ? -1 : 1))
      for (let from = 0; from < wanted.length; from += 3) yield pageOf(wanted.slice(from, from + 3))
    },
    async voices(since, until, customers) {
      return store.said.filter(
        ({ at, customer }) =>
          at >= since.getTime() &&
          at < until.getTime() &&
          (customers === undefined || customers.includes(customer)),
      )
    },
    async horizon() {
      return store.all.length === 0 ? Number.NaN : Math.max(...store.all.map(({ at }) => at))
    },
  }
  return store
}
