import type { Refused } from '../records/parsed.ts'
import type { SourceRecord } from '../records/record.ts'
import { clean, clip, type Text, text } from '../text.ts'
import { cellsIn } from './cells.ts'
import { mappedColumns } from './row.ts'
import { contentId } from './row-id.ts'
import type { RowMapping } from './row-mapping.ts'
import { REASONS, type Soundness } from './sound.ts'
import type { Batch, Cursor, Rejection } from './source.ts'
import { type Rules, toRecord } from './to-record.ts'

/** Rows in one batch. */
export const BATCH = 2000
const RAW_LIMIT = 500
const ID_LIMIT = 80

/** Gathers rows that come as plain objects, from a query, an API or another program, into batches. */
export interface Gathering {
  /**
   * @param value the row as it came
   * @param id what names it within its table or stream; null: nothing does, and it is known by its content
   */
  add(value: unknown, id: string | null): void
  /** What came that is no row at all, and why. */
  refuse(raw: string, why: Refused): void
  /** Rows since the last batch. */
  readonly waiting: number
  /** All rows so far. */
  readonly found: Soundness
  /** Mapped columns that no row had so far. */
  unseen(): string[]
  /** Everything since the last batch, to be stored with this cursor. */
  batch(cursor: Cursor): Batch
}

/**
 * @param place the table, query or stream, as people know it: rejections name it with the row's id, `tickets 4711`, and a row
 *   that comes again takes its earlier rejection back
 * @param scope goes before the records' ids, where one source has several tables: `tickets/`
 */
export function gather(place: string, mapping: RowMapping, rules: Rules, scope = ''): Gathering {
  const columns = mappedColumns(mapping)
  const read = toRecord(mapping, columns, rules)
  const seen = new Set<string>()
  let records: SourceRecord[] = []
  let rejected: Rejection[] = []
  let begins: string[] = []
  const found = { rows: 0, bad: 0, reasons: [] as Text[] }

  const reject = (file: string, { reason, zh }: Refused, raw: string): void => {
    found.bad += 1
    if (found.reasons.length < REASONS) found.reasons.push(text(`${file}：${zh}`, `${file}: ${reason}`))
    rejected.push({ file, line: 0, reason, zh, raw: shownRaw(raw) })
  }
  const begin = (id: string): string => {
    const file = `${place} ${clip(clean(id), ID_LIMIT)}`
    begins.push(file)
    found.rows += 1
    return file
  }

  return {
    add: (value, id) => {
      const cells = cellsIn(value, columns, true, seen)
      const rowId = id ?? contentId('reason' in cells ? [JSON.stringify(value)] : cells.value)
      const file = begin(rowId)
      const record = 'reason' in cells ? cells : read(cells.value, () => rowId)
      if ('reason' in record) reject(file, record, JSON.stringify(value))
      else records.push({ ...record.value, sourceId: scope + record.value.sourceId })
    },
    refuse: (raw, why) => reject(begin(contentId([raw])), why, raw),
    get waiting() {
      return records.length + rejected.length
    },
    found,
    unseen: () => (found.rows === 0 ? [] : columns.filter((column) => !seen.has(column))),
    batch: (cursor) => {
      const progress = { file: place, bytes: 0, totalBytes: 0, rows: found.rows }
      const made = { records, rejected, begins, cursor, progress }
      records = []
      rejected = []
      begins = []
      return made
    },
  }
}

/** A row that could not be used, short and safe to keep. */
export function shownRaw(raw: string): string {
  return clip(clean(raw), RAW_LIMIT)
}
