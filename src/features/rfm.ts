import { roomFor } from './memory.ts'
import { inOneGo, type Pieces } from './pieces.ts'
import { fifthsInPieces } from './quintile.ts'
import type { SegmentPlan } from './segment-plan.ts'

/** What RFM looks at, one number a customer: days since the last visit, visits and spend of a year. NaN is unknown. */
export interface RfmInput {
  readonly recency: ArrayLike<number>
  readonly frequency: ArrayLike<number>
  readonly monetary: ArrayLike<number>
}

export interface Rfm {
  /** Fifths, 5 the best; 0 where not measured. */
  readonly r: Uint8Array
  readonly f: Uint8Array
  readonly m: Uint8Array
  /** 1 + place in the plan's classes; 0 where one of the three is not measured. */
  readonly class: Uint8Array
}

/**
 * Sorts customers into the plan's eight classes by fifths. Ties are told apart by customer number, in favour of the
 * older customer (the lower number) in R and of the newer in F and M; what matters is that it is always the same.
 * Someone who has never come while visits are measured is the least recent of all.
 */
export function rfmOf(input: RfmInput, plan: SegmentPlan['rfm']): Rfm {
  return inOneGo(rfmInPieces(input, plan))
}

/** The same, piece by piece. */
export function* rfmInPieces(
  { recency, frequency, monetary }: RfmInput,
  plan: SegmentPlan['rfm'],
): Pieces<Rfm> {
  const nearness = roomFor(Float64Array, frequency.length)
  for (let customer = 0; customer < nearness.length; customer += 1) {
    const quiet = recency[customer]!
    const never = Number.isNaN(frequency[customer]) ? Number.NaN : Number.NEGATIVE_INFINITY
    nearness[customer] = Number.isNaN(quiet) ? never : -quiet
  }
  yield
  const r = yield* fifthsInPieces(nearness)
  const f = yield* fifthsInPieces(frequency)
  const m = yield* fifthsInPieces(monetary)
  yield
  const classes = classTable(plan)
  const result = roomFor(Uint8Array, r.length)
  for (let customer = 0; customer < result.length; customer += 1) {
    const [recent, often, much] = [r[customer]!, f[customer]!, m[customer]!]
    if (recent === 0 || often === 0 || much === 0) continue
    const bits = (recent >= plan.high ? 4 : 0) + (often >= plan.high ? 2 : 0) + (much >= plan.high ? 1 : 0)
    result[customer] = classes[bits]!
  }
  return { r, f, m, class: result }
}

/** 1 + place of the class by its three marks read as bits, R first. */
function classTable({ classes }: SegmentPlan['rfm']): Uint8Array {
  const table = new Uint8Array(8)
  classes.forEach(({ when }, place) => {
    const bits = [...when].reduce((number, mark) => number * 2 + (mark === '+' ? 1 : 0), 0)
    table[bits] = place + 1
  })
  return table
}
