import type { Measure } from './columns.ts'
import type { Aggregate } from './feature.ts'

/** What the pass over one measure gathers between two neighbouring window edges. */
export interface Segment {
  known: number
  sum: number
  /** Differences from the customer's first value, and their squares: the spread of large, close amounts stays exact. */
  drift: number
  squares: number
  above: number[]
}

export interface MeasurePlan {
  readonly measure: Measure
  readonly limits: readonly number[]
  readonly segments: Segment[]
}

/** The aggregates of one event kind, prepared so that each customer's events of that kind are walked once. */
export interface KindPlan {
  readonly kind: string
  /** Distinct window edges in days before asOf, furthest first; infinity stands for the beginning. */
  readonly edges: readonly number[]
  readonly positions: Int32Array
  readonly measures: readonly MeasurePlan[]
  readonly cells: readonly AggregatePlan[]
}

export interface AggregatePlan {
  readonly slot: number
  readonly aggregate: Aggregate
  /** Edges between which the window lies. */
  readonly open: number
  readonly close: number
  readonly summed: MeasurePlan | null
  readonly limit: number
}

const SUMMED: ReadonlySet<Aggregate['fn']> = new Set(['sum', 'mean', 'spread', 'share'])

/** Groups aggregates by kind; `slotOf` gives each its place in the row. */
export function kindPlans(aggregates: readonly Aggregate[], slotOf: (name: string) => number): KindPlan[] {
  const kinds = [...new Set(aggregates.map(({ kind }) => kind))]
  return kinds.map((kind) => {
    const own = aggregates.filter((aggregate) => aggregate.kind === kind)
    const edges = [...new Set(own.flatMap((aggregate) => [opens(aggregate), closes(aggregate)]))]
    edges.sort((a, b) => (a < b ? 1 : -1))
    const summed = own.filter(({ fn }) => SUMMED.has(fn))
    const measures = [...new Set(summed.map(({ measure }) => measure as Measure))].map((measure) =>
      measurePlan(
        measure,
        summed.filter((aggregate) => aggregate.measure === measure),
        edges.length - 1,
      ),
    )
    const cells = own.map((aggregate) => {
      const plan = SUMMED.has(aggregate.fn)
        ? measures.find(({ measure }) => measure === aggregate.measure)!
        : null
      return {
        slot: slotOf(aggregate.name),
        aggregate,
        open: edges.indexOf(opens(aggregate)),
        close: edges.indexOf(closes(aggregate)),
        summed: plan,
        limit: plan === null ? -1 : plan.limits.indexOf(aggregate.above ?? Number.NaN),
      }
    })
    return { kind, edges, positions: new Int32Array(edges.length), measures, cells }
  })
}

function opens(aggregate: Aggregate): number {
  return aggregate.from ?? Number.POSITIVE_INFINITY
}

function closes(aggregate: Aggregate): number {
  return aggregate.to ?? 0
}

function measurePlan(measure: Measure, aggregates: readonly Aggregate[], segments: number): MeasurePlan {
  const limits = [...new Set(aggregates.flatMap(({ above }) => (above === undefined ? [] : [above])))]
  const empty = (): Segment => ({ known: 0, sum: 0, drift: 0, squares: 0, above: limits.map(() => 0) })
  return { measure, limits, segments: Array.from({ length: segments }, empty) }
}
