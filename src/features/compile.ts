import type { EventBlock, Measure } from './columns.ts'
import { kindCode } from './kind-code.ts'
import type { KindPlan } from './kind-plan.ts'
import * as walks from './walks.ts'
import { type Edges, edgesOver, placeEdges } from './window-edges.ts'

/** The aggregates of one kind, ready for any columns. */
export interface KindKernel {
  readonly kind: string
  /**
   * Prepares a pass over a block as of several instants. Where the kind is not measured (no block, or one that begins
   * at asOf or later), its cells will be NaN.
   */
  over(block: EventBlock | undefined, asOfs: readonly number[]): KindRun
}

/**
 * Fills the kind's cells of customers `from..to`, in one array of rows for each instant: customer `from`'s row starts at
 * `start`, each row is `width` long. Sees only events before asOf.
 */
export type KindRun = (
  cells: readonly Float64Array[],
  start: number,
  width: number,
  from: number,
  to: number,
) => void

/** What is generated: the cells as of one instant, from the places of its edges. */
type Generated = (
  at: Float64Array,
  values: readonly (Float64Array | undefined)[],
  places: Int32Array,
  count: number,
  own: Int32Array,
  asOf: number,
  cells: Float64Array,
  start: number,
  width: number,
  customers: number,
) => void

/** Compiles a kind's aggregates. Code is made when it is first needed, for the measures a block carries. */
export function compileKind(plan: KindPlan): KindKernel {
  const made = new Map<string, Generated>()

  function generatedFor({ measures }: EventBlock): Generated {
    const present = plan.values.filter((measure) => measures.has(measure))
    const key = present.join()
    let run = made.get(key)
    if (run === undefined) {
      run = generate(plan, new Set(present))
      made.set(key, run)
    }
    return run
  }

  function over(block: EventBlock | undefined, asOfs: readonly number[]): KindRun {
    const isMeasured = asOfs.map((asOf) => block !== undefined && block.since < asOf)
    const dates = asOfs.filter((_, date) => isMeasured[date])
    const fill = block === undefined || dates.length === 0 ? null : filler(block, generatedFor(block), dates)
    return (cells, start, width, from, to) => {
      cells.forEach((rows, date) => {
        if (!isMeasured[date]) unknown(rows, start, width, to - from)
      })
      fill?.(
        cells.filter((_, date) => isMeasured[date]),
        start,
        width,
        from,
        to,
      )
    }
  }

  function filler(block: EventBlock, run: Generated, asOfs: readonly number[]): KindRun {
    const values = plan.values.map((measure) => block.measures.get(measure))
    const edges: Edges = edgesOver(plan.edges, asOfs)
    const count = edges.instants.length
    let places = new Int32Array(0)
    return (cells, start, width, from, to) => {
      if (places.length < (to - from) * count) places = new Int32Array((to - from) * count)
      placeEdges(block, edges.instants, places, from, to)
      asOfs.forEach((asOf, date) => {
        const own = edges.own[date]!
        run(block.at, values, places, count, own, asOf, cells[date]!, start, width, to - from)
      })
    }
  }

  function unknown(cells: Float64Array, start: number, width: number, customers: number): void {
    for (const { slot } of plan.cells) {
      for (let row = 0; row < customers; row += 1) cells[start + row * width + slot] = Number.NaN
    }
  }

  return { kind: plan.kind, over }
}

/** The walks by the names generated code calls them. */
const WALKS = Object.entries(walks)

function generate(plan: KindPlan, present: ReadonlySet<Measure>): Generated {
  const parameters = 'at, values, places, count, own, asOf, cells, start, width, customers'
  const body = `return (${parameters}) => {\n${kindCode(plan, present)}\n}`
  const names = WALKS.map(([name]) => name)
  return new Function(...names, body)(...WALKS.map(([, walk]) => walk)) as Generated
}
