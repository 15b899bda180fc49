import { ForeshockError } from '../errors.ts'
import { lowest } from '../learning/lbfgs.ts'
import { logistic, softplus } from '../learning/model.ts'
import { type Featured, ROW } from './featured.ts'
import { fingerprint } from './fingerprint.ts'
import { inSteps } from './in-steps.ts'
import { numbers } from './kernel/memory.ts'
import { type SenseRule, SHARED } from './sense.ts'
import { foldedBy } from './words.ts'

/** A sentence, and whether whoever says it leaves. */
export interface SenseExample {
  readonly text: string
  readonly leaves: boolean
}

/** Weight of the squares of all weights beside the sentences' log loss. */
const SQUARES = 0.1
const TOLERANCE = 1e-3

/** Learns the rule of leaving by logistic regression. The same examples in the same order give the same rule. */
export async function learnSense(
  examples: readonly SenseExample[],
  featured: Featured,
  between: (step: number) => Promise<void>,
): Promise<SenseRule> {
  mustTeach(examples)
  const { starts, features, buckets } = rowsOf(examples, featured)
  const base = buckets.length
  const slope = (weights: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0)
    let loss = 0
    for (const [row, { leaves }] of examples.entries()) {
      const [from, to] = [starts[row]!, starts[row + 1]!]
      const size = 1 / Math.sqrt(Math.max(1, to - from))
      let odds = weights[base]!
      for (let at = from; at < to; at += 1) odds += weights[features[at]!]! * size
      loss += softplus(leaves ? -odds : odds)
      const error = logistic(odds) - (leaves ? 1 : 0)
      gradient[base]! += error
      for (let at = from; at < to; at += 1) gradient[features[at]!]! += error * size
    }
    for (let at = 0; at < base; at += 1) {
      loss += (SQUARES / 2) * weights[at]! ** 2
      gradient[at]! += SQUARES * weights[at]!
    }
    return loss
  }
  const learned = await lowest(base + 1, slope, TOLERANCE, between)
  const { scale, weights: steps } = inSteps(learned.subarray(0, base))
  const weights = new Int8Array(SHARED)
  for (const [feature, bucket] of buckets.entries()) weights[bucket] = steps[feature]!
  return { bias: learned[base]!, scale, weights }
}

interface Rows {
  /** Row r has the features from `starts[r]` on. */
  readonly starts: Uint32Array
  /** Numbered by what there is. */
  readonly features: readonly number[]
  /** The bucket of each. */
  readonly buckets: readonly number[]
}

function rowsOf(examples: readonly SenseExample[], featured: Featured): Rows {
  const starts = new Uint32Array(examples.length + 1)
  const features: number[] = []
  const known = new Map<number, number>()
  for (const [row, { text }] of examples.entries()) {
    const folded = foldedBy(text).text
    featured.read(folded)
    const rows = featured.rows() >> 2
    const from = featured.buckets() >> 2
    const count = numbers[rows + ROW * folded.length]!
    for (const feature of numbers.subarray(from, from + count)) {
      const bucket = feature & (SHARED - 1)
      if (!known.has(bucket)) known.set(bucket, known.size)
      features.push(known.get(bucket)!)
    }
    starts[row + 1] = features.length
  }
  return { starts, features, buckets: [...known.keys()] }
}

/**
 * So many sentences out of texts of which none is known to speak of leaving, drawn by what they say: what is written about a
 * hotel or a shop is mostly about something else.
 */
export function sentencesFrom(
  texts: readonly string[],
  isSilent: (text: string) => boolean,
  most: number,
): string[] {
  const found = new Map<string, number>()
  for (const text of texts) {
    for (const [sentence] of text.matchAll(SENTENCE)) {
      const words = sentence.trim()
      if (words.length > SHORTEST && isSilent(words)) found.set(words, fingerprint(words) >>> 0)
    }
  }
  return [...found]
    .sort(([, one], [, other]) => one - other)
    .slice(0, most)
    .map(([words]) => words)
}

/** A full stop ends one only where no letter or digit follows it. */
const SENTENCE = /(?:[^。！？!?；;\n….]|\.(?=[\p{L}\p{N}]))+[。！？!?；;\n….]*/gu
const SHORTEST = 3

function mustTeach(examples: readonly SenseExample[]): void {
  if (examples.some(({ leaves }) => leaves) && examples.some(({ leaves }) => !leaves)) return
  throw new ForeshockError(
    'BAD_INPUT',
    'These sentences cannot teach what leaving sounds like.',
    'Give some that speak of leaving and some that do not.',
  )
}
