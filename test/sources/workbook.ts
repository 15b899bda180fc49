import { crc32, deflateRawSync } from 'node:zlib'

/** What stands in a cell: a number, words (shared), or XML of its own. */
export type Given = number | string | { readonly xml: string }

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const escaped = (words: string) => words.replace(/&/g, '&amp;').replace(/</g, '&lt;')

/** An .xlsx as spreadsheet programs write it. Style 1 is a date, 2 a date with time, 3 a length of time. */
export function workbook(
  sheets: Readonly<Record<string, readonly (readonly Given[])[]>>,
  more: { readonly hidden?: readonly string[]; readonly from1904?: boolean } = {},
): Buffer {
  const texts: string[] = []
  const names = Object.keys(sheets)
  const cellOf = (given: Given): string => {
    if (typeof given === 'object') return given.xml
    if (typeof given === 'number') return `<c><v>${given}</v></c>`
    if (given === '') return '<c/>'
    texts.push(given)
    return `<c t="s"><v>${texts.length - 1}</v></c>`
  }
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${TYPES}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${TYPES}"><workbookPr${more.from1904 ? ' date1904="1"' : ''}/><sheets>${names
      .map(
        (name, at) =>
          `<sheet name="${escaped(name)}" sheetId="${at + 1}"${more.hidden?.includes(name) ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/styles.xml': `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
  }
  for (const [at, name] of names.entries()) {
    const rows = sheets[name]!.map((row, line) => `<row r="${line + 1}">${row.map(cellOf).join('')}</row>`)
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`
  }
  parts['xl/_rels/workbook.xml.rels'] = `<Relationships>${names
    .map(
      (_, at) =>
        `<Relationship Id="rId${at + 1}" Type="${TYPES}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
    )
    .join(
      '',
    )}<Relationship Id="s" Type="${TYPES}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="t" Type="${TYPES}/styles" Target="styles.xml"/></Relationships>`
  parts['xl/sharedStrings.xml'] = `<sst>${texts
    .map((words) => (words.startsWith('<') ? `<si>${words}</si>` : `<si><t>${escaped(words)}</t></si>`))
    .join('')}</sst>`
  return zip(Object.fromEntries(Object.entries(parts).map(([name, words]) => [name, XML + words])))
}

/** @param flags 1: the parts claim to be encrypted */
export function zip(parts: Readonly<Record<string, string | Buffer>>, flags = 0): Buffer {
  const bodies: Buffer[] = []
  const heads: Buffer[] = []
  let offset = 0
  for (const [name, words] of Object.entries(parts)) {
    const content = Buffer.from(words as string)
    const packed = deflateRawSync(content)
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(title.length, 22)
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), common, title, packed)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    heads.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, title)
    offset += 30 + title.length + packed.length
  }
  const directory = Buffer.concat(heads)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, directory, end])
}
