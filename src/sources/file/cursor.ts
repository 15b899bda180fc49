import { createHash } from 'node:crypto'
import type { FileMapping } from '../mapping.ts'
import type { Cursor } from '../source.ts'
import type { FileEnvironment } from './environment.ts'

/** What is remembered of a file that has been read to its end (or held back). */
export interface FileMark {
  readonly size: number
  readonly mtime: number
  readonly sha256: string
  /** Rows it had, good and bad. */
  readonly rows: number
}

/** Remembered files by name. */
export type Marks = Map<string, FileMark>

const VERSION = 1

/** A name for everything that decides what a row becomes: when it changes, unchanged files are read again too. */
export function fingerprintOf(mapping: FileMapping, environment: FileEnvironment): string {
  const { company, kinds } = environment
  const parts = [mapping, company.timeZone, company.currency, [...kinds].sort()]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

/** The marks of an earlier pull. Under another fingerprint only the row counts are kept, to notice a shrunken file. */
export function readCursor(cursor: Cursor | null, fingerprint: string): Marks {
  const marks: Marks = new Map()
  const files = cursor?.['version'] === VERSION ? cursor['files'] : null
  if (typeof files !== 'object' || files === null) return marks
  for (const [name, mark] of Object.entries(files)) {
    if (!isMark(mark)) continue
    const valid = cursor?.['mapping'] === fingerprint
    marks.set(name, valid ? mark : { size: -1, mtime: -1, sha256: '', rows: mark.rows })
  }
  return marks
}

export function writeCursor(marks: Marks, fingerprint: string): Cursor {
  return { version: VERSION, mapping: fingerprint, files: Object.fromEntries(marks) }
}

function isMark(value: unknown): value is FileMark {
  if (typeof value !== 'object' || value === null) return false
  const { size, mtime, sha256, rows } = value as Record<string, unknown>
  return [size, mtime, rows].every((part) => typeof part === 'number') && typeof sha256 === 'string'
}
