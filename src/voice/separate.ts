import { chanceOf, shuffled } from '../learning/chance.ts'
import { BUCKETS } from './features.ts'
import { type Rows, tellingOf } from './sentiment-rows.ts'

/** What is to be told apart. */
export interface Sides {
  /** Rows to learn from. */
  readonly rows: ArrayLike<number>
  /** 1 or -1 for each of them. */
  readonly sides: Int8Array
  /** How much each of them counts. */
  readonly weights: Float64Array
  /** Larger: closer to the examples, less smooth. */
  readonly cost: number
  readonly seed: number
}

/** A linear rule: `bias` + sum of `weights` over a row's features / root of the sum of the squares of `telling`. */
export interface Separation {
  readonly weights: Float64Array
  /** How telling each feature is, 0 or more. */
  readonly telling: Float64Array
  readonly bias: number
}

const ROUNDS = 10

/**
 * Tells two sides apart: linear support vector machine with squared hinge loss by dual coordinate descent (Hsieh et al. 2008), each row
 * brought to length one. The same rows and seed give the same weights. `between` is awaited after each round of ten.
 */
export async function separate(
  all: Rows,
  { rows, sides, weights, cost, seed }: Sides,
  between: (share: number) => Promise<void>,
): Promise<Separation> {
  const { starts, buckets } = all
  const size = rows.length
  const telling = tellingOf(all, rows, sides, weights)
  const squares = telling.map((value) => value * value)
  // Holds how telling each feature is once already, so that a row's score is a plain sum.
  const learned = new Float64Array(BUCKETS)
  const lengths = Float64Array.from({ length: size }, (_, at) => lengthOf(rows[at]!))
  const pull = new Float64Array(size)
  let bias = 0
  const chance = chanceOf(seed)
  let order: Int32Array = Int32Array.from({ length: size }, (_, at) => at)
  for (let round = 0; round < ROUNDS; round += 1) {
    order = shuffled(order, chance)
    for (const at of order) improve(at)
    await between((round + 1) / ROUNDS)
  }
  return { weights: learned, telling, bias }

  function lengthOf(row: number): number {
    let sum = 0
    for (let place = starts[row]!; place < starts[row + 1]!; place += 1) sum += squares[buckets[place]!]!
    return Math.sqrt(sum)
  }

  function improve(at: number): void {
    const row = rows[at]!
    const from = starts[row]!
    const to = starts[row + 1]!
    const side = sides[at]!
    const scale = lengths[at]! > 0 ? 1 / lengths[at]! : 0
    let sum = 0
    for (let place = from; place < to; place += 1) sum += learned[buckets[place]!]!
    const slack = 1 / (2 * cost * weights[at]!)
    const slope = (bias + sum * scale) * side - 1 + slack * pull[at]!
    const before = pull[at]!
    if (before === 0 && slope >= 0) return
    const after = Math.max(0, before - slope / ((scale > 0 ? 1 : 0) + 1 + slack))
    const step = (after - before) * side
    if (step === 0) return
    pull[at] = after
    bias += step
    for (let place = from; place < to; place += 1) {
      const bucket = buckets[place]!
      learned[bucket]! += step * scale * squares[bucket]!
    }
  }
}

/** The rule's answer for one row. */
export function sideOf({ starts, buckets }: Rows, rule: Separation, row: number): number {
  let sum = 0
  let squares = 0
  for (let place = starts[row]!; place < starts[row + 1]!; place += 1) {
    const bucket = buckets[place]!
    sum += rule.weights[bucket]!
    squares += rule.telling[bucket]! ** 2
  }
  return rule.bias + (squares > 0 ? sum / Math.sqrt(squares) : 0)
}
