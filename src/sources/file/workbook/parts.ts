import { posix } from 'node:path'
import { FileProblem } from '../problem.ts'
import type { Archive } from './archive.ts'
import { showsDate } from './serial.ts'
import { readXml } from './xml.ts'

/** Small parts are read whole. */
const SMALL = 32 * 1024 ** 2
/** Texts of all sheets, which have to be in memory: a million voices. */
const TEXTS = 256 * 1024 ** 2

/** A workbook's table of contents. */
export interface Contents {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly part: string }[]
  readonly from1904: boolean
  readonly texts: string | null
  readonly styles: string | null
}

/** @throws FileProblem where the archive is no workbook */
export async function contentsOf(archive: Archive): Promise<Contents> {
  const [root] = (await relations(archive, '')).filter(({ type }) => type === 'officeDocument')
  const book = root?.part ?? 'xl/workbook.xml'
  if (book.endsWith('.bin'))
    throw new FileProblem(
      '是二进制工作簿（.xlsb）；请另存为 .xlsx',
      'is a binary workbook (.xlsb); save it as .xlsx',
    )
  if (!archive.has(book))
    throw new FileProblem(
      '是 zip 压缩包，不是 Excel 工作簿；请解压',
      'is a zip archive, not an Excel workbook; unpack it',
    )
  const related = await relations(archive, book)
  const sheets: { name: string; hidden: boolean; part: string }[] = []
  let from1904 = false
  await readXml(archive.read(book, SMALL), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true|on)$/i.test(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1]
      const relation = related.find((each) => each.id === id)
      // A sheet that is a chart has no rows.
      if (relation?.type !== 'worksheet') return
      const hidden = (attributes['state'] ?? 'visible') !== 'visible'
      sheets.push({ name: attributes['name'] ?? '', hidden, part: relation.part })
    },
  })
  const partOf = (wanted: string) => related.find(({ type }) => type === wanted)?.part ?? null
  return { sheets, from1904, texts: partOf('sharedStrings'), styles: partOf('styles') }
}

interface Relation {
  readonly id: string
  /** The last word of its address. */
  readonly type: string
  readonly part: string
}

async function relations(archive: Archive, of: string): Promise<Relation[]> {
  const part = posix.join(posix.dirname(of), '_rels', `${posix.basename(of)}.rels`)
  if (!archive.has(part)) return []
  const found: Relation[] = []
  await readXml(archive.read(part, SMALL), {
    open: (name, { Id: id = '', Type: type = '', Target: target = '' }) => {
      if (name !== 'Relationship') return
      const there = target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(of), target)
      found.push({ id, type: posix.basename(type), part: there })
    },
  })
  return found
}

/** The texts that cells share. Readings printed above characters are no part of them. */
export async function textsOf(archive: Archive, part: string | null): Promise<string[]> {
  const texts: string[] = []
  if (part === null) return texts
  let words = ''
  let within = ''
  await readXml(archive.read(part, TEXTS), {
    open: (name) => {
      if (name === 'si') words = ''
      if (name === 't' || name === 'rPh') within = within === 'rPh' ? 'rPh' : name
    },
    text: (piece) => {
      if (within === 't') words += piece
    },
    close: (name) => {
      if (name === within) within = ''
      if (name === 'si') texts.push(unescaped(words))
    },
  })
  return texts
}

/** For each style of a cell, whether it shows a date. */
export async function dateStyles(archive: Archive, part: string | null): Promise<boolean[]> {
  const styles: boolean[] = []
  if (part === null) return styles
  const codes = new Map<number, string>()
  let cells = false
  await readXml(archive.read(part, SMALL), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      if (name === 'cellXfs') cells = true
      const id = Number(attributes['numFmtId'] ?? 0)
      if (name === 'xf' && cells) styles.push(showsDate(id, codes.get(id)))
    },
    close: (name) => {
      if (name === 'cellXfs') cells = false
    },
  })
  return styles
}

/** Excel writes characters that XML cannot hold as _x000D_. */
export function unescaped(words: string): string {
  if (!words.includes('_x')) return words
  return words.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
