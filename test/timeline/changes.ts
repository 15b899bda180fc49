import fc from 'fast-check'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { CUSTOMERS, randomFacts, randomRows } from './random-rows.ts'
import type { RowsInMemory } from './rows-in-memory.ts'

/** Something that happens to a store between two refreshes: rows come (late ones too), are corrected and go, people and what is known of them too. */
export interface Change {
  readonly facts: RowsInMemory['facts']
  readonly added: TimelineRow[]
  /** Places of rows that are removed, and of rows whose amount and instant are corrected. */
  readonly removed: number[]
  readonly corrected: number[]
}

export const randomChange: fc.Arbitrary<Change> = fc.record({
  facts: randomFacts,
  added: randomRows.map((rows) => rows.slice(0, 6)),
  removed: fc.array(fc.nat(80), { maxLength: 8 }),
  corrected: fc.array(fc.nat(80), { maxLength: 4 }),
})

/** Makes the change, and names whoever it touches to the change feed. */
export function applyChange(store: RowsInMemory, change: Change, name: string): void {
  const rowsAt = (places: readonly number[]) => new Set(places.flatMap((place) => store.all[place] ?? []))
  const [gone, corrected] = [rowsAt(change.removed), rowsAt(change.corrected)]
  const added = change.added.map((row) => ({ ...row, id: `${name}-${row.id}` }))
  const told = (facts: RowsInMemory['facts'], id: string) =>
    JSON.stringify(facts.find((one) => one.id === id))
  const changed = CUSTOMERS.filter((id) => told(store.facts, id) !== told(change.facts, id))
  const staying = store.all.filter((row) => !gone.has(row))
  const corrections = staying.map((row) =>
    corrected.has(row) ? { ...row, at: row.at - 12_345, amount: 77 } : row,
  )
  store.all = [...corrections, ...added]
  store.facts = change.facts
  const touched = [...gone, ...corrected, ...added].map(({ customer }) => customer)
  store.touch([...touched, ...changed])
}
