import { isUtf8 } from 'node:buffer'
import { quoted } from '../records/parsed.ts'
import { at, isObject, mayHide } from '../sources/cells.ts'
import { type Text, text } from '../text.ts'
import {
  KEY_TWICE,
  MOST_RECORDS,
  NO_LIST,
  NOT_JSON,
  NOT_UTF8,
  NOTHING_SENT,
  type Refusal,
  TOO_MANY,
} from './refusal.ts'
import { repeatedKey } from './repeated-key.ts'

/** One record as it was sent; `value` is undefined where the line is no JSON. */
export interface Sent {
  readonly value: unknown
  /** The line it was, where each is one. */
  readonly line?: string
  /** Whether it may hold a key "__proto__". */
  readonly suspect: boolean
  /** What is wrong with the line itself. */
  readonly fault?: Text
}

export const NDJSON = ['application/x-ndjson', 'application/ndjson'] as const

/**
 * The records of a body: one object, an array, `{"records": [...]}`, or NDJSON.
 *
 * @param list where in the body the list lies instead
 */
export function recordsIn(
  body: Buffer,
  type: string,
  list: string | undefined,
): readonly Sent[] | { readonly refused: Refusal } {
  if (!isUtf8(body)) return { refused: NOT_UTF8 }
  const words = body.toString('utf8').replace(/^\ufeff/, '')
  const sent = NDJSON.some((kind) => type.startsWith(kind)) ? lines(words) : whole(words, list)
  if ('refused' in sent) return sent
  if (sent.length === 0) return { refused: NOTHING_SENT }
  return sent.length > MOST_RECORDS ? { refused: TOO_MANY } : sent
}

function lines(words: string): Sent[] {
  const written = words.split(/\r?\n/).filter((line) => line.trim() !== '')
  return written.map(sentLine)
}

/** A record by itself, as JSON. */
export function sentLine(line: string): Sent {
  const value = parsed(line)
  const twice = value === undefined ? null : repeatedKey(line)
  const fault =
    twice === null
      ? {}
      : { fault: text(`键 ${quoted(twice)} 出现了两次`, `has the key ${quoted(twice)} twice`) }
  return { value, line, suspect: mayHide(line), ...fault }
}

function whole(words: string, list: string | undefined): Sent[] | { readonly refused: Refusal } {
  const value = parsed(words)
  if (value === undefined) return { refused: NOT_JSON }
  const twice = repeatedKey(words)
  if (twice !== null) return { refused: KEY_TWICE(twice) }
  if (list !== undefined) {
    const found = isObject(value) ? at(value, list) : undefined
    return Array.isArray(found) ? all(found, words) : { refused: NO_LIST(list) }
  }
  if (Array.isArray(value)) return all(value, words)
  if (isObject(value) && Array.isArray(value['records'])) return all(value['records'], words)
  return isObject(value) ? all([value], words) : { refused: NOT_JSON }
}

function all(values: readonly unknown[], words: string): Sent[] {
  const suspect = mayHide(words)
  return values.map((value) => ({ value, suspect }))
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words)
  } catch {
    return undefined
  }
}
