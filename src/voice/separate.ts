import { chanceOf, shuffled } from '../learning/chance.ts'
import type { Rows } from './sentiment-rows.ts'
import { tellingOf } from './sentiment-telling.ts'

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

/** A linear rule, by feature: `bias` + sum of `weights` over those of a row / root of the sum of the squares of `telling`. */
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
  const size = rows.length
  const telling = tellingOf(all, rows, sides, weights)
  const { starts, features, names } = denseOf(all, rows, telling)
  const squares = Float64Array.from(names, (name) => telling[name]! ** 2)
  // Holds how telling each feature is once already, so that a row's score is a plain sum.
  const learned = new Float64Array(names.length)
  const scales = Float64Array.from({ length: size }, (_, at) => scaleOf(at))
  const pull = new Float64Array(size)
  let bias = 0
  const chance = chanceOf(seed)
  let order: Int32Array = Int32Array.from({ length: size }, (_, at) => at)
  for (let round = 0; round < ROUNDS; round += 1) {
    order = shuffled(order, chance)
    for (const at of order) improve(at)
    await between((round + 1) / ROUNDS)
  }
  const named = new Float64Array(telling.length)
  for (const [feature, name] of names.entries()) named[name] = learned[feature]!
  return { weights: named, telling, bias }

  function scaleOf(at: number): number {
    let sum = 0
    for (let place = starts[at]!; place < starts[at + 1]!; place += 1) sum += squares[features[place]!]!
    return sum > 0 ? 1 / Math.sqrt(sum) : 0
  }

  function improve(at: number): void {
    const from = starts[at]!
    const to = starts[at + 1]!
    const side = sides[at]!
    const scale = scales[at]!
    let sum = 0
    for (let place = from; place < to; place += 1) sum += learned[features[place]!]!
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
      const feature = features[place]!
      learned[feature]! += step * scale * squares[feature]!
    }
  }
}

/** The chosen rows over the features that tell anything, numbered from the most frequent on: what is used most stays in the cache. */
function denseOf(
  all: Rows,
  rows: ArrayLike<number>,
  telling: Float64Array,
): { readonly starts: Uint32Array; readonly features: Uint32Array; readonly names: readonly number[] } {
  const having = new Uint32Array(telling.length)
  let total = 0
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at]!
    for (let place = all.starts[row]!; place < all.starts[row + 1]!; place += 1) {
      const name = all.features[place]!
      if (telling[name] === 0) continue
      having[name]! += 1
      total += 1
    }
  }
  const names: number[] = []
  for (let name = 0; name < having.length; name += 1) if (having[name]! > 0) names.push(name)
  names.sort((a, b) => having[b]! - having[a]! || a - b)
  const numbers = new Uint32Array(having.length)
  for (const [number, name] of names.entries()) numbers[name] = number
  const starts = new Uint32Array(rows.length + 1)
  const features = new Uint32Array(total)
  let count = 0
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at]!
    for (let place = all.starts[row]!; place < all.starts[row + 1]!; place += 1) {
      const name = all.features[place]!
      if (telling[name] !== 0) features[count++] = numbers[name]!
    }
    starts[at + 1] = count
  }
  return { starts, features, names }
}

/** The rule's answer for one row. */
export function sideOf({ starts, features }: Rows, rule: Separation, row: number): number {
  let sum = 0
  let squares = 0
  for (let place = starts[row]!; place < starts[row + 1]!; place += 1) {
    const feature = features[place]!
    sum += rule.weights[feature]!
    squares += rule.telling[feature]! ** 2
  }
  return rule.bias + (squares > 0 ? sum / Math.sqrt(squares) : 0)
}
