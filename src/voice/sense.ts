import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import type { LexiconEntry } from './entry.ts'
import { type Featured, ROW } from './featured.ts'
import { BUCKETS } from './features.ts'
import { numbers } from './kernel/memory.ts'
import type { Units } from './surroundings.ts'
import { full, thin } from './thin-weights.ts'

/** A linear rule over the features of a sentence: whether whoever says it leaves. */
export interface SenseRule {
  readonly bias: number
  /** One weight a bucket (`features.ts`), in steps of `scale`. */
  readonly scale: number
  readonly weights: Int8Array
}

/** Opens a text; what it gives says of a stretch of its folded units the log-odds that its writer leaves. */
export type Sense = (text: Units) => (start: number, end: number) => number

/** The rule, and what stands in a hit for a sentence it speaks of; none: in that language it does not count. */
export interface Sensed {
  readonly of: Sense
  readonly zh?: LexiconEntry
  readonly en?: LexiconEntry
}

/** A sentence with this or more speaks of leaving by itself. Of a thousand sentences about hotels, shops and banks, less than one does. */
export const SURE = 0

/** The mean weight of a stretch's features, by the root of their number. */
export function openSense({ bias, scale, weights }: SenseRule, featured: Featured): Sense {
  return (text) => {
    featured.read(text)
    const [buckets, rows] = [featured.buckets() >> 2, featured.rows() >> 2]
    return (start, end) => {
      const all = numbers
      const [from, to] = [all[rows + ROW * start]!, all[rows + ROW * end]!]
      if (to <= from) return bias
      let sum = 0
      for (let at = buckets + from; at < buckets + to; at += 1) sum += weights[all[at]!]!
      return bias + (sum * scale) / Math.sqrt(to - from)
    }
  }
}

const ruleSchema = z.strictObject({
  kind: z.literal('foreshock-leaving-1'),
  buckets: z.literal(BUCKETS),
  bias: z.number(),
  scale: z.number().positive(),
  weights: z.array(z.number().int()),
})

/** The rule as JSON; weights of 0 are left out. */
export function writeSense({ bias, scale, weights }: SenseRule): string {
  const rule = { kind: 'foreshock-leaving-1', buckets: BUCKETS, bias, scale, weights: thin(weights) }
  return `${JSON.stringify(rule)}\n`
}

/** What `writeSense` wrote. Throws CONFIG_INVALID naming the file where it is something else. */
export function parseSense(source: string, file: string): SenseRule {
  const parsed = ruleSchema.safeParse(jsonIn(source))
  if (parsed.success) return { ...parsed.data, weights: full(parsed.data.weights, BUCKETS) }
  throw new ForeshockError(
    'CONFIG_INVALID',
    `${file} holds nothing learned of leaving.`,
    'Install it again, or make it anew with `foreshock voices leaving`.',
  )
}

function jsonIn(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return null
  }
}
