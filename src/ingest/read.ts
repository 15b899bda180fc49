import { bad, type Parsed } from '../records/parsed.ts'
import type { SourceRecord } from '../records/record.ts'
import { cellsIn } from '../sources/cells.ts'
import { mappedColumns } from '../sources/row.ts'
import { contentId } from '../sources/row-id.ts'
import type { RowMapping } from '../sources/row-mapping.ts'
import { type Rules, toRecord } from '../sources/to-record.ts'
import type { Sent } from './body.ts'

/** Turns what was sent into records, or says of each why it cannot be used. */
export type ReadSent = (all: readonly Sent[]) => Promise<readonly Parsed<SourceRecord>[]>

/** UTF-16 units of one voice: a long transcript has less. */
export const LONGEST_TEXT = 20_000

/** Reads another system's rows by the mapping a source of the configuration gives them. */
export function mappedReader(mapping: RowMapping, rules: Rules): ReadSent {
  const columns = mappedColumns(mapping)
  const read = toRecord(mapping, columns, rules)
  return async (all) =>
    all.map(({ value, suspect }) => {
      const cells = cellsIn(value, columns, suspect, new Set())
      return 'reason' in cells ? cells : read(cells.value, () => contentId(cells.value))
    })
}

/** A voice that is too long to be one. */
export function withinLength(read: Parsed<SourceRecord>): Parsed<SourceRecord> {
  if ('reason' in read || read.value.type !== 'feedback') return read
  const { length } = read.value.text
  if (length <= LONGEST_TEXT) return read
  return bad(
    `文字有 ${length} 个字符，最多 ${LONGEST_TEXT} 个；请分几条发送`,
    `text is ${length} characters long; ${LONGEST_TEXT} are the most, send it in parts`,
  )
}
