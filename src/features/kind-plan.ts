import type { Measure } from './columns.ts'
import type { Aggregate } from './feature.ts'

/** What is added up of one measure, between which edges. Nothing is gathered that no aggregate asks for. */
export interface MeasurePlan {
  readonly measure: Measure
  readonly limits: readonly number[]
  readonly sums: boolean
  /** First and last edge that any of its windows touches. */
  readonly open: number
  readonly close: number
}

/** The aggregates of one event kind, prepared so that each customer's events of that kind are walked once. */
export interface KindPlan {
  readonly kind: string
  /** Distinct window edges in days before asOf, furthest first; infinity stands for the beginning. */
  readonly edges: readonly number[]
  /** Every measure that is read, and what is added up of those that are. */
  readonly values: readonly Measure[]
  readonly measures: readonly MeasurePlan[]
  readonly cells: readonly AggregatePlan[]
}

export interface AggregatePlan {
  readonly slot: number
  readonly aggregate: Aggregate
  /** Edges between which the window lies. */
  readonly open: number
  readonly close: number
}

const SUMMED: ReadonlySet<Aggregate['fn']> = new Set(['sum', 'mean', 'share'])

/** Aggregates whose measure is added up; the others look at the events' order or instants. */
export function isSummed({ fn }: Aggregate): boolean {
  return SUMMED.has(fn)
}

/** Groups aggregates by kind; `slotOf` gives each its place in the row. */
export function kindPlans(aggregates: readonly Aggregate[], slotOf: (name: string) => number): KindPlan[] {
  const kinds = [...new Set(aggregates.map(({ kind }) => kind))]
  return kinds.map((kind) => {
    const own = aggregates.filter((aggregate) => aggregate.kind === kind)
    const edges = [...new Set(own.flatMap((aggregate) => [opens(aggregate), closes(aggregate)]))]
    edges.sort((a, b) => (a < b ? 1 : -1))
    const cells = own.map((aggregate) => ({
      slot: slotOf(aggregate.name),
      aggregate,
      open: edges.indexOf(opens(aggregate)),
      close: edges.indexOf(closes(aggregate)),
    }))
    const summed = cells.filter(({ aggregate }) => isSummed(aggregate))
    const measures = [...new Set(summed.map(({ aggregate }) => aggregate.measure as Measure))].map(
      (measure) =>
        measurePlan(
          measure,
          summed.filter(({ aggregate }) => aggregate.measure === measure),
        ),
    )
    const values = [...new Set(own.flatMap(({ measure }) => (measure === undefined ? [] : [measure])))]
    return { kind, edges, values, measures, cells }
  })
}

function opens(aggregate: Aggregate): number {
  return aggregate.from ?? Number.POSITIVE_INFINITY
}

function closes(aggregate: Aggregate): number {
  return aggregate.to ?? 0
}

function measurePlan(measure: Measure, cells: readonly AggregatePlan[]): MeasurePlan {
  const fns = new Set(cells.map(({ aggregate }) => aggregate.fn))
  return {
    measure,
    limits: [...new Set(cells.flatMap(({ aggregate: { above } }) => (above === undefined ? [] : [above])))],
    sums: fns.has('sum') || fns.has('mean'),
    open: Math.min(...cells.map(({ open }) => open)),
    close: Math.max(...cells.map(({ close }) => close)),
  }
}
