import type { Parsed } from '../../records/parsed.ts'
import type { SourceRecord } from '../../records/record.ts'
import { rowIds, scopeOf } from '../row-id.ts'
import { type Rules, toRecord } from '../to-record.ts'
import { bytesOf, type Meter, newMeter, type Reading } from './bytes.ts'
import type { RawRow } from './csv.ts'
import { decode } from './decode.ts'
import type { TextEncoding } from './encoding.ts'
import { linesOf } from './lines.ts'
import type { FoundFile } from './locate.ts'
import type { FileMapping } from './mapping.ts'
import { openTable, type Table } from './table.ts'
import { openWorkbook } from './workbook.ts'

/** Everything a pass over a file needs to know. */
export interface Job {
  readonly mapping: FileMapping
  readonly rules: Rules
  readonly unpackedLimit: number
  readonly signal: AbortSignal
}

export function readingOf(file: FoundFile, job: Job): Reading {
  return { path: file.path, unpackedLimit: job.unpackedLimit, signal: job.signal }
}

/** A file being read as a table. `close` must be called however the reading ends. */
export interface OpenFile {
  readonly table: Table
  readonly meter: Meter
  close(): Promise<void>
}

/** Opens a file up to its header. Throws FileProblem (WrongEncoding included) where it cannot be read. */
export async function openFile(file: FoundFile, encoding: TextEncoding, job: Job): Promise<OpenFile> {
  if (file.format === 'xlsx') return openWorkbook(file, job.mapping, readingOf(file, job))
  const meter = newMeter()
  const guessed = job.mapping.encoding === 'auto'
  const lines = linesOf(decode(bytesOf(readingOf(file, job), meter), encoding, guessed))
  // The chain is closed from its source: a generator further down may not have begun, and would close nothing.
  const close = async () => void (await lines.return(undefined))
  try {
    return { table: await openTable(lines, file.format, job.mapping), meter, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Turns the rows of one file, in file order, into records with their ids. */
export function recordReader(
  file: FoundFile,
  columns: readonly string[],
  job: Job,
): (row: RawRow) => Parsed<SourceRecord> {
  const read = toRecord(job.mapping, columns, job.rules)
  const nextId = rowIds(scopeOf(file.scope ?? file.name))
  return (row) => {
    if ('reason' in row) return row
    return read(row.cells, () => nextId(file.format === 'ndjson' ? row.raw : JSON.stringify(row.cells)))
  }
}
