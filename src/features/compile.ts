import type { EventBlock, Measure } from './columns.ts'
import { madeFrom } from './generated-code.ts'
import { kindCode } from './kind-code.ts'
import type { KindPlan } from './kind-plan.ts'
import * as walks from './walks.ts'
import { edgesOfOne, edgesOver, placeEdges } from './window-edges.ts'

/** The aggregates of one kind, ready for any columns. */
export interface KindKernel {
  readonly kind: string
  /** Names of its aggregates. */
  readonly names: readonly string[]
  /** What of its events is read besides when they were. */
  readonly measures: readonly Measure[]
  /** Prepares a pass over a block as of several instants. Without a block the kind is not measured. */
  over(block: EventBlock | undefined, asOfs: readonly number[]): KindPass
  /** Fills one customer's cells as of one instant. Takes no memory: dating asks for it over and over. */
  fillOne(block: EventBlock | undefined, customer: number, asOf: number, cells: Float64Array): void
}

/** A pass over one kind, a few customers at a time: first their windows are found for all instants, then cells filled. */
export interface KindPass {
  /** Turns to customers `from..to`. */
  turnTo(from: number, to: number): void
  /**
   * Fills their cells as of one of the instants, given by its place. The first one's row starts at `start`, each row is
   * `width` long. Sees only events before asOf; where the kind begins at asOf or later, all are NaN.
   */
  fill(date: number, cells: Float64Array, start: number, width: number): void
}

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

  function over(block: EventBlock | undefined, asOfs: readonly number[]): KindPass {
    const run = block === undefined || block.since >= Math.max(...asOfs) ? null : generatedFor(block)
    let customers = 0
    if (block === undefined || run === null) {
      return {
        turnTo: (from, to) => {
          customers = to - from
        },
        fill: (_, cells, start, width) => unknown(cells, start, width, customers),
      }
    }
    const values = plan.values.map((measure) => block.measures.get(measure))
    const { instants, own } = edgesOver(plan.edges, asOfs)
    const count = instants.length
    let places = new Int32Array(0)
    return {
      turnTo(from, to) {
        customers = to - from
        if (places.length < customers * count) places = new Int32Array(customers * count)
        placeEdges(block, instants, places, from, to)
      },
      fill(date, cells, start, width) {
        const asOf = asOfs[date]!
        if (block.since >= asOf) unknown(cells, start, width, customers)
        else run(block.at, values, places, count, own[date]!, asOf, cells, start, width, customers)
      },
    }
  }

  const one = { edges: edgesOfOne(plan.edges), places: new Int32Array(plan.edges.length) }
  let latest: { block: EventBlock; run: Generated; values: (Float64Array | undefined)[] } | null = null

  function fillOne(block: EventBlock | undefined, customer: number, asOf: number, cells: Float64Array): void {
    if (block === undefined || block.since >= asOf) {
      unknown(cells, 0, 0, 1)
      return
    }
    if (latest?.block !== block) {
      const values = plan.values.map((measure) => block.measures.get(measure))
      latest = { block, run: generatedFor(block), values }
    }
    const { edges, places } = one
    edges.turnTo(asOf)
    placeEdges(block, edges.instants, places, customer, customer + 1)
    latest.run(block.at, latest.values, places, places.length, edges.own, asOf, cells, 0, 0, 1)
  }

  function unknown(cells: Float64Array, start: number, width: number, customers: number): void {
    for (const { slot } of plan.cells) {
      for (let row = 0; row < customers; row += 1) cells[start + row * width + slot] = Number.NaN
    }
  }

  const names = plan.cells.map(({ aggregate }) => aggregate.name)
  return { kind: plan.kind, names, measures: plan.values, over, fillOne }
}

const WALKS = new Map(Object.entries(walks))

function generate(plan: KindPlan, present: ReadonlySet<Measure>): Generated {
  const parameters = 'at, values, places, count, own, asOf, cells, start, width, customers'
  return madeFrom(`return (${parameters}) => {\n${kindCode(plan, present)}\n}`, WALKS)
}
