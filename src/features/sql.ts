import { DAY } from '../clock.ts'
import type { Measure } from './columns.ts'
import type { Aggregate } from './feature.ts'

/**
 * Aggregates as SQL: one row a customer out of one table, for the engine where a company's events already are. It says
 * what the kernel says, and tests hold the two against each other. Finalisers stay with the kernel.
 */

/** Where events lie: a relation with the columns customer, kind, at, id and one a measure, named like it. */
export interface EventRelation {
  /** SQL that stands after FROM. It may leave out rows of other kinds than these. */
  from(kinds: readonly string[]): string
  readonly measures: ReadonlySet<Measure>
}

/** How an engine writes what standard SQL leaves open; `where` is a condition on rows. Another engine is another of these. */
export interface Dialect {
  text(words: string): string
  /** A point in time, given in milliseconds since the epoch, comparable with the column `at`. */
  instant(milliseconds: number): string
  count(where: string): string
  /** Distinct rolling days before `asOf` with a row. */
  days(where: string, asOf: number): string
  sum(measure: string, where: string): string
  mean(measure: string, where: string): string
  /** Sample standard deviation. */
  spread(measure: string, where: string): string
  share(measure: string, where: string, above: number): string
  /** Mean of the newest `take` known values after the newest `skip`, by instant, then id. */
  newest(measure: string, where: string, skip: number, take: number): string
  /** Days from the newest or oldest row until `asOf`. */
  since(end: 'newest' | 'oldest', where: string, asOf: number): string
  /** Mean days between one row and the next, and their sample standard deviation. */
  interval(where: string): string
  intervalSpread(where: string): string
}

export interface SqlOptions {
  readonly dialect: Dialect
  readonly relation: EventRelation
  /** The kinds whose rows count as a kind: its own and its special cases. */
  readonly kindsAs: (kind: string) => readonly string[]
  readonly asOf: number
  /** A condition on rows that picks customers, for one bucket of many. */
  readonly within?: string
}

/**
 * One statement: the customer, then one column for each aggregate in order. A customer without a row of any of the
 * kinds is not in the answer, and NULL is unknown; sql-plan.ts turns both into the kernel's numbers.
 */
export function aggregatesSql(aggregates: readonly Aggregate[], options: SqlOptions): string {
  const { dialect, relation, kindsAs, asOf, within } = options
  const kinds = allKinds(aggregates, kindsAs)
  // Where every aggregate is over the same kinds, the WHERE says it once for all.
  const apart = new Set(aggregates.map(({ kind }) => kind)).size > 1
  const columns = aggregates.map((aggregate, index) => {
    const conditions = [
      ...(apart ? [isOneOf(kindsAs(aggregate.kind), dialect)] : []),
      ...windowOf(aggregate, asOf, dialect),
    ]
    return `${expressionOf(aggregate, conditions.join(' AND ') || '1 = 1', options)} AS f${index}`
  })
  const where = [isOneOf(kinds, dialect), `at < ${dialect.instant(asOf)}`, ...(within ? [within] : [])]
  return `SELECT customer, ${columns.join(', ')} FROM ${relation.from(kinds)} WHERE ${where.join(' AND ')} GROUP BY customer`
}

/** One statement: a row `kind` for each of the aggregates' kinds that anyone had before asOf. */
export function seenKindsSql(
  aggregates: readonly Aggregate[],
  { dialect, relation, kindsAs, asOf }: SqlOptions,
): string {
  const kinds = allKinds(aggregates, kindsAs)
  return `SELECT DISTINCT kind FROM ${relation.from(kinds)} WHERE ${isOneOf(kinds, dialect)} AND at < ${dialect.instant(asOf)}`
}

/** Every kind whose rows the aggregates look at, each once. */
function allKinds(aggregates: readonly Aggregate[], kindsAs: (kind: string) => readonly string[]): string[] {
  return [...new Set(aggregates.flatMap(({ kind }) => kindsAs(kind)))]
}

function windowOf({ from, to }: Aggregate, asOf: number, dialect: Dialect): string[] {
  return [
    ...(from === undefined ? [] : [`at >= ${dialect.instant(asOf - from * DAY)}`]),
    ...(to === undefined || to === 0 ? [] : [`at < ${dialect.instant(asOf - to * DAY)}`]),
  ]
}

function isOneOf(kinds: readonly string[], dialect: Dialect): string {
  return `kind IN (${kinds.map((kind) => dialect.text(kind)).join(', ')})`
}

function expressionOf(aggregate: Aggregate, where: string, { dialect, asOf }: SqlOptions): string {
  const { fn, above, skip, take } = aggregate
  const measure = aggregate.measure ?? ''
  switch (fn) {
    case 'count':
      return dialect.count(where)
    case 'days':
      return dialect.days(where, asOf)
    case 'sum':
      return `CASE WHEN ${dialect.count(where)} = 0 THEN 0 ELSE ${dialect.sum(measure, where)} END`
    case 'mean':
      return dialect.mean(measure, where)
    case 'spread':
      return dialect.spread(measure, where)
    case 'share':
      return dialect.share(measure, where, above!)
    case 'last':
      return dialect.newest(measure, where, 0, 1)
    case 'newest':
      return dialect.newest(measure, where, skip ?? 0, take!)
    case 'recency':
      return dialect.since('newest', where, asOf)
    case 'age':
      return dialect.since('oldest', where, asOf)
    case 'interval':
      return dialect.interval(where)
    case 'interval_spread':
      return dialect.intervalSpread(where)
  }
}
