import { bad } from '../../records/parsed.ts'
import { clean, type Text, text } from '../../text.ts'
import { mappedColumns } from '../row.ts'
import { csvRows, type RawRow, type RowGatherer } from './csv.ts'
import type { Line } from './lines.ts'
import type { FileMapping, TextFormat } from './mapping.ts'
import { ndjsonRows } from './ndjson.ts'
import { FileProblem } from './problem.ts'

/** A file as columns and rows, whatever its format. */
export interface Table {
  /** Names of the cells of each row; null: the file has no header row yet, and so no rows. */
  readonly columns: readonly string[] | null
  /** Pages of rows; every row that has cells has one for each column. Rows of blank cells are left out. */
  readonly rows: AsyncGenerator<RawRow[]>
  /** NDJSON: the mapped columns met so far. Null: the header tells. */
  readonly seen: ReadonlySet<string> | null
}

/** Reads lines as a table, up to and including its header. Throws FileProblem where the header cannot be read. */
export async function openTable(
  lines: AsyncGenerator<Line[]>,
  format: TextFormat,
  mapping: FileMapping,
): Promise<Table> {
  if (format === 'ndjson') {
    const columns = mappedColumns(mapping)
    const seen = new Set<string>()
    return { columns, rows: objects(lines, columns, seen), seen }
  }
  const width = mapping.header ? null : (mapping.columns ?? []).length
  return tableOf(gathered(lines, gathererOf(format, mapping, width)), mapping, ragged)
}

/** Makes a row as wide as the table, or says why it is none. `whose`: who says how wide. */
export type Fit = (row: RawRow, columns: readonly string[], whose: Text) => RawRow

/** Rows as a table: the mapping names its columns, else the first row does. Throws FileProblem where that row is none. */
export async function tableOf(
  pages: AsyncGenerator<RawRow[]>,
  mapping: FileMapping,
  shaped: Fit,
): Promise<Table> {
  const declared = mapping.header ? null : (mapping.columns ?? [])
  if (declared !== null)
    return {
      columns: declared,
      rows: fitted(pages, [], declared, text('映射', 'the mapping'), shaped),
      seen: null,
    }
  const first = await pages.next()
  if (first.done === true) return { columns: null, rows: pages, seen: null }
  const [header, ...rest] = first.value
  if (header === undefined || 'reason' in header) {
    const line = header?.line ?? 1
    throw new FileProblem(
      `读不出表头：第 ${line} 行${header?.zh ?? ''}`,
      `has no readable header: line ${line} ${header?.reason ?? ''}`,
    )
  }
  const columns = header.cells.map((name) => clean(name).trim())
  return { columns, rows: fitted(pages, rest, columns, text('表头', 'the header'), shaped), seen: null }
}

function gathererOf(
  format: Exclude<TextFormat, 'ndjson'>,
  mapping: FileMapping,
  width: number | null,
): RowGatherer {
  if (format === 'blank') return { push: (lines) => lines.flatMap(blankRow), end: () => [] }
  return csvRows(mapping.delimiter ?? (format === 'tsv' ? '\t' : ','), width)
}

/** Cells between runs of blanks. */
function blankRow(line: Line): RawRow[] {
  const text = line.text.trim()
  return text === '' ? [] : [{ line: line.number, raw: line.text, cells: text.split(/\s+/) }]
}

async function* gathered(lines: AsyncGenerator<Line[]>, gatherer: RowGatherer): AsyncGenerator<RawRow[]> {
  for await (const page of lines) {
    const rows = gatherer.push(page)
    if (rows.length > 0) yield rows
  }
  const rows = gatherer.end()
  if (rows.length > 0) yield rows
}

async function* objects(lines: AsyncGenerator<Line[]>, columns: readonly string[], seen: Set<string>) {
  for await (const page of lines) yield ndjsonRows(page, columns, seen)
}

async function* fitted(
  pages: AsyncGenerator<RawRow[]>,
  first: readonly RawRow[],
  columns: readonly string[],
  whose: Text,
  shaped: Fit,
): AsyncGenerator<RawRow[]> {
  const all = (rows: readonly RawRow[]) => rows.filter(hasWords).map((row) => shaped(row, columns, whose))
  yield all(first)
  for await (const page of pages) yield all(page)
}

/** Spreadsheets end their exports with rows of bare separators; they are no rows. */
function hasWords(row: RawRow): boolean {
  return 'reason' in row || row.cells.some((cell) => cell.trim() !== '')
}

function ragged(row: RawRow, { length: width }: readonly string[], whose: Text): RawRow {
  if ('reason' in row || row.cells.length === width) return row
  const count = row.cells.length === 1 ? '1 column' : `${row.cells.length} columns`
  const why = bad(
    `有 ${row.cells.length} 列，${whose.zh}有 ${width} 列`,
    `has ${count}, ${whose.en} has ${width}`,
  )
  return { line: row.line, raw: row.raw, ...why }
}
