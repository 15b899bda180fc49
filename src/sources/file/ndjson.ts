import { bad, type Refused } from '../../records/parsed.ts'
import { cellsIn, mayHide } from '../cells.ts'
import type { RawRow } from './csv.ts'
import type { Line } from './lines.ts'

/** One JSON object a line; `columns` are its keys or dotted paths, in the order the cells are wanted. */
export function ndjsonRows(lines: readonly Line[], columns: readonly string[], seen: Set<string>): RawRow[] {
  const rows: RawRow[] = []
  for (const line of lines) {
    if (line.text.trim() !== '') rows.push(rowOf(line, columns, seen))
  }
  return rows
}

function rowOf(line: Line, columns: readonly string[], seen: Set<string>): RawRow {
  const refused = (why: Refused): RawRow => ({ line: line.number, raw: line.text, ...why })
  const value = parsed(line.text)
  if (value === undefined)
    return refused(bad('不是有效的 JSON；请每行写一个对象', 'is not valid JSON; write one object a line'))
  const cells = cellsIn(value, columns, mayHide(line.text), seen)
  return 'reason' in cells ? refused(cells) : { line: line.number, raw: line.text, cells: cells.value }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
