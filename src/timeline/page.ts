import { MEASURES } from '../features/columns.ts'
import { numbered, type RowPage, type TimelineRow } from './rows.ts'

/** Rows as a page, in the order they have. */
export function pageOf(rows: readonly TimelineRow[]): RowPage {
  const customers = numbered(rows.map(({ customer }) => customer))
  const kinds = numbered(rows.map(({ kind }) => kind))
  const carried = MEASURES.filter((measure) => rows.some((row) => (row[measure] ?? null) !== null))
  return {
    length: rows.length,
    customer: customers.numbers,
    customers: customers.names,
    kind: kinds.numbers,
    kinds: kinds.names,
    at: Float64Array.from(rows, ({ at }) => at),
    measures: new Map(
      carried.map((measure) => [measure, Float64Array.from(rows, (row) => row[measure] ?? Number.NaN)]),
    ),
    texts: new Map(rows.flatMap(({ text }, row) => (text ? [[row, text] as const] : []))),
    idOf: (row) => rows[row]!.id,
  }
}
