import { setImmediate as breathe } from 'node:timers/promises'
import type { SourceRecord } from '../../records/record.ts'
import { type Text, text } from '../../text.ts'
import { BATCH, shownRaw } from '../gather.ts'
import { scopeOf } from '../row-id.ts'
import type { Batch, Cursor, Rejection } from '../source.ts'
import type { FoundFile } from './locate.ts'
import { FileProblem } from './problem.ts'
import { type Job, openFile, recordReader } from './read.ts'
import type { Survey } from './survey.ts'

type Ready = Extract<Survey, { outcome: 'ready' }>

/** A file that loses more than this share of its rows may be half written. */
const MOST_LOST = 0.2

/** How the second pass over a file ended: what decides whether it counts as read. */
export interface Ending {
  /** The file changed between the two passes. */
  readonly changed: boolean
  /** It lost so many rows that what is missing is not taken as deleted. */
  readonly shrunk: boolean
}

/**
 * Second pass: yields the file's records in batches. `cursorOf` gives the cursor to store: the old one until the
 * last batch, which is always yielded and alone tells how the file ended.
 */
export async function* take(
  file: FoundFile,
  found: Ready,
  rowsBefore: number | null,
  job: Job,
  cursorOf: (ending: Ending | null) => Cursor,
): AsyncGenerator<Batch> {
  let records: SourceRecord[] = []
  let rejected: Rejection[] = []
  let first = true
  let rows = 0
  const batch = (bytes: number, ending: Ending | null): Batch => {
    const page: Batch = {
      records,
      rejected,
      cursor: cursorOf(ending),
      ...(first ? { begins: [file.name] } : {}),
      ...(ending !== null && isWhole(ending, job) ? { ended: [scopeOf(file.scope ?? file.name)] } : {}),
      progress: { file: file.name, bytes, totalBytes: file.size, rows },
    }
    first = false
    records = []
    rejected = []
    return page
  }

  const open = await openFile(file, found.encoding, job)
  let broken = false
  try {
    const read = recordReader(file, open.table.columns ?? [], job)
    for await (const page of open.table.rows) {
      for (const row of page) {
        if (records.length >= BATCH || rejected.length >= BATCH) {
          yield batch(open.meter.bytes, null)
          await breathe()
          job.signal.throwIfAborted()
        }
        rows += 1
        const record = read(row)
        if ('value' in record) records.push(record.value)
        else
          rejected.push({
            file: file.name,
            line: row.line,
            ...record,
            raw: shownRaw(row.raw),
          })
      }
    }
  } catch (error) {
    // The first pass read this very file to its end, so it has been changed since.
    if (!(error instanceof FileProblem)) throw error
    broken = true
  } finally {
    await open.close()
  }

  const changed = broken || open.meter.hash.digest('hex') !== found.sha256
  const shrunk = rowsBefore !== null && !job.mapping.mayShrink && found.rows < rowsBefore * (1 - MOST_LOST)
  if (changed) rejected.push(whole(file, CHANGED))
  else if (shrunk && hasScope(job))
    rejected.push({ ...whole(file, shrunkReason(found.rows, rowsBefore)), held: true })
  yield batch(open.meter.bytes, { changed, shrunk })
}

const CHANGED = text(
  '在读取时变了；下次读取会重读',
  'changed while it was being read; it will be read again at the next pull',
)

/** A rejection of the whole file. */
export function whole({ name }: FoundFile, why: Text): Rejection {
  return { file: name, line: 0, reason: `${name} ${why.en}`, zh: `${name} ${why.zh}`, raw: '' }
}

/** Only files whose rows have no id of their own make up a scope in which missing rows are gone. */
function hasScope(job: Job): boolean {
  return job.mapping.fields.id === undefined
}

function isWhole(ending: Ending, job: Job): boolean {
  return hasScope(job) && !ending.changed && !ending.shrunk
}

function shrunkReason(rows: number, before: number): Text {
  return text(
    `有 ${rows} 行，以前读到 ${before} 行；以防文件没有写完，少掉的行先保留。如果确实没有了，请给这个数据源设 \`mayShrink: true\``,
    `has ${rows} rows, ${before} at an earlier pull; the missing ones were kept in case the file is half written. If they are really gone, set \`mayShrink: true\` for this source`,
  )
}
