import type { Cursor } from '../source.ts'

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
