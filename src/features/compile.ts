import type { EventBlock, Measure } from './columns.ts'
import { kindCode } from './kind-code.ts'
import type { KindPlan } from './kind-plan.ts'
import * as walks from './walks.ts'

/**
 * Fills one kind's cells of customers `from..to`: customer `from`'s row starts at `start`, each row is `width` long.
 * Sees only events before asOf. Where the kind is not measured (no block, or one that begins later), all are NaN.
 */
export type KindRun = (
  block: EventBlock | undefined,
  asOf: number,
  cells: Float64Array,
  start: number,
  width: number,
  from: number,
  to: number,
) => void

type Generated = (
  at: Float64Array,
  offsets: Int32Array,
  values: readonly (Float64Array | undefined)[],
  ...rest: readonly [
    asOf: number,
    cells: Float64Array,
    start: number,
    width: number,
    from: number,
    to: number,
  ]
) => void

/** Compiles a kind's aggregates. Code is made when it is first needed, for the measures its block carries. */
export function compileKind(plan: KindPlan): KindRun {
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

  return (block, asOf, cells, start, width, from, to) => {
    if (block === undefined || block.since >= asOf) {
      for (let customer = from, base = start; customer < to; customer += 1, base += width) {
        for (const { slot } of plan.cells) cells[base + slot] = Number.NaN
      }
      return
    }
    const values = plan.values.map((measure) => block.measures.get(measure))
    generatedFor(block)(block.at, block.offsets, values, asOf, cells, start, width, from, to)
  }
}

/** The walks by the names generated code calls them. */
const WALKS = Object.entries(walks)

function generate(plan: KindPlan, present: ReadonlySet<Measure>): Generated {
  const unpacked = plan.values.map((_, index) => `const values${index} = values[${index}];`).join('\n')
  const body = `return (at, offsets, values, asOf, cells, start, width, from, to) => {
${unpacked}
${kindCode(plan, present)}
}`
  const names = WALKS.map(([name]) => name)
  return new Function(...names, body)(...WALKS.map(([, walk]) => walk)) as Generated
}
