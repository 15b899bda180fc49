import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import type { LexiconEntry } from './entry.ts'
import { type Featured, HAN, ROW } from './featured.ts'
import { Area, keep, loops, numbers } from './kernel/memory.ts'
import type { Units } from './surroundings.ts'

/**
 * Buckets of features (`features.ts`) that lie so far apart share a weight: so few stay in a processor's near memory, and more of
 * them find no more.
 */
export const SHARED = 2 ** 16

/** A linear rule over the features of a sentence: whether whoever says it leaves. */
export interface SenseRule {
  readonly bias: number
  /** One weight for each of `SHARED`, in steps of `scale`. */
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
    return count === 0 ? NONE : stretchesAt(to, count, rows)
  }
  // Whoever asks holds the table.
  const kept = keep(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), sense)
  return sense
}

/** What the loop wrote, asked for by many texts whose words say it too: nothing is made that is not needed. */
function stretchesAt(to: number, count: number, rows: number): Stretch[] {
  const stretches: Stretch[] = []
  const before = (rows >> 2) + HAN
  for (let at = to >> 2; stretches.length < count; at += 2) {
    const [start, end] = [numbers[at]!, numbers[at + 1]!]
    stretches.push({ start, end, han: numbers[before + ROW * end]! > numbers[before + ROW * start]! })
  }
  return stretches
}

const ruleSchema = z.strictObject({
  kind: z.literal('foreshock-leaving-1'),
  bias: z.number(),
  scale: z.number().positive(),
  /** Bytes, as base64. */
  weights: z.base64(),
})

export function writeSense({ bias, scale, weights }: SenseRule): string {
  const { buffer, byteOffset, length } = weights
  const written = Buffer.from(buffer, byteOffset, length).toString('base64')
  return `${JSON.stringify({ kind: 'foreshock-leaving-1', bias, scale, weights: written }, null, 2)}\n`
}

/** What `writeSense` wrote. Throws CONFIG_INVALID naming the file where it is something else. */
export function parseSense(source: string, file: string): SenseRule {
  const { success, data } = ruleSchema.safeParse(jsonIn(source))
  const weights = success ? Int8Array.from(Buffer.from(data.weights, 'base64')) : null
  if (success && weights?.length === SHARED) return { ...data, weights }
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
