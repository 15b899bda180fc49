import { z } from 'zod'
import type { Tone } from './sentiment-reader.ts'
import { piecesOf } from './topic-pieces.ts'
import type { TopicReading } from './topics.ts'

/** What a company's own labels teach about topics: one linear model a topic, over hashed pieces of the text. */
export interface LearnedTopics {
  /** Buckets that pieces are hashed to; a power of two. */
  readonly buckets: number
  readonly topics: readonly LearnedTopic[]
}

export interface LearnedTopic {
  readonly topic: string
  readonly bias: number
  /** One weight a bucket, in steps of `scale`. */
  readonly weights: Int8Array
  readonly scale: number
  /** How well labels that it had not seen were met, beside the rules' figure. */
  readonly f1: number
  readonly rulesF1: number
}

/**
 * Topics by rules, and by the model where it is the better of the two: there it adds what the rules miss and takes away
 * what they see wrongly.
 */
export function withLearned(
  text: string,
  byRules: readonly TopicReading[],
  learned: LearnedTopics,
  whole: Tone,
): readonly TopicReading[] {
  const pieces = piecesOf(text, learned.buckets)
  const topics = [...byRules]
  for (const one of learned.topics) {
    const at = topics.findIndex(({ topic }) => topic === one.topic)
    const isAbout = scoreOf(one, pieces.buckets, pieces.count) > 0
    if (isAbout && at === -1) {
      topics.push({ topic: one.topic, strength: whole.strength, label: whole.label, span: null })
    } else if (!isAbout && at !== -1) topics.splice(at, 1)
  }
  return topics
}

/** Log-odds that a text is about the topic: the mean weight of its pieces, by the root of their number. */
export function scoreOf(
  { bias, weights, scale }: Pick<LearnedTopic, 'bias' | 'weights' | 'scale'>,
  buckets: Int32Array,
  count: number,
): number {
  let sum = 0
  for (let index = 0; index < count; index += 1) sum += weights[buckets[index]!]!
  return bias + (count === 0 ? 0 : (sum * scale) / Math.sqrt(count))
}

const modelSchema = z.strictObject({
  kind: z.literal('foreshock-topics-1'),
  buckets: z.number().int().min(256).max(1_048_576),
  topics: z.array(
    z.strictObject({
      topic: z.string(),
      bias: z.number(),
      scale: z.number(),
      f1: z.number(),
      rulesF1: z.number(),
      /** Bucket and weight of each that is not 0, in turn; buckets as steps from the one before. */
      weights: z.array(z.number().int()),
    }),
  ),
})

/** The model as JSON; weights of 0 are left out. */
export function writeLearned({ buckets, topics }: LearnedTopics): string {
  return `${JSON.stringify({
    kind: 'foreshock-topics-1',
    buckets,
    topics: topics.map(({ weights, ...rest }) => ({ ...rest, weights: thin(weights) })),
  })}\n`
}

/** What `writeLearned` wrote; null: it is something else. */
export function parseLearned(source: string): LearnedTopics | null {
  const parsed = modelSchema.safeParse(jsonIn(source))
  if (!parsed.success) return null
  const { buckets, topics } = parsed.data
  return { buckets, topics: topics.map((one) => ({ ...one, weights: full(one.weights, buckets) })) }
}

function jsonIn(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return null
  }
}

function thin(weights: Int8Array): number[] {
  const pairs: number[] = []
  let last = 0
  for (const [bucket, weight] of weights.entries()) {
    if (weight === 0) continue
    pairs.push(bucket - last, weight)
    last = bucket
  }
  return pairs
}

function full(pairs: readonly number[], buckets: number): Int8Array {
  const weights = new Int8Array(buckets)
  let bucket = 0
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    bucket += pairs[index]!
    if (bucket >= 0 && bucket < buckets) weights[bucket] = pairs[index + 1]!
  }
  return weights
}
