import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { CustomerVoice, TimelineRow, TimelineRows } from '../../src/timeline/rows.ts'

/** A store in memory that keeps the timeline's promises: a change feed, ordered pages. */
export interface RowsInMemory extends TimelineRows {
  facts: CustomerFacts[]
  all: TimelineRow[]
  said: CustomerVoice[]
  /** Tells the change feed that a customer was touched; null: that everything may have changed. */
  touch(customers: readonly string[] | null): void
  /** Which customers each call of `rows` asked for. */
  readonly asked: (readonly string[] | null)[]
}

export function rowsInMemory(facts: CustomerFacts[], all: TimelineRow[]): RowsInMemory {
  const log: (readonly string[] | null)[] = []
  const store: RowsInMemory = {
    facts,
    all,
    said: [],
    asked: [],
    touch: (customers) => void log.push(customers),
    async changed(since) {
      const news = log.slice(Number(since ?? 0))
      const whole = since === null || news.includes(null)
      return {
        mark: String(log.length),
        customers: whole ? null : [...new Set(news.flatMap((ids) => ids ?? []))],
      }
    },
    async customers(only) {
      return only === undefined ? store.facts : store.facts.filter(({ id }) => only.includes(id))
    },
    async *rows(customers) {
      store.asked.push(customers)
      const number = new Map(store.facts.map(({ id, no }) => [id, no]))
      const wanted = store.all.filter(({ customer }) => customers === null || customers.includes(customer))
      const order = (row: TimelineRow) => number.get(row.customer) ?? 0
      wanted.sort((a, b) => order(a) - order(b) || a.at - b.at || (a.id < b.id ? -1 : 1))
      for (let from = 0; from < wanted.length; from += 3) yield wanted.slice(from, from + 3)
    },
    async voices(since, until) {
      return store.said.filter(({ at }) => at >= since.getTime() && at < until.getTime())
    },
    async horizon() {
      return store.all.length === 0 ? Number.NaN : Math.max(...store.all.map(({ at }) => at))
    },
  }
  return store
}
