import { openClues } from './clues.ts'
import { BUCKETS } from './features.ts'
import { numbers } from './kernel/memory.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import type { Label } from './sentiment-reader.ts'

/** One text whose mood somebody has judged. */
export interface Example {
  readonly text: string
  readonly label: Label
  /** What it is about, or where it was written: words of one domain must not pass for moods. */
  readonly domain: string
  /** How much it counts beside others in learning; 1 where not said. */
  readonly weight?: number
}

/** Examples as numbers: the features of row r are `buckets[starts[r] .. starts[r + 1])`, each in a row once. */
export interface Rows {
  readonly size: number
  readonly starts: Uint32Array
  readonly buckets: Uint32Array
  /** Features of each row, those included that it has more than once. */
  readonly lengths: Uint32Array
  readonly lexicon: Float64Array
  readonly spoken: Uint8Array
  readonly asks: Uint8Array
  readonly latin: Uint8Array
  readonly labels: readonly Label[]
  readonly domains: readonly string[]
  /** How much each counts, apart from how large its domain is. */
  readonly importance: Float64Array
}

/** Reads the features and mood words of every example, as the reader will. */
export function rowsOf(examples: readonly Example[], lexicon: SentimentLexicon): Rows {
  const reader = openClues(lexicon, null)
  const size = examples.length
  const starts = new Uint32Array(size + 1)
  const lengths = new Uint32Array(size)
  const lexicons = new Float64Array(size)
  const spoken = new Uint8Array(size)
  const asks = new Uint8Array(size)
  const latin = new Uint8Array(size)
  let buckets = new Uint32Array(1 << 16)
  let total = 0
  /** The row after the last one that had a bucket. */
  const had = new Uint32Array(BUCKETS)
  examples.forEach(({ text }, row) => {
    const clues = reader.of(text)
    const { features } = clues.weighed
    if (total + features > buckets.length) {
      const bigger = new Uint32Array(Math.max(buckets.length * 2, total + features))
      bigger.set(buckets)
      buckets = bigger
    }
    for (let at = reader.buckets(), end = at + features; at < end; at += 1) {
      const bucket = numbers[at]!
      if (had[bucket] === row + 1) continue
      had[bucket] = row + 1
      buckets[total++] = bucket
    }
    starts[row + 1] = total
    lengths[row] = features
    lexicons[row] = clues.lexicon
    spoken[row] = clues.spoken ? 1 : 0
    asks[row] = clues.asks ? 1 : 0
    latin[row] = clues.script === 'latin' ? 1 : 0
  })
  return {
    size,
    starts,
    buckets: buckets.subarray(0, total),
    lengths,
    lexicon: lexicons,
    spoken,
    asks,
    latin,
    labels: examples.map(({ label }) => label),
    domains: examples.map(({ domain }) => domain),
    importance: Float64Array.from(examples, ({ weight = 1 }) => weight),
  }
}

/**
 * How telling each feature is: the log ratio of its shares on the two sides (naive Bayes; Wang and Manning 2012), without its sign.
 * 0 where too few rows have it to say anything. `sides` is 1 or -1 for each of `chosen`.
 */
export function tellingOf(
  { starts, buckets }: Rows,
  chosen: ArrayLike<number>,
  sides: Int8Array,
  weights: Float64Array,
): Float64Array {
  const [first, second] = [new Float64Array(BUCKETS).fill(1), new Float64Array(BUCKETS).fill(1)]
  const having = new Uint32Array(BUCKETS)
  for (let at = 0; at < chosen.length; at += 1) {
    const side = sides[at]! > 0 ? first : second
    const row = chosen[at]!
    for (let place = starts[row]!; place < starts[row + 1]!; place += 1) {
      side[buckets[place]!]! += weights[at]!
      having[buckets[place]!]! += 1
    }
  }
  const shift = Math.log(sumOf(second) / sumOf(first))
  // Into the first array: there are many buckets, and few of them are used by few rows.
  for (let bucket = 0; bucket < BUCKETS; bucket += 1)
    first[bucket] =
      having[bucket]! < LEAST_ROWS ? 0 : Math.abs(Math.log(first[bucket]! / second[bucket]!) + shift)
  return first
}

const LEAST_ROWS = 2

function sumOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

/** Small domains are heard beside large ones: each row weighs by the root of how small its domain is, within limits. */
export function domainWeights({ domains, importance }: Rows, rows: ArrayLike<number>): Float64Array {
  const sizes = new Map<string, number>()
  const chosen = Array.from(rows)
  for (const row of chosen) sizes.set(domains[row]!, (sizes.get(domains[row]!) ?? 0) + 1)
  const usual = rows.length / Math.max(1, sizes.size)
  return Float64Array.from(chosen, (row) => {
    const small = Math.sqrt(usual / sizes.get(domains[row]!)!)
    return importance[row]! * Math.min(3, Math.max(1 / 3, small))
  })
}

/** Rows of the domains that have both sides: where all are of one mind, the words of the domain would pass for it. */
export function inBothSided({ labels, domains }: Rows, from: readonly number[]): number[] {
  const [glad, bitter] = [new Set<string>(), new Set<string>()]
  for (const row of from) (labels[row] === 'positive' ? glad : bitter).add(domains[row]!)
  const both = from.filter((row) => glad.has(domains[row]!) && bitter.has(domains[row]!))
  return both.length > 0 ? both : [...from]
}
