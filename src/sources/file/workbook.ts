import path from 'node:path'
import { meantBy } from '../../nearest.ts'
import { mappedColumns } from '../row.ts'
import { bytesOf, headOf, type Meter, newMeter, type Reading } from './bytes.ts'
import type { FoundFile } from './locate.ts'
import type { FileMapping } from './mapping.ts'
import { FileProblem } from './problem.ts'
import { type Fit, type Table, tableOf } from './table.ts'
import { openArchive } from './workbook/archive.ts'
import { type Contents, contentsOf, dateStyles, textsOf } from './workbook/parts.ts'
import { type SheetRow, sheetRows } from './workbook/sheet.ts'

/** One sheet of an .xlsx workbook as a table. The sheet is read as a stream; the texts its cells share are in memory. */
export async function openWorkbook(file: FoundFile, mapping: FileMapping, reading: Reading): Promise<Open> {
  const meter = newMeter()
  const head = await headOf(reading, LOCKED.length)
  const isOld = path.extname(file.name).toLowerCase() === '.xls'
  if (head.equals(LOCKED)) {
    throw isOld
      ? new FileProblem(
          '是旧版 Excel 工作簿（.xls），或带密码；请另存为不带密码的 .xlsx',
          'is an old Excel workbook (.xls), or one with a password; save it as .xlsx without a password',
        )
      : new FileProblem(
          '带密码，或是换了名字的旧版工作簿；请另存为不带密码的 .xlsx',
          'is protected by a password, or an old workbook under a new name; save it as .xlsx without a password',
        )
  }
  if (isOld && head.toString('latin1', 0, 2) !== 'PK')
    throw new FileProblem(
      '名为 .xls，却不是 Excel 工作簿；请另存为 .xlsx，或设置 `format`',
      'is called .xls and is no Excel workbook; save it as .xlsx, or set `format`',
    )
  const archive = await openArchive(file.path).catch((error: unknown) => {
    throw problemOf(error)
  })
  try {
    const contents = await contentsOf(archive)
    const sheet = sheetNamed(contents, mapping.sheet)
    const book = {
      texts: await textsOf(archive, contents.texts),
      isDate: await dateStyles(archive, contents.styles),
      from1904: contents.from1904,
      dateFormat: mapping.dateFormat,
    }
    const pieces = archive.read(sheet.part, reading.unpackedLimit)
    const pages = watched(sheetRows(pieces, book), reading, meter)
    const table = await tableOf(pages, mapping, fitted(mapping))
    return { table, meter, close: async () => archive.close() }
  } catch (error) {
    archive.close()
    throw problemOf(error)
  }
}

/** A workbook with a password is wrapped in what the old format was. */
const LOCKED = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

interface Open {
  readonly table: Table
  readonly meter: Meter
  close(): Promise<void>
}

/** Obeys the signal, and says of the whole file what the archive's parts cannot: its hash, and that it is damaged. */
async function* watched(
  pages: AsyncGenerator<SheetRow[]>,
  reading: Reading,
  meter: Meter,
): AsyncGenerator<SheetRow[]> {
  try {
    for await (const page of pages) {
      reading.signal.throwIfAborted()
      yield page
    }
  } catch (error) {
    throw problemOf(error)
  }
  for await (const _ of bytesOf(reading, meter));
}

/** The sheet of that name, else the first that is shown. */
function sheetNamed({ sheets }: Contents, wanted: string | undefined): Contents['sheets'][number] {
  const found =
    wanted === undefined
      ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
      : sheets.find(({ name }) => name.trim() === wanted.trim())
  if (found !== undefined) return found
  const names = sheets.map(({ name }) => name)
  if (wanted === undefined) throw new FileProblem('没有带单元格的工作表', 'has no sheet with cells')
  const meant = meantBy(wanted, names)
  throw new FileProblem(
    `没有工作表“${wanted}”；有这些：${names.join('、')}。${meant.zh}`,
    `has no sheet "${wanted}"; it has: ${names.join(', ')}.${meant.en}`,
  )
}

/** Cells at the right end that are empty are not written, and notes may stand beside the table. */
function fitted(mapping: FileMapping): Fit {
  const mapped = new Set(mappedColumns(mapping))
  return (row, columns) => {
    if ('reason' in row) return row
    const { faults = null } = row as SheetRow
    for (const [at, fault] of faults ?? []) {
      const name = columns[at]
      if (name !== undefined && mapped.has(name))
        return { line: row.line, raw: row.raw, reason: `"${name}" ${fault.en}`, zh: `“${name}”${fault.zh}` }
    }
    const cells = columns.map((_, at) => row.cells[at] ?? '')
    return { line: row.line, raw: row.raw, cells }
  }
}

/** Errors of the archive and of its XML mean that the file is damaged; those of the disk and of ours are themselves. */
function problemOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof FileProblem) return error
  const { syscall, code, message } = error as NodeJS.ErrnoException
  const isTheirs = error.constructor === Error || code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
  if (syscall !== undefined || !isTheirs) return error
  const [first] = message.split('\n', 1)
  return new FileProblem(
    `是损坏的 Excel 工作簿（${first}）；请重新保存`,
    `is a damaged Excel workbook (${first}); save it anew`,
  )
}
