import { ForeshockError } from '../errors.ts'
import { lowest } from '../learning/lbfgs.ts'
import { logistic, softplus } from '../learning/model.ts'
import { WORD_CLASSES, type WordClass } from './entry.ts'
import { type Featured, ROW } from './featured.ts'
import { fingerprint } from './fingerprint.ts'
import { inSteps } from './in-steps.ts'
import { numbers } from './kernel/memory.ts'
import { type SenseRule, type SenseRules, SHARED } from './sense.ts'
import { foldedBy } from './words.ts'

/** A sentence, and what it speaks of. */
export interface SenseExample {
  readonly text: string
  readonly says: readonly WordClass[]
  /** Of these it is not known. */
  readonly unknown?: readonly WordClass[]
}

/** Weight of the squares of all weights beside the sentences' log loss. */
const SQUARES = 0.03
const TOLERANCE = 1e-3

/**
 * Learns a rule by logistic regression for each class that some of the sentences speak of and some do not. The same examples in
 * the same order give the same rules.
 */
export async function learnSense(
  examples: readonly SenseExample[],
  featured: Featured,
  between: (share: number) => Promise<void>,
): Promise<SenseRules> {
  const taught = WORD_CLASSES.filter((each) => isTaught(examples, each))
  if (taught.length === 0) throw nothingTaught()
  const rows = rowsOf(examples, featured)
  const rules: Partial<Record<WordClass, SenseRule>> = {}
  for (const [nth, wordClass] of taught.entries()) {
    const truth = Uint8Array.from(examples, (one) => truthOf(one, wordClass))
    rules[wordClass] = await learnRule(truth, rows, (step) =>
      between((nth + 1 - SLOW ** step) / taught.length),
    )
  }
  return rules
}

const UNKNOWN = 2

function truthOf({ says, unknown = [] }: SenseExample, wordClass: WordClass): number {
  if (unknown.includes(wordClass)) return UNKNOWN
  return says.includes(wordClass) ? 1 : 0
}

/** What is left to learn after a step, as a share of what was left before it: only for showing how far it is. */
const SLOW = 0.97

async function learnRule(
  truth: Uint8Array,
  { starts, features, buckets }: Rows,
  between: (step: number) => Promise<void>,
): Promise<SenseRule> {
  const base = buckets.length
  const slope = (weights: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0)
    let loss = 0
    for (let row = 0; row < truth.length; row += 1) {
      const [from, to, says] = [starts[row]!, starts[row + 1]!, truth[row]!]
      if (says === UNKNOWN) continue
      const size = 1 / Math.sqrt(Math.max(1, to - from))
      let odds = weights[base]!
      for (let at = from; at < to; at += 1) odds += weights[features[at]!]! * size
      loss += softplus(says === 1 ? -odds : odds)
      const error = logistic(odds) - says
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
  readonly features: Int32Array
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
  return { starts, features: Int32Array.from(features), buckets: [...known.keys()] }
}

/** So many sentences out of texts, each once, drawn by what they say. */
export function sentencesFrom(texts: readonly string[], most: number): string[] {
  const found = new Map<string, number>()
  for (const text of texts) {
    for (const [sentence] of text.matchAll(SENTENCE)) {
      const words = sentence.trim()
      if (words.length > SHORTEST) found.set(words, fingerprint(words) >>> 0)
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

function isTaught(examples: readonly SenseExample[], wordClass: WordClass): boolean {
  const truths = new Set(examples.map((one) => truthOf(one, wordClass)))
  return truths.has(0) && truths.has(1)
}

function nothingTaught(): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    'These sentences cannot teach what leaving sounds like.',
    'Give some that speak of leaving and some that do not.',
  )
}
