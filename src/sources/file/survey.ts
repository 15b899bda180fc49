import { setImmediate as breathe } from 'node:timers/promises'
import { type Text, text } from '../../text.ts'
import { columnProblems } from '../columns.ts'
import { mappedColumns } from '../row.ts'
import { REASONS, type Soundness, unsoundness } from '../sound.ts'
import { toRecord } from '../to-record.ts'
import { headOf } from './bytes.ts'
import { WrongEncoding, wrongly } from './decode.ts'
import { candidates, HEAD, type TextEncoding } from './encoding.ts'
import type { FoundFile } from './locate.ts'
import { FileProblem } from './problem.ts'
import { type Job, type OpenFile, openFile, readingOf } from './read.ts'

/** What the first pass over a file found. */
export type Survey =
  /** Its rows can be taken. */
  | (Counted & { readonly outcome: 'ready'; readonly encoding: TextEncoding })
  /** Nothing may be taken from it until it changes. */
  | { readonly outcome: 'held'; readonly reason: Text; readonly sha256: string }
  /** The mapping does not fit its columns: one finding each. */
  | { readonly outcome: 'misfit'; readonly problems: readonly Text[] }

interface Counted extends Soundness {
  readonly sha256: string
  /** Mapped columns no row has (NDJSON only). */
  readonly unseen: readonly string[]
}

/** First pass: finds the encoding and maps every row, keeping only counts. Nothing of the file is used yet. */
export async function survey(file: FoundFile, job: Job): Promise<Survey> {
  try {
    const wrong: Text[] = []
    for (const encoding of await encodingsOf(file, job)) {
      try {
        return await count(file, encoding, job)
      } catch (error) {
        if (!(error instanceof WrongEncoding)) throw error
        wrong.push(error.said)
      }
    }
    throw wrongly(wrong)
  } catch (error) {
    if (error instanceof FileProblem) return { outcome: 'held', reason: error.said, sha256: '' }
    throw error
  }
}

/** A workbook says its own. */
async function encodingsOf(file: FoundFile, job: Job): Promise<TextEncoding[]> {
  if (file.format === 'xlsx') return ['utf-8']
  return candidates(await headOf(readingOf(file, job), HEAD), job.mapping.encoding)
}

async function count(file: FoundFile, encoding: TextEncoding, job: Job): Promise<Survey> {
  const open = await openFile(file, encoding, job)
  try {
    const { columns } = open.table
    const problems =
      columns === null || open.table.seen ? [] : columnProblems(columns, mappedColumns(job.mapping))
    if (problems.length > 0) return { outcome: 'misfit', problems }
    return judged(await counted(open, job), encoding)
  } finally {
    await open.close()
  }
}

async function counted({ table, meter }: OpenFile, job: Job): Promise<Counted> {
  const read = toRecord(job.mapping, table.columns ?? [], job.rules)
  const reasons: Text[] = []
  let rows = 0
  let bad = 0
  for await (const page of table.rows) {
    for (const row of page) {
      rows += 1
      const record = 'reason' in row ? row : read(row.cells, () => '')
      if ('value' in record) continue
      bad += 1
      if (reasons.length < REASONS)
        reasons.push(text(`第 ${row.line} 行：${record.zh}`, `line ${row.line}: ${record.reason}`))
    }
    await breathe()
  }
  const unseen =
    table.seen === null || rows === 0
      ? []
      : mappedColumns(job.mapping).filter((name) => !table.seen?.has(name))
  return { sha256: meter.hash.digest('hex'), rows, bad, reasons, unseen }
}

function judged(found: Counted, encoding: TextEncoding): Survey {
  const reason = unsoundness(found)
  if (reason === null) return { outcome: 'ready', encoding, ...found }
  return { outcome: 'held', reason, sha256: found.sha256 }
}
