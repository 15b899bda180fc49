import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import type { LexiconEntry } from './entry.ts'
import { type Featured, HAN, ROW } from './featured.ts'
import { BUCKETS } from './features.ts'
import { Area, keep, loops, numbers } from './kernel/memory.ts'
import type { Units } from './surroundings.ts'
import { full, thin } from './thin-weights.ts'

/** A linear rule over the features of a sentence: whether whoever says it leaves. */
export interface SenseRule {
  readonly bias: number
  /** One weight a bucket (`features.ts`), in steps of `scale`. */
  readonly scale: number
  readonly weights: Int8Array
}

/** A sentence of a text, as a stretch of its folded units. */
export interface Stretch {
  readonly start: number
  readonly end: number
  /** Whether Chinese characters stand in it. */
  readonly han: boolean
}

/** The sentences of a folded text that speak of leaving more likely than not. */
export type Sense = (text: Units) => readonly Stretch[]

/** The rule, and what stands in a hit for a sentence it finds; none: in that language it does not count. */
export interface Sensed {
  readonly of: Sense
  readonly zh?: LexiconEntry
  readonly en?: LexiconEntry
}

const NONE: readonly Stretch[] = []

/** The sum of a sentence's weights by the root of their number, so that long ones say no more than short ones. */
export function openSense({ bias, scale, weights }: SenseRule, featured: Featured): Sense {
  const found = new Area(8)
  const sense: Sense = (text) => {
    const { at, length } = text
    featured.read(text)
    const to = found.for(length)
    const rows = featured.rows()
    const count = loops.leaving(at, length, featured.buckets(), rows, kept, bias, scale, to)
    if (count === 0) return NONE
    const hanBefore = (unit: number): number => numbers[(rows >> 2) + ROW * unit + HAN]!
    return Array.from({ length: count }, (_, one) => {
      const start = numbers[(to >> 2) + 2 * one]!
      const end = numbers[(to >> 2) + 2 * one + 1]!
      return { start, end, han: hanBefore(end) > hanBefore(start) }
    })
  }
  // Whoever asks holds the table.
  const kept = keep(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), sense)
  return sense
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
