import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { type LexiconEntry, WORD_CLASSES, type WordClass } from './entry.ts'
import { type Featured, HAN, LATIN, ROW } from './featured.ts'
import type { Hit } from './hit.ts'
import { Area, keep, loops, numbers } from './kernel/memory.ts'
import type { Units } from './surroundings.ts'

/**
 * Buckets of features (`features.ts`) that lie so far apart share a weight: so few stay in a processor's near memory, and more of
 * them find no more.
 */
export const SHARED = 2 ** 16

/** A linear rule over the features of a sentence: whether it says what the words of a class say. */
export interface SenseRule {
  readonly bias: number
  /** One weight for each of `SHARED`, in steps of `scale`. */
  readonly scale: number
  readonly weights: Int8Array
}

/** Rules by class; of a class without one only words tell. */
export type SenseRules = Readonly<Partial<Record<WordClass, SenseRule>>>

/** A sentence of a text, as a stretch of its folded units. */
export interface Stretch {
  readonly start: number
  readonly end: number
  /** By its script; null: of neither, as where only signs stand. */
  readonly language: 'zh' | 'en' | null
  /** What it speaks of more likely than not: a bit for each of WORD_CLASSES. */
  readonly says: number
  /** What of it is so sure that a word of it which does not count says nothing against it. */
  readonly sure: number
}

export interface Sense {
  /** The sentences of a folded text that speak of what there is a rule for. */
  saidIn(text: Units): readonly Stretch[]
  /** Whether neither the sentence around a place of a folded text nor the clause around it speaks of it, as far as a rule can tell. */
  isDenied(text: Units, place: number, wordClass: WordClass): boolean
}

/** The rules, and what stands in a hit for a sentence of a class that they find; none: in that language it does not count. */
export interface Sensed {
  readonly of: Sense
  readonly zh: SensedEntries
  readonly en: SensedEntries
  /** Hits of words that were switched off: they do not come back by what a sentence with them says. */
  readonly off?: (sentence: string) => readonly Pick<Hit, 'class'>[]
}
/** One for each of WORD_CLASSES. */
export type SensedEntries = readonly (LexiconEntry | undefined)[]

const NONE: readonly Stretch[] = []
/** Numbers the loop writes of a sentence. */
const TOLD = 4
/** Bytes behind the weights: the loop takes those of two buckets at once and looks at the first. */
const BEYOND = 4

/**
 * Log odds below which hardly anything is said: of sentences kept aside that have a word of leaving, or of a change in life, and
 * stand below it, one in five is meant so.
 */
const HARDLY = -4

/** From here on something is said for sure: of sentences kept aside that have a word of it which does not count, nine in ten say it. */
const SURELY = 2

/** The sum of a sentence's weights by the root of their number, so that long ones say no more than short ones. */
export function openSense(rules: SenseRules, featured: Featured): Sense {
  const found = new Area(4 * TOLD)
  const sense: Sense = {
    saidIn: (text) => {
      const { at, length } = text
      featured.read(text)
      const to = found.for(length)
      const rows = featured.rows()
      const count = loops.senses(at, length, featured.buckets(), rows, weights, terms, SURELY, to)
      return count === 0 ? NONE : stretchesAt(to, count, rows)
    },
    isDenied: (text, place, wordClass) => {
      if (rules[wordClass] === undefined) return false
      const { at, length } = text
      featured.read(text)
      const [buckets, rows] = [featured.buckets(), featured.rows()]
      const says = loops.sensed(at, length, place, buckets, rows, weights, terms, HARDLY)
      return (says & (1 << WORD_CLASSES.indexOf(wordClass))) === 0
    },
  }
  // Whoever asks holds the tables.
  const weights = keep(sideBySide(rules), sense)
  const terms = keep(
    Float64Array.from(WORD_CLASSES.flatMap((each) => [rules[each]?.bias ?? NEVER, rules[each]?.scale ?? 0])),
    sense,
  )
  return sense
}

const NEVER = Number.NEGATIVE_INFINITY

/** A byte of each rule for each bucket, so that a feature is looked up once. */
function sideBySide(rules: SenseRules): Uint8Array {
  const { length } = WORD_CLASSES
  const bytes = new Uint8Array(length * SHARED + BEYOND)
  for (const [nth, wordClass] of WORD_CLASSES.entries()) {
    const own = rules[wordClass]?.weights ?? []
    for (let bucket = 0; bucket < own.length; bucket += 1) bytes[length * bucket + nth] = own[bucket]!
  }
  return bytes
}

/** What the loop wrote, asked for by many texts whose words say it too: nothing is made that is not needed. */
function stretchesAt(found: number, count: number, rows: number): Stretch[] {
  const stretches: Stretch[] = []
  for (let at = found >> 2; stretches.length < count; at += TOLD) {
    const [start, end, says, sure] = [numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!]
    const [from, to] = [(rows >> 2) + ROW * start, (rows >> 2) + ROW * end]
    const stands = (script: number): boolean => numbers[to + script]! > numbers[from + script]!
    stretches.push({ start, end, says, sure, language: stands(HAN) ? 'zh' : stands(LATIN) ? 'en' : null })
  }
  return stretches
}

const KIND = 'foreshock-leaving-2'

const fileSchema = z.strictObject({
  kind: z.literal(KIND),
  rules: z.partialRecord(
    z.enum(WORD_CLASSES),
    z.strictObject({
      bias: z.number(),
      scale: z.number().positive(),
      /** Bytes, as base64. */
      weights: z.base64().transform((written) => Int8Array.from(Buffer.from(written, 'base64'))),
    }),
  ),
})

export function writeSense(rules: SenseRules): string {
  const written = Object.entries(rules).map(([wordClass, { bias, scale, weights }]) => {
    const { buffer, byteOffset, length } = weights
    return [wordClass, { bias, scale, weights: Buffer.from(buffer, byteOffset, length).toString('base64') }]
  })
  return `${JSON.stringify({ kind: KIND, rules: Object.fromEntries(written) }, null, 2)}\n`
}

/** What `writeSense` wrote. Throws CONFIG_INVALID naming the file where it is something else. */
export function parseSense(source: string, file: string): SenseRules {
  const { success, data } = fileSchema.safeParse(jsonIn(source))
  if (success && Object.values(data.rules).every(({ weights }) => weights.length === SHARED))
    return data.rules
  throw new ForeshockError(
    'CONFIG_INVALID',
    `${file} holds nothing learned of what sentences say, or was made for an earlier version.`,
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
