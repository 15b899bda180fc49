import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { AXES, CODES, type Coded } from './codebook.ts'
import { BUCKETS } from './features.ts'

/**
 * A linear rule over the features' buckets: a byte of each bucket, and for each byte what it stands for, a weight and how telling the
 * bucket is, squared. Of a weight 127^2 stands for the rule's scale, of a square 255^2 for its most telling. Byte 0: the bucket was
 * not seen in training.
 */
export type RuleTables = Coded

/** What is learned of moods, as kept in a file. */
export interface SentimentWeights {
  readonly head: WeightsHead
  /** Positive or negative. */
  readonly mood: RuleTables
  /** Neutral, or either of these. */
  readonly neutral: RuleTables
}

/** 2 had a byte for each number of each bucket. */
const VERSION = 3

const number = z.number().refine(Number.isFinite)
const rule = z.strictObject({ bias: number, scale: number, telling: number })
const share = z.strictObject({ least: number, short: number })
const zone = z.strictObject({ base: number, neutral: number, size: number, word: number, asks: number })
const headSchema = z.strictObject({
  format: z.literal('foreshock-sentiment'),
  version: z.literal(VERSION),
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

const earlierSchema = z.object({ format: headSchema.shape.format, version: z.int().lt(VERSION) })

export type WeightsHead = z.infer<typeof headSchema>
export type Zone = z.infer<typeof zone>
export type Rule = z.infer<typeof rule>

/** A text of so many features is given a quarter of what is given for shortness. */
const SHORT = 20

/** How much the lexicon's word counts in a text of so many features, repeated ones included. */
export function lexiconShare({ least, short }: z.infer<typeof share>, features: number): number {
  return least + short * (SHORT / (features + SHORT)) ** 2
}

/** Bytes of a book, and of all there is of a rule. */
const BOOK = 4 * AXES * CODES
const TABLES = BOOK + BUCKETS
const LINE = 0x0a
const LONGEST_HEAD = 4_096

/** A rule with what its units are. */
export interface CodedRule extends RuleTables {
  readonly rule: Rule
}

/** The file's bytes: one line of JSON, then of each rule its book and its codes. The same weights give the same bytes. */
export function packWeights(
  head: Pick<WeightsHead, 'lexicon' | 'certainty' | 'zones'>,
  mood: CodedRule,
  neutral: CodedRule,
): Uint8Array {
  const tables = new Uint8Array(2 * TABLES)
  for (const [at, { codes, book }] of [mood, neutral].entries()) {
    tables.set(new Uint8Array(book.buffer, book.byteOffset, BOOK), at * TABLES)
    tables.set(codes, at * TABLES + BOOK)
  }
  const full: WeightsHead = {
    format: 'foreshock-sentiment',
    version: VERSION,
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
  const head = jsonOf(bytes.subarray(0, end))
  const parsed = headSchema.safeParse(head)
  if (earlierSchema.safeParse(head).success) throw damaged(file, 'was made for an earlier version')
  if (!parsed.success) throw damaged(file, 'is not described by its first line')
  // A copy: a Buffer's slice would be a view into a larger buffer.
  const tables = new Uint8Array(bytes.subarray(end + 1))
  if (tables.length !== 2 * TABLES) {
    throw damaged(file, `holds ${tables.length} bytes of weights instead of ${2 * TABLES}`)
  }
  if (checksumOf(tables) !== parsed.data.checksum) throw damaged(file, 'has changed bytes')
  const tablesAt = (from: number): RuleTables => ({
    book: new Int32Array(tables.buffer, from, AXES * CODES),
    codes: tables.subarray(from + BOOK, from + TABLES),
  })
  return { head: parsed.data, mood: tablesAt(0), neutral: tablesAt(TABLES) }
}

/** What 1 of a book's weight and of its square stand for in a rule. */
export function unitsOf({ scale, telling }: Rule): { readonly weight: number; readonly square: number } {
  return { weight: scale / 127 ** 2, square: (telling / 255) ** 2 }
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
