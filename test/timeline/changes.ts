import fc from 'fast-check'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { CUSTOMERS, randomFacts, randomRows } from './random-rows.ts'
import type { RowsInMemory } from './rows-in-memory.ts'

/** Something that happens to a store between two refreshes: rows come (late ones too), are corrected and go, people too. */
export interface Change {
  /** Who there is from now on; null: the same people. */
  readonly facts: RowsInMemory['facts'] | null
  readonly added: TimelineRow[]
  /** Places of rows that are removed, and of rows whose amount and instant are corrected. */
  readonly removed: number[]
  readonly corrected: number[]
  /** Customers whose facts are written anew. */
  readonly renamed: string[]
  /** How many of these changes the feed will report again. */
  readonly behind: number
}

const fewPlaces = fc.oneof(fc.constant<number[]>([]), fc.array(fc.nat(80), { maxLength: 4 }))

export const randomChange: fc.Arbitrary<Change> = fc.record({
  facts: fc.option(randomFacts),
  added: randomRows.map((rows) => rows.slice(0, 12)),
  removed: fewPlaces,
  corrected: fewPlaces,
  renamed: fc.array(fc.constantFrom(...CUSTOMERS), { maxLength: 2 }),
  behind: fc.oneof(fc.constant(0), fc.nat(4)),
})

/** Makes the change, and tells the change feed as the database does. */
export function applyChange(store: RowsInMemory, change: Change, name: string): void {
  const rowsAt = (places: readonly number[]) => new Set(places.flatMap((place) => store.all[place] ?? []))
  const [gone, corrected] = [rowsAt(change.removed), rowsAt(change.corrected)]
  const staying = store.all.filter((row) => !gone.has(row))
  store.all = staying.map((row) => (corrected.has(row) ? { ...row, at: row.at - 12_345, amount: 77 } : row))
  store.touch([...gone, ...corrected].map(({ customer }) => customer))
  const before = new Map(store.facts.map((one) => [one.id, one]))
  const facts = change.facts?.map((one) => before.get(one.id) ?? one) ?? store.facts
  store.facts = facts.map((one) => (change.renamed.includes(one.id) ? { ...one, name } : one))
  const after = new Set(store.facts.map(({ id }) => id))
  store.rewrite([...change.renamed, ...[...after].filter((id) => !before.has(id))])
  store.touch([...before.keys()].filter((id) => !after.has(id)))
  store.arrive(...change.added.map((row) => ({ ...row, id: `${name}-${row.id}` })))
  store.behind = change.behind
}
