import type { DateFormat } from '../../../records/calendar.ts'
import { type Text, text } from '../../../text.ts'
import type { RawRow } from '../csv.ts'
import { FileProblem } from '../problem.ts'
import { unescaped } from './parts.ts'
import { writtenSerial } from './serial.ts'
import { parseXml } from './xml.ts'

/** A row of a sheet. */
export interface SheetRow extends Extract<RawRow, { cells: unknown }> {
  /** Why the value of a cell is not to be trusted, by its place. */
  readonly faults: ReadonlyMap<number, Text> | null
}

/** What the cells of a sheet point at. */
export interface Book {
  readonly texts: readonly string[]
  readonly isDate: readonly boolean[]
  readonly from1904: boolean
  readonly dateFormat: DateFormat
}

interface Cell {
  at: number
  type: string
  style: number
  formula: boolean
  value: string
}

/** A sheet has no column beyond XFD. */
const MOST_COLUMNS = 16_384
/** Excel keeps 15 digits of a number. */
const EXACT = 1e15

/** The rows that say something, in pages. */
export async function* sheetRows(pieces: AsyncIterable<string>, book: Book): AsyncGenerator<SheetRow[]> {
  let rows: SheetRow[] = []
  let line = 0
  let cells: string[] = []
  let faults: Map<number, Text> | null = null
  let cell: Cell | null = null
  let last = -1
  let within = ''

  const begin = (attributes: Readonly<Record<string, string>>): Cell => {
    const at = attributes['r'] === undefined ? last + 1 : columnOf(attributes['r'])
    if (at >= MOST_COLUMNS)
      throw new FileProblem(
        `写了工作表里不会有的单元格（第 ${line} 行）`,
        `names a cell that no sheet has (row ${line})`,
      )
    last = at
    return {
      at,
      type: attributes['t'] ?? 'n',
      style: Number(attributes['s'] ?? -1),
      formula: false,
      value: '',
    }
  }
  const end = ({ at, ...rest }: Cell): void => {
    while (cells.length < at) cells.push('')
    const [words, fault] = readCell(rest, book)
    cells[at] = words
    if (fault !== undefined) faults = (faults ?? new Map<number, Text>()).set(at, fault)
  }

  const steps = parseXml(pieces, {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1)
        ;[cells, faults, last] = [[], null, -1]
      } else if (name === 'c') cell = begin(attributes)
      else if (name === 'f' && cell !== null) cell.formula = true
      else if (name === 'v' || name === 't' || name === 'rPh') within = within === 'rPh' ? 'rPh' : name
    },
    text: (words) => {
      if (cell !== null && (within === 'v' || within === 't')) cell.value += words
    },
    close: (name) => {
      if (name === within) within = ''
      if (name === 'c' && cell !== null) {
        end(cell)
        cell = null
      }
      if (name === 'row' && (faults !== null || cells.some((words) => words.trim() !== '')))
        rows.push({ line, raw: cells.join(' | '), cells, faults })
    },
  })
  for await (const _ of steps) {
    if (rows.length === 0) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

/** What a cell says, and why that is not to be trusted. */
function readCell({ type, style, formula, value }: Omit<Cell, 'at'>, book: Book): [string, Text?] {
  if (type === 's') return [book.texts[Number(value)] ?? '']
  if (type === 'inlineStr' || type === 'str') return [unescaped(value)]
  if (type === 'b') return [value === '1' ? 'true' : value === '' ? '' : 'false']
  // That nothing is there can be meant; any other error is a fault of the sheet.
  if (type === 'e' && value !== '#N/A')
    return [value, text(`里是错误值 ${value}；请修正公式`, `holds the error ${value}; mend its formula`)]
  if (type !== 'n') return [value]
  if (value === '') return formula ? ['', NO_VALUE] : ['']
  const number = Number(value)
  if (!Number.isFinite(number)) return [value]
  if (book.isDate[style]) return [writtenSerial(number, book.from1904, book.dateFormat)]
  return Math.abs(number) >= EXACT ? [String(number), TOO_LONG] : [String(number)]
}

const NO_VALUE = text(
  '里的公式没有结果；请用表格软件打开并保存一次',
  'holds a formula without its value; open and save the workbook in a spreadsheet program',
)
const TOO_LONG = text(
  '是超过 15 位的数字，而 Excel 只保留 15 位；请把这一列设为文本并重新填写',
  'is a number of more than 15 digits, of which Excel keeps 15; format the column as text and enter it anew',
)

/** 0 for A, 26 for AA. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const code = letter.charCodeAt(0) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}
