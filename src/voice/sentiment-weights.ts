import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { BUCKETS } from './features.ts'

/** A linear model of three tables over the features' buckets, one byte a bucket each, as kept in a file. */
export interface SentimentWeights {
  readonly head: WeightsHead
  /** For or against, -127..127; a byte b stands for sign(b) (b / 127)^2 head.scales.mood. */
  readonly mood: Int8Array
  /** Says something without a mood or with one, the same way. */
  readonly neutral: Int8Array
  /** How telling a feature is, 0..255: b stands for b / 255 head.scales.rarity. 0: not seen in training. */
  readonly rarity: Uint8Array
}

const number = z.number().refine(Number.isFinite)
const headSchema = z.strictObject({
  format: z.literal('foreshock-sentiment'),
  version: z.literal(1),
  buckets: z.literal(BUCKETS),
  /** FNV-1a of the bytes after this line. */
  checksum: z.int().min(0),
  scales: z.strictObject({ mood: number, neutral: number, rarity: number }),
  bias: z.strictObject({ mood: number, neutral: number }),
  /** How much the lexicon's word counts beside the learned mood, by script. */
  lexicon: z.strictObject({ han: number, latin: number }),
  /** Evidence for or against -> log-odds of positive. */
  certainty: z.strictObject({ slope: number, offset: number }),
  /** Log-odds of "neutral" from: nothing, the neutral table, the size of the evidence, a mood word in the text. */
  zones: z.strictObject({
    han: z.strictObject({ base: number, neutral: number, size: number, word: number }),
    latin: z.strictObject({ base: number, neutral: number, size: number, word: number }),
  }),
})

export type WeightsHead = z.infer<typeof headSchema>
export type Zone = WeightsHead['zones']['han']

const LINE = 0x0a
const LONGEST_HEAD = 4_096

/** The file's bytes: one line of JSON, then the three tables. The same weights give the same bytes. */
export function packWeights(
  head: Omit<WeightsHead, 'format' | 'version' | 'buckets' | 'checksum'>,
  { mood, neutral, rarity }: Omit<SentimentWeights, 'head'>,
): Uint8Array {
  const tables = new Uint8Array(3 * BUCKETS)
  tables.set(new Uint8Array(mood.buffer, mood.byteOffset, BUCKETS), 0)
  tables.set(new Uint8Array(neutral.buffer, neutral.byteOffset, BUCKETS), BUCKETS)
  tables.set(rarity, 2 * BUCKETS)
  const full: WeightsHead = {
    format: 'foreshock-sentiment',
    version: 1,
    buckets: BUCKETS,
    checksum: checksumOf(tables),
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
  const tables = bytes.slice(end + 1)
  if (tables.length !== 3 * BUCKETS) {
    throw damaged(file, `holds ${tables.length} bytes of weights instead of ${3 * BUCKETS}`)
  }
  if (checksumOf(tables) !== parsed.data.checksum) throw damaged(file, 'has changed bytes')
  return {
    head: parsed.data,
    mood: new Int8Array(tables.buffer, 0, BUCKETS),
    neutral: new Int8Array(tables.buffer, BUCKETS, BUCKETS),
    rarity: new Uint8Array(tables.buffer, 2 * BUCKETS, BUCKETS),
  }
}

/** Weights as bytes with one scale, finer near zero, where most of them are. */
export function squeezed(weights: Float64Array): { scale: number; bytes: Int8Array } {
  let scale = 0
  for (const weight of weights) scale = Math.max(scale, Math.abs(weight))
  if (scale === 0) return { scale: 1, bytes: new Int8Array(weights.length) }
  const bytes = Int8Array.from(
    weights,
    (weight) => Math.sign(weight) * Math.round(Math.sqrt(Math.abs(weight) / scale) * 127),
  )
  return { scale, bytes }
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
