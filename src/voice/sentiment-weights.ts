import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { BUCKETS } from './features.ts'

/** A linear rule over the features' buckets, a byte a bucket for each table. */
export interface RuleTables {
  /** For or against, -127..127; a byte b stands for sign(b) (b / 127)^2 of the rule's scale. */
  readonly weights: Int8Array
  /** How telling a feature is, 0..255: b stands for b / 255 of the rule's greatest. 0: not seen in training. */
  readonly telling: Uint8Array
}

/** What is learned of moods, as kept in a file. */
export interface SentimentWeights {
  readonly head: WeightsHead
  /** Positive or negative. */
  readonly mood: RuleTables
  /** Neutral, or either of these. */
  readonly neutral: RuleTables
}

const number = z.number().refine(Number.isFinite)
const rule = z.strictObject({ bias: number, scale: number, telling: number })
const share = z.strictObject({ least: number, short: number })
const zone = z.strictObject({ base: number, neutral: number, size: number, word: number, asks: number })
const headSchema = z.strictObject({
  format: z.literal('foreshock-sentiment'),
  version: z.literal(2),
  buckets: z.literal(BUCKETS),
  /** FNV-1a of the bytes after this line. */
  checksum: z.int().min(0),
  mood: rule,
  neutral: rule,
  /** How much the lexicon's word counts beside the learned mood, by script: the less is in a text to learn from, the more. */
  lexicon: z.strictObject({ han: share, latin: share }),
  /** Evidence for or against -> log-odds of positive. */
  certainty: z.strictObject({ slope: number, offset: number }),
  /** Log-odds of "neutral" from: nothing, the neutral rule, the size of the evidence, a mood word in the text, a question. */
  zones: z.strictObject({ han: zone, latin: zone }),
})

export type WeightsHead = z.infer<typeof headSchema>
export type Zone = z.infer<typeof zone>
export type Rule = z.infer<typeof rule>

/** A text of so many features is given a quarter of what is given for shortness. */
const SHORT = 20

/** How much the lexicon's word counts in a text of so many features, repeated ones included. */
export function lexiconShare({ least, short }: z.infer<typeof share>, features: number): number {
  return least + short * (SHORT / (features + SHORT)) ** 2
}

const LINE = 0x0a
const LONGEST_HEAD = 4_096

/** A rule ready for the file. */
export interface PackedRule extends RuleTables {
  readonly rule: Rule
}

/** The file's bytes: one line of JSON, then the four tables. The same weights give the same bytes. */
export function packWeights(
  head: Pick<WeightsHead, 'lexicon' | 'certainty' | 'zones'>,
  mood: PackedRule,
  neutral: PackedRule,
): Uint8Array {
  const tables = new Uint8Array(4 * BUCKETS)
  for (const [at, { weights, telling }] of [mood, neutral].entries()) {
    tables.set(new Uint8Array(weights.buffer, weights.byteOffset, BUCKETS), 2 * at * BUCKETS)
    tables.set(telling, (2 * at + 1) * BUCKETS)
  }
  const full: WeightsHead = {
    format: 'foreshock-sentiment',
    version: 2,
    buckets: BUCKETS,
    checksum: checksumOf(tables),
    mood: mood.rule,
    neutral: neutral.rule,
    ...head,
  }
  const line = Uint8Array.from(`${JSON.stringify(full)}\n`, (sign) => sign.charCodeAt(0))
  const bytes = new Uint8Array(line.length + tables.length)
  bytes.set(line, 0)
  bytes.set(tables, line.length)
  return bytes
}

/** Reads the file's bytes. Throws CONFIG_INVALID naming the file where they are not whole. */
export function unpackWeights(bytes: Uint8Array, file: string): SentimentWeights {
  const end = bytes.subarray(0, LONGEST_HEAD).indexOf(LINE)
  if (end < 0) throw damaged(file, 'has no first line that describes it')
  const parsed = headSchema.safeParse(jsonOf(bytes.subarray(0, end)))
  if (!parsed.success) throw damaged(file, 'is not described by its first line')
  // A copy: a Buffer's slice would be a view into a larger buffer.
  const tables = new Uint8Array(bytes.subarray(end + 1))
  if (tables.length !== 4 * BUCKETS) {
    throw damaged(file, `holds ${tables.length} bytes of weights instead of ${4 * BUCKETS}`)
  }
  if (checksumOf(tables) !== parsed.data.checksum) throw damaged(file, 'has changed bytes')
  const tablesAt = (from: number): RuleTables => ({
    weights: new Int8Array(tables.buffer, from, BUCKETS),
    telling: new Uint8Array(tables.buffer, from + BUCKETS, BUCKETS),
  })
  return { head: parsed.data, mood: tablesAt(0), neutral: tablesAt(2 * BUCKETS) }
}

/** Weights as bytes with one scale, finer near zero, where most of them are. */
export function squeezed(weights: Float64Array): { scale: number; bytes: Int8Array } {
  const scale = largest(weights)
  if (scale === 0) return { scale: 1, bytes: new Int8Array(weights.length) }
  const bytes = new Int8Array(weights.length)
  for (let at = 0; at < weights.length; at += 1) {
    const weight = weights[at]!
    if (weight !== 0) bytes[at] = Math.sign(weight) * Math.round(Math.sqrt(Math.abs(weight) / scale) * 127)
  }
  return { scale, bytes }
}

/** Values from 0 up as bytes, 255 for the largest. */
export function sharesOf(values: Float64Array): { most: number; bytes: Uint8Array } {
  const most = largest(values) || 1
  const bytes = new Uint8Array(values.length)
  for (let at = 0; at < values.length; at += 1) bytes[at] = Math.round((values[at]! / most) * 255)
  return { most, bytes }
}

function largest(values: Float64Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}

/** What the signed byte b stands for, at place b + 128. */
export function spread(scale: number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, at) => {
    const byte = at - 128
    return Math.sign(byte) * (byte / 127) ** 2 * scale
  })
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(String.fromCharCode(...bytes))
  } catch {
    return null
  }
}

function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < bytes.length; index += 1) hash = Math.imul(hash ^ bytes[index]!, 0x01000193)
  return hash >>> 0
}

function damaged(file: string, what: string): ForeshockError {
  return new ForeshockError(
    'CONFIG_INVALID',
    `The sentiment weights ${file} cannot be used: the file ${what}.`,
    'Install it again, or make it anew with `foreshock voices train`.',
  )
}
