import type { Cursor } from '../source.ts'

/** What is remembered of a file that has been read to its end (or held back). */
export interface FileMark {
  readonly size: number
  readonly mtime: number
  readonly sha256: string
  /** Rows it had, good and bad. */
  readonly rows: number
  /** What names its rows, where that is not its own name: see moved.ts. */
  readonly scope?: string
  /** Its content when it was read under another mapping. */
  readonly was?: { readonly size: number; readonly sha256: string }
}

/** Remembered files by name. */
export type Marks = Map<string, FileMark>

const VERSION = 1

/** The marks of an earlier pull. Under another fingerprint the files are to be read again: what is kept tells a shrunken or moved one. */
export function readCursor(cursor: Cursor | null, fingerprint: string): Marks {
  const marks: Marks = new Map()
  const files = cursor?.['version'] === VERSION ? cursor['files'] : null
  if (typeof files !== 'object' || files === null) return marks
  for (const [name, mark] of Object.entries(files)) {
    if (!isMark(mark)) continue
    const valid = cursor?.['mapping'] === fingerprint
    marks.set(name, valid ? mark : unread(mark))
  }
  return marks
}

function unread({ size, sha256, rows, scope, was = { size, sha256 } }: FileMark): FileMark {
  return { size: -1, mtime: -1, sha256: '', rows, was, ...(scope === undefined ? {} : { scope }) }
}

export function writeCursor(marks: Marks, fingerprint: string): Cursor {
  return { version: VERSION, mapping: fingerprint, files: Object.fromEntries(marks) }
}

function isMark(value: unknown): value is FileMark {
  if (typeof value !== 'object' || value === null) return false
  const { size, mtime, sha256, rows, scope = '', was = {} } = value as Record<string, unknown>
  if (typeof scope !== 'string' || typeof was !== 'object') return false
  return [size, mtime, rows].every((part) => typeof part === 'number') && typeof sha256 === 'string'
}
