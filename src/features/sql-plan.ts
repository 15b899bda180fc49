import type { Aggregate } from './feature.ts'
import type { FeatureList } from './feature-list.ts'
import { parentsOf } from './kind-tree.ts'
import { aggregatesSql, type Dialect, type EventRelation, seenKindsSql } from './sql.ts'

/** A row of an answer: the customer, and one value for each aggregate. */
export type SqlRow = Readonly<Record<string, unknown>>

/** A list's aggregates as statements, and their answers as cells beside which the kernel's finalisers can run. */
export interface SqlPlan {
  /** Features the relation has no column for (a mood is read from words, not stored): unknown in every row. */
  readonly lacking: readonly string[]
  /** Answers with a row `kind` for each kind that was ever seen before asOf. */
  seen(asOf: number): string
  /** Answers with a row for each customer that has one; `within` picks customers. */
  cells(asOf: number, within?: string): string
  /** Fills one customer's aggregates; undefined: the answer had no row. `seen` is what the other statement told. */
  fill(row: SqlRow | undefined, seen: ReadonlySet<string>, values: Float64Array, base: number): void
}

export function sqlPlan(list: FeatureList, dialect: Dialect, relation: EventRelation): SqlPlan {
  const parents = parentsOf(list.profile)
  const kindsAs = (kind: string): string[] => [
    kind,
    ...[...parents].flatMap(([special, of]) => (of === kind ? [special] : [])),
  ]
  const isHeld = ({ measure }: Aggregate) => measure === undefined || relation.measures.has(measure)
  const { aggregates } = list.profile
  const held = aggregates.filter(isHeld)
  const slots = held.map(({ name }) => list.index.get(name)!)
  const lacking = aggregates.filter((aggregate) => !isHeld(aggregate)).map(({ name }) => name)
  const options = { dialect, relation, kindsAs }
  return {
    lacking,
    seen: (asOf) => seenKindsSql(held, { ...options, asOf }),
    cells: (asOf, within) =>
      aggregatesSql(held, { ...options, asOf, ...(within === undefined ? {} : { within }) }),
    fill(row, seen, values, base) {
      for (const name of lacking) values[base + list.index.get(name)!] = Number.NaN
      held.forEach((aggregate, index) => {
        const isMeasured = kindsAs(aggregate.kind).some((kind) => seen.has(kind))
        values[base + slots[index]!] = isMeasured ? cellOf(aggregate, row, index) : Number.NaN
      })
    },
  }
}

function cellOf({ fn }: Aggregate, row: SqlRow | undefined, index: number): number {
  if (row === undefined) return fn === 'count' || fn === 'days' || fn === 'sum' ? 0 : Number.NaN
  const value = row[`f${index}`]
  return value === null ? Number.NaN : Number(value)
}
