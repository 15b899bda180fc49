import { DAY } from '../clock.ts'
import type { Columns } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { computeFeatures, type FeatureMatrix } from '../features/kernel.ts'
import { restingOn } from '../features/resting-on.ts'
import { uncovered } from './coverage.ts'
import { columnsOf, type Examples, examplesOfTable } from './examples.ts'
import { columnsBefore, type Leak, leakageOf } from './leakage.ts'
import { type Fate, fateOf, footstepsOf, knownFrom, type Outcome, whoCanLeave } from './leaving.ts'
import { positivesOf } from './metrics.ts'
import { oneClass, type Slicing, slicesOf, type TooEarly } from './slices.ts'
import { rowsOf, type Table } from './table.ts'

export interface DatasetOptions extends Slicing, Partial<Outcome> {
  /** Whoever was gone already as of a date is asked about as well; default not. */
  readonly keepGone?: boolean
  /** Other features than the list's own. Must see only rows before asOf; that is checked. */
  readonly features?: FeaturesAt
  /** Names of features not to learn from. */
  readonly without?: readonly string[]
  /** Single customers to learn from as of other instants than the slices'. */
  readonly also?: readonly Moment[]
}

/** A customer of the timeline at an instant, milliseconds. */
export interface Moment {
  readonly customer: number
  readonly asOf: number
}

/** Features of all customers as of an instant. */
export type FeaturesAt = (list: FeatureList, columns: Columns, asOf: number) => FeatureMatrix

/** Examples from several as-of dates: one row a customer a date. */
export interface Dataset {
  readonly table: Table
  /** The same rows, grouped by customer: no fold parts one customer's dates. */
  readonly examples: Examples
  /** Of each row: customer of the timeline, as-of date (milliseconds). */
  readonly customers: Int32Array
  readonly asOf: Float64Array
  /** Rows to learn from, and later ones to test with. No test rows: the history is too short to hold any back. */
  readonly training: Int32Array
  readonly test: Int32Array
  /** Of those that teach, the ones of `also`. */
  readonly also: Int32Array
  /** Columns that were refused because they know the future. */
  readonly leaks: readonly Leak[]
  /** Rows that were no case, by what became of them. */
  readonly left: Readonly<Record<Exclude<Fate, 'left' | 'stayed'>, number>>
}

/** Facts that are known only as they are today: an as-of date of last year must not see them, nor what reads them. */
const UNDATED: readonly string[] = ['ltv']
/** The same for everyone: it teaches nothing, though what reads it may. */
const CONSTANT: readonly string[] = ['usual_days']

/**
 * Builds examples by time slices: features as of each date from rows before it, labels from what came after, only where the outcome is
 * known by `now` (the end of the records, milliseconds). A reason instead where that is too little to learn from.
 */
export function datasetOf(
  list: FeatureList,
  columns: Columns,
  now: number,
  options: DatasetOptions = {},
): Dataset | TooEarly {
  const { profile } = list
  const { label = 'last-activity', horizonDays = 60, gapDays = 0 } = options
  const outcome: Outcome = { label, horizonDays, gapDays }
  const first = Math.min(...[...columns.blocks.values()].map(({ since }) => since))
  const delayDays = knownFrom(0, outcome, profile) / DAY
  const slices = slicesOf(Number.isFinite(first) ? first : now, now, delayDays, options)
  if ('reason' in slices) return slices

  const footsteps = columns.facts.map((_, customer) => footstepsOf(columns, customer, profile))
  const left = { gone: 0, 'never-active': 0, 'left-in-gap': 0 }
  const partAt = (asOf: number, whom: Iterable<number>): Cases => {
    const cases = { customers: [] as number[], labels: [] as number[], asOf }
    for (const customer of whom) {
      const fate = fateOf(footsteps[customer]!, asOf, outcome, profile, options.keepGone)
      if (fate !== 'left' && fate !== 'stayed') {
        left[fate] += 1
        continue
      }
      cases.customers.push(customer)
      cases.labels.push(fate === 'left' ? 1 : 0)
    }
    return cases
  }
  const parts = [...slices.learn, ...slices.test].map((asOf) => partAt(asOf, footsteps.keys()))
  const sliced = parts.reduce((sum, { customers }) => sum + customers.length, 0)
  for (const [asOf, whom] of knownMoments(options.also ?? [], slices.learn)) parts.push(partAt(asOf, whom))
  const featuresAt = options.features ?? computeFeatures
  const whole = stacked(parts, (asOf) => featuresAt(list, columns, asOf))
  const isLearned = (row: number) => slices.test.length === 0 || whole.asOf[row]! < slices.test[0]!
  const rows = Int32Array.from(whole.table.labels, (_, row) => row)
  const training = rows.filter(isLearned)
  const taught = rowsOf(whole.table, training)
  const leavers = positivesOf(taught.labels)
  if (leavers === 0 || leavers === taught.rows) return oneClass(leavers, taught.rows)

  // Blindness is a property of a feature, not of a date: the first and the last date that teach are enough to see it.
  const checked = parts.filter(({ asOf }) => asOf === slices.learn[0] || asOf === slices.learn.at(-1))
  const leaks = leakageOf(taught, {
    seen: stacked(checked, (asOf) => featuresAt(list, columns, asOf)).table,
    blind: stacked(checked, (asOf) => featuresAt(list, columnsBefore(columns, asOf), asOf)).table,
  })
  const asked = [...parts, { asOf: now, customers: whoCanLeave(columns, now, profile) }]
  const refused = new Set([
    ...CONSTANT,
    ...restingOn(profile, [...UNDATED, ...uncovered(list, columns, asked)]),
    ...(options.without ?? []),
    ...leaks.map(({ name }) => name),
  ])
  const names = taught.names.filter((name, at) => !refused.has(name) && varies(taught, at))
  const table = columnsOf(whole.table, names)
  return {
    table,
    examples: datedExamples(table, whole, slices.learn, sliced),
    customers: whole.customers,
    asOf: whole.asOf,
    training,
    test: rows.filter((row) => !isLearned(row)),
    also: rows.subarray(sliced),
    leaks,
    left,
  }
}

/** Each instant costs a look at everyone; the newest teach most. */
const MOST_MOMENTS = 60

/** Customers by instant: those within the dates that teach, so that their outcome too was known when the testing begins. */
function knownMoments(also: readonly Moment[], learn: readonly number[]): [number, number[]][] {
  const byInstant = new Map<number, number[]>()
  for (const { customer, asOf } of also) {
    if (asOf < learn[0]! || asOf > learn.at(-1)!) continue
    byInstant.set(asOf, [...(byInstant.get(asOf) ?? []), customer])
  }
  return [...byInstant].sort(([a], [b]) => b - a).slice(0, MOST_MOMENTS)
}

/** With a single date there is nothing newer to judge by. */
function datedExamples(
  table: Table,
  { customers, asOf }: { customers: Int32Array; asOf: Float64Array },
  learn: readonly number[],
  sliced: number,
): Examples {
  const examples = examplesOfTable(table, customers)
  return learn.length > 1 ? { ...examples, newest: newestOf(asOf, learn, sliced) } : examples
}

/** Rows of the newest quarter of the dates that teach; of slices, for those hold everyone. */
function newestOf(asOf: Float64Array, learn: readonly number[], sliced: number): Uint8Array {
  const from = learn[Math.floor(learn.length * 0.75)]!
  return Uint8Array.from(asOf, (date, row) => (row < sliced && date >= from ? 1 : 0))
}

interface Cases {
  readonly asOf: number
  readonly customers: readonly number[]
  readonly labels: readonly number[]
}

/** One table of all dates, in their order. */
function stacked(parts: readonly Cases[], featuresAt: (asOf: number) => FeatureMatrix) {
  const rows = parts.reduce((sum, { customers }) => sum + customers.length, 0)
  const labels = new Uint8Array(rows)
  const customers = new Int32Array(rows)
  const asOf = new Float64Array(rows)
  let names: readonly string[] = []
  let values = new Float32Array(0)
  let row = 0
  for (const part of parts) {
    const matrix = featuresAt(part.asOf)
    if (row === 0) {
      names = matrix.names
      values = new Float32Array(rows * names.length)
    }
    part.customers.forEach((customer, at) => {
      values.set(matrix.row(customer), row * names.length)
      labels[row] = part.labels[at]!
      customers[row] = customer
      asOf[row] = part.asOf
      row += 1
    })
  }
  for (let cell = 0; cell < values.length; cell += 1) {
    if (!Number.isFinite(values[cell]!)) values[cell] = Number.NaN
  }
  return { table: { names, rows, values, labels } satisfies Table, customers, asOf }
}

/** A column that is the same everywhere, or never known, teaches nothing. */
function varies({ values, names, rows }: Table, feature: number): boolean {
  for (let row = 1; row < rows; row += 1) {
    if (!Object.is(values[row * names.length + feature], values[feature])) return true
  }
  return false
}
