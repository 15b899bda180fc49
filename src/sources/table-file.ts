import { ForeshockError } from '../errors.ts'
import { clean, type Text, text } from '../text.ts'
import { bytesOf, headOf, newMeter, type Reading } from './file/bytes.ts'
import { csvRows, type RawRow } from './file/csv.ts'
import { decode, WrongEncoding, wrongly } from './file/decode.ts'
import { candidates, HEAD, type TextEncoding } from './file/encoding.ts'
import { type Line, linesOf } from './file/lines.ts'
import { FileProblem } from './file/problem.ts'

/** A whole table as it stands in a file: every cell still words. */
export interface WordTable {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

const UNPACKED_LIMIT = 1024 ** 3
const EMPTY = text(
  '是空的；请在第一行写上列名',
  'is empty; give it a first row with the names of its columns',
)
const DELIMITERS = [',', '\t', ';', '|']

/**
 * Reads a CSV or TSV file (also .gz; UTF-8, UTF-16 or GBK) into memory; the first row names the columns. Rejects with BAD_INPUT,
 * naming the line, where the file cannot be read as a table, and with the system's error where it cannot be read at all.
 */
export async function readTableFile(path: string, signal: AbortSignal): Promise<WordTable> {
  const reading: Reading = { path, unpackedLimit: UNPACKED_LIMIT, signal }
  try {
    const wrong: Text[] = []
    const head = await headOf(reading, HEAD)
    if (head.length === 0) throw new FileProblem(EMPTY.zh, EMPTY.en)
    for (const encoding of candidates(head, 'auto')) {
      try {
        return await readAs(encoding, reading)
      } catch (error) {
        if (!(error instanceof WrongEncoding)) throw error
        wrong.push(error.said)
      }
    }
    throw wrongly(wrong)
  } catch (error) {
    if (error instanceof FileProblem) throw refused(path, error.message)
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && syscall !== undefined) {
      throw new ForeshockError('NOT_FOUND', `There is no file ${path}.`, 'Check the name and the folder.')
    }
    if (code === 'EISDIR') throw refused(path, 'is a folder, not a file')
    throw error
  }
}

async function readAs(encoding: TextEncoding, reading: Reading): Promise<WordTable> {
  let columns: readonly string[] | null = null
  const rows: WordTable['rows'][number][] = []
  const take = (page: readonly RawRow[]): void => {
    for (const row of page) {
      if ('reason' in row)
        throw new FileProblem(`第 ${row.line} 行${row.zh}`, `line ${row.line} ${row.reason}`)
      if (columns === null) columns = headerOf(row.cells)
      else if (row.cells.some((cell) => cell.trim() !== '')) rows.push(squared(row, columns.length))
    }
  }
  let gather: ReturnType<typeof csvRows> | null = null
  for await (const lines of linesOf(decode(bytesOf(reading, newMeter()), encoding, true))) {
    gather ??= csvRows(delimiterOf(lines, reading.path), null)
    take(gather.push(lines))
  }
  take(gather?.end() ?? [])
  if (columns === null) throw new FileProblem(EMPTY.zh, EMPTY.en)
  return { columns, rows }
}

/** A .tsv has tabs; else whatever the first line with words has most of. */
function delimiterOf(lines: readonly Line[], path: string): string {
  if (/\.(tsv|tab)(\.gz)?$/i.test(path)) return '\t'
  const first = lines.find(({ text }) => text.trim() !== '')?.text ?? ''
  const found = (mark: string) => first.split(mark).length
  return DELIMITERS.reduce((most, mark) => (found(mark) > found(most) ? mark : most))
}

function headerOf(cells: readonly string[]): string[] {
  const names = cells.map((cell) => clean(cell).trim())
  const twice = names.find((name, at) => names.indexOf(name) < at)
  if (twice !== undefined) {
    throw twice === ''
      ? new FileProblem(
          '有几列没有名字；请在第一行写上',
          'has several columns without a name; name them in the first row',
        )
      : new FileProblem(
          `有两列都叫“${twice}”；请改名其中一列`,
          `has two columns named "${twice}"; rename one of them`,
        )
  }
  return names
}

function squared(row: { line: number; cells: readonly string[] }, width: number): WordTable['rows'][number] {
  if (row.cells.length === width) return { line: row.line, cells: row.cells }
  const count = row.cells.length === 1 ? '1 column' : `${row.cells.length} columns`
  throw new FileProblem(
    `第 ${row.line} 行有 ${row.cells.length} 列，表头有 ${width} 列`,
    `line ${row.line} has ${count}, the header has ${width}`,
  )
}

function refused(path: string, reason: string): ForeshockError {
  return new ForeshockError('BAD_INPUT', `${path} ${reason}.`, 'Correct it, or name another file.')
}
