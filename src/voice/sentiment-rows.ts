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

/**
 * Examples as numbers: the features of row r are `features[starts[r] .. starts[r + 1])`, each in a row once. They are numbered by
 * what there is, in the order of their buckets: learning from few texts costs little.
 */
export interface Rows {
  readonly size: number
  readonly starts: Uint32Array
  readonly features: Uint32Array
  /** The bucket of each feature. */
  readonly buckets: Uint32Array
  /** Features of each row, those included that it has more than once. */
  readonly lengths: Uint32Array
  readonly lexicon: Float64Array
  readonly spoken: Uint8Array
  readonly asks: Uint8Array
  readonly latin: Uint8Array
  readonly labels: readonly Label[]
  readonly domains: readonly string[]
  /** How much each counts beside others. */
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
  let found = new Uint32Array(1 << 16)
  let total = 0
  /** The row after the last one that had a bucket. */
  const had = new Uint32Array(BUCKETS)
  examples.forEach(({ text }, row) => {
    const clues = reader.of(text)
    const { features } = clues.weighed
    if (total + features > found.length) {
      const bigger = new Uint32Array(Math.max(found.length * 2, total + features))
      bigger.set(found)
      found = bigger
    }
    for (let at = reader.buckets(), end = at + features; at < end; at += 1) {
      const bucket = numbers[at]!
      if (had[bucket] === row + 1) continue
      had[bucket] = row + 1
      found[total++] = bucket
    }
    starts[row + 1] = total
    lengths[row] = features
    lexicons[row] = clues.lexicon
    spoken[row] = clues.spoken ? 1 : 0
    asks[row] = clues.asks ? 1 : 0
    latin[row] = clues.script === 'latin' ? 1 : 0
  })
  const features = found.subarray(0, total)
  const buckets = numbered(features, had)
  return {
    size,
    starts,
    features,
    buckets,
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

/** Puts in the place of each bucket its number among those that are `there`; returns these in their order. */
function numbered(all: Uint32Array, there: Uint32Array): Uint32Array {
  const buckets: number[] = []
  const numbers = new Uint32Array(BUCKETS)
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    if (there[bucket] !== 0) numbers[bucket] = buckets.push(bucket) - 1
  }
  for (let place = 0; place < all.length; place += 1) all[place] = numbers[all[place]!]!
  return Uint32Array.from(buckets)
}

/** Rows of the domains that have both such rows and others: of one kind alone, a domain's words would pass for what makes the kind. */
export function ofBothKinds(
  { domains }: Rows,
  from: readonly number[],
  isSuch: (row: number) => boolean,
): number[] {
  const [such, others] = [new Set<string>(), new Set<string>()]
  for (const row of from) (isSuch(row) ? such : others).add(domains[row]!)
  return from.filter((row) => such.has(domains[row]!) && others.has(domains[row]!))
}

/** Rows of the domains that have both sides, or all where none has. */
export function inBothSided(rows: Rows, from: readonly number[]): number[] {
  const both = ofBothKinds(rows, from, (row) => rows.labels[row] === 'positive')
  return both.length > 0 ? both : [...from]
}
