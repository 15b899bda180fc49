import { DAY } from '../../clock.ts'
import type { Cursor } from '../source.ts'
import type { Asked, Column, Position, Row } from './dialect.ts'

/** What is remembered between pulls. */
export interface Mark {
  /** Null: the next pull begins with the first row. */
  readonly position: Position | null
  /** When the pull that came so far began; null: none has. */
  readonly readAt: Date | null
}

const VERSION = 1
const NOTHING: Mark = { position: null, readAt: null }

/** The mark of an earlier pull; under another fingerprint all rows are read again. */
export function readMark(cursor: Cursor | null, fingerprint: string): Mark {
  if (cursor?.['version'] !== VERSION || cursor['mapping'] !== fingerprint) return NOTHING
  const { key, after, readAt } = cursor as { key?: unknown; after?: unknown; readAt?: unknown }
  const began = typeof readAt === 'string' ? new Date(readAt) : null
  if (typeof key !== 'string' || (after !== null && typeof after !== 'string'))
    return { ...NOTHING, readAt: began }
  return { position: { after, key }, readAt: began }
}

export function writeMark({ position, readAt }: Mark, fingerprint: string): Cursor {
  return { version: VERSION, mapping: fingerprint, ...position, readAt: readAt?.toISOString() ?? null }
}

/**
 * What is read again before the position. A row can be committed after one that carries a later time; whoever commits within
 * `overlap` is still found, for everything changed since shortly before the earlier pull is read once more. What lies
 * further back was there for that pull to see.
 *
 * @param overlap minutes for times, numbers for numbers
 */
export function againOf(after: Column | null, { readAt }: Mark, overlap: number): Date | number | null {
  if (after === null || overlap === 0) return null
  if (after.kind === 'number') return overlap
  if (readAt === null || (after.kind !== 'time' && after.kind !== 'day')) return null
  // A day that is not over yet can get more rows.
  return new Date(readAt.getTime() - overlap * 60_000 - (after.kind === 'day' ? DAY : 0))
}

/**
 * The position once this row was read. A time that lies ahead (a clock or a year that was mistyped) leaves it where it was:
 * behind it no row that comes tomorrow would ever be read.
 */
export function advanced(
  position: Position | null,
  row: Row,
  { key, after }: Pick<Asked, 'key' | 'after'>,
  now: Date,
): Position | null {
  const id = row[key.name]
  if (isBlankKey(id)) return position
  if (after === null) return { after: null, key: String(id) }
  const value = row[after.name]
  if (value === null || value === undefined) return position
  const dated = after.kind === 'time' || after.kind === 'day'
  return dated && liesAhead(String(value), now) ? position : { after: String(value), key: String(id) }
}

/** A key that names nothing. */
export function isBlankKey(id: unknown): boolean {
  return id === null || id === undefined || id === ''
}

/** By a day or two: a clock without a zone may be half a day off. */
export function liesAhead(words: string, now: Date): boolean {
  if (!/^\d{4}-/.test(words)) return !words.startsWith('-')
  return words.slice(0, 10) > new Date(now.getTime() + 2 * DAY).toISOString().slice(0, 10)
}
