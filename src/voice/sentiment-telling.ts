import { BUCKETS } from './features.ts'
import type { Rows } from './sentiment-rows.ts'

const LEAST_ROWS = 2

/**
 * How telling each feature is for two sides: the log ratio of its shares on them (naive Bayes; Wang and Manning 2012), and the same
 * against what the mixture of each domain would have given it anyway (Mantel and Haenszel 1959), both without sign, added up. The
 * first knows the words of domains that lean to a side, the second those that turn a text within its domain. 0 where too few rows
 * have it to say anything. `sides` is 1 or -1 for each of `chosen`.
 */
export function tellingOf(
  { starts, features, buckets, domains }: Rows,
  chosen: ArrayLike<number>,
  sides: Int8Array,
  weights: Float64Array,
): Float64Array {
  const shares = firstShares({ starts, domains }, chosen, sides, weights)
  const size = buckets.length
  const [first, second] = [startingCounts(size), startingCounts(size)]
  const having = new Uint32Array(size)
  for (let at = 0; at < chosen.length; at += 1) {
    const row = chosen[at]!
    const weight = weights[at]!
    const share = shares.get(domains[row]!)!
    // A domain of one kind cannot say what turns a text.
    const isMixed = share > 0 && share < 1
    const side = sides[at]! > 0 ? first : second
    for (let place = starts[row]!; place < starts[row + 1]!; place += 1) {
      const feature = features[place]!
      having[feature]! += 1
      side.all[feature]! += weight
      if (!isMixed) continue
      side.mixed[feature]! += weight
      first.due[feature]! += weight * share
      second.due[feature]! += weight * (1 - share)
    }
  }
  // One is counted beforehand in every bucket, those that no row has among them.
  const none = BUCKETS - size
  const shift = Math.log((sumOf(second.all) + none) / (sumOf(first.all) + none))
  const telling = new Float64Array(size)
  for (let feature = 0; feature < size; feature += 1) {
    if (having[feature]! < LEAST_ROWS) continue
    const overall = Math.log(first.all[feature]! / second.all[feature]!) + shift
    const within = Math.log(
      (first.mixed[feature]! * second.due[feature]!) / (first.due[feature]! * second.mixed[feature]!),
    )
    telling[feature] = Math.abs(overall) + Math.abs(within)
  }
  return telling
}

/** How much stands on a side, by feature: in all rows; in rows of mixed domains; and what the mixture of these would give. */
interface Counts {
  readonly all: Float64Array
  readonly mixed: Float64Array
  readonly due: Float64Array
}

/** One is counted beforehand everywhere: what is seen once says little. */
function startingCounts(size: number): Counts {
  const count = () => new Float64Array(size).fill(1)
  return { all: count(), mixed: count(), due: count() }
}

/** By domain: which part of its features stands on the first side. */
function firstShares(
  { starts, domains }: Pick<Rows, 'starts' | 'domains'>,
  chosen: ArrayLike<number>,
  sides: Int8Array,
  weights: Float64Array,
): Map<string, number> {
  const sums = new Map<string, { first: number; all: number }>()
  for (let at = 0; at < chosen.length; at += 1) {
    const row = chosen[at]!
    const sum = sums.get(domains[row]!) ?? { first: 0, all: 0 }
    const size = weights[at]! * (starts[row + 1]! - starts[row]!)
    if (sides[at]! > 0) sum.first += size
    sum.all += size
    sums.set(domains[row]!, sum)
  }
  return new Map([...sums].map(([domain, { first, all }]) => [domain, all > 0 ? first / all : 0]))
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
