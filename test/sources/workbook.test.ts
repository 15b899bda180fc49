import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { showsDate, writtenSerial } from '../../src/sources/file/workbook/serial.ts'
import type { Source } from '../../src/sources/source.ts'
import { type Folder, newFolder, pull, visits } from './folder.ts'
import { type Given, workbook, zip } from './workbook.ts'

let folder: Folder
beforeAll(async () => {
  folder = await newFolder()
})
afterAll(() => folder.remove())

const HEAD = ['order_no', 'customer_id', 'date', 'paid']
const book = async (rows: readonly (readonly Given[])[], more = {}) => {
  await folder.write('visits.xlsx', workbook({ Visits: [HEAD, ...rows] }, more))
  return visits(folder, { path: 'visits.xlsx' })
}
const styled = (value: number, style: number): Given => ({ xml: `<c s="${style}"><v>${value}</v></c>` })
const heldFor = async (source: Source) => (await pull(source)).rejected.map(({ reason }) => reason).join()

describe('a workbook', () => {
  it('gives words, numbers and dates as they are meant', async () => {
    const source = await book([
      ['V1', 13800138000, styled(46143, 1), 19.989999999999998],
      [
        '<r><t>V</t></r><r><t>2</t></r><rPh sb="0" eb="1"><t>ブイ</t></rPh>',
        'C&7',
        styled(46143.35416666666, 2),
        0.1,
      ],
      [
        { xml: '<c t="str"><f>"V"&amp;3</f><v>V3</v></c>' },
        'C_x0041_',
        '2026-05-01',
        { xml: '<c><f>1+1</f><v>2</v></c>' },
      ],
      ['', '', '', ''],
      [
        { xml: '<c r="A9" t="inlineStr"><is><t>V4</t></is></c>' },
        { xml: '<c r="C9" s="1"><v>46144</v></c>' },
        { xml: '<c r="B9"><v>7</v></c>' },
      ],
    ])
    const { records, rejected } = await pull(source)
    expect(rejected).toEqual([])
    expect(records).toEqual([
      expect.objectContaining({
        sourceId: 'V1',
        customer: { kind: 'crm', value: '13800138000' },
        at: new Date('2026-04-30T16:00:00Z'),
        amount: { minor: 1999, currency: 'CNY' },
      }),
      expect.objectContaining({
        sourceId: 'V2',
        customer: { kind: 'crm', value: 'C&7' },
        at: new Date('2026-05-01T00:30:00Z'),
        amount: { minor: 10, currency: 'CNY' },
      }),
      expect.objectContaining({
        sourceId: 'V3',
        customer: { kind: 'crm', value: 'CA' },
        amount: { minor: 200, currency: 'CNY' },
      }),
      expect.objectContaining({ sourceId: 'V4', customer: { kind: 'crm', value: '7' } }),
    ])
  })

  it('names what Excel itself lost: digits beyond 15, formulas without a value', async () => {
    const { rejected } = await pull(
      await book([
        [1234567890123456, 'C1', '2026-05-01', 1],
        ['V2', 'C1', '2026-05-01', { xml: '<c><f>SUM(A1)</f></c>' }],
        ['V3', 'C1', '2026-05-01', { xml: '<c t="e"><v>#DIV/0!</v></c>' }],
      ]),
    )
    expect(rejected.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      expect.stringMatching(/^2: "order_no" is a number of more than 15 digits/),
      expect.stringMatching(/^3: "paid" holds a formula without its value/),
      `4: "paid" holds the error #DIV/0!; mend its formula`,
    ])
  })

  it('is read once, however it is called, and again when it changes', async () => {
    const rows = [['V1', 'C1', '2026-05-01', 1]]
    await folder.write('export.csv', workbook({ Visits: [HEAD, ...rows] }))
    const source = visits(folder, { path: 'export.csv' })
    const first = await pull(source)
    expect(first.records).toHaveLength(1)
    expect((await pull(source, first.cursor)).batches).toEqual([])
    await folder.write('export.csv', workbook({ Visits: [HEAD, ...rows, ['V2', 'C1', '2026-05-02', 1]] }))
    expect((await pull(source, first.cursor)).records).toHaveLength(2)
  })

  it('gives the sheet that is named, else the first that is shown', async () => {
    const sheets = { Draft: [['nothing']], May: [HEAD, ['V1', 'C1', '2026-05-01', 1]], June: [HEAD] }
    await folder.write('visits.xlsx', workbook(sheets, { hidden: ['Draft'], from1904: true }))
    const sheet = (name?: string) => visits(folder, { path: 'visits.xlsx', sheet: name })
    expect((await pull(sheet())).records).toHaveLength(1)
    expect((await pull(sheet('June'))).records).toHaveLength(0)
    expect(await heldFor(sheet('Juni'))).toMatch(
      /has no sheet "Juni"; it has: Draft, May, June. Did you mean "June"/,
    )
    expect(await sheet('Draft').check()).toEqual([expect.stringMatching(/^shop: visits.xlsx has no column/)])
  })
})

describe('a workbook that cannot be read', () => {
  const good = workbook({
    Visits: [HEAD, ...Array.from({ length: 500 }, (_, at) => [`V${at}`, 'C1', '2026-05-01', at])],
  })
  const sheet = (xml: string | Buffer) => ({
    'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="a"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<r><Relationship Id="a" Type="x/worksheet" Target="a.xml"/></r>',
    'xl/a.xml': xml,
  })
  it.each<[string, Buffer, RegExp]>([
    ['cut short', good.subarray(0, good.length - 40), /is a damaged Excel workbook .*; save it anew/],
    [
      'of other bytes',
      Buffer.concat([good.subarray(0, 900), Buffer.alloc(300, 7), good.subarray(1200)]),
      /is a damaged/,
    ],
    ['of broken XML', zip(sheet('<worksheet><row></worksheet>')), /is a damaged Excel workbook/],
    ['locked', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /is protected by a password/],
    ['with locked parts', zip(sheet('<worksheet/>'), 1), /is protected by a password/],
    ['another archive', zip({ 'a.txt': 'a' }), /is a zip archive, not an Excel workbook/],
    [
      'one endless text',
      zip(sheet(`<row><c t="str"><v>${'a'.repeat(5_000_000)}`)),
      /a text that no cell can hold/,
    ],
    [
      'an XML bomb',
      zip(sheet('<!DOCTYPE a [<!ENTITY b "bbb">]><row><c t="str"><v>&b;</v></c></row>')),
      /is a damaged/,
    ],
  ])('%s: says so', async (_, content, reason) => {
    await folder.write('visits.xlsx', content)
    expect(await heldFor(visits(folder, { path: 'visits.xlsx' }))).toMatch(reason)
  })

  it('too large once unpacked: says so before it is', async () => {
    await folder.write('visits.xlsx', zip(sheet(`<sheetData>${'<row></row>'.repeat(90_000)}</sheetData>`)))
    expect(await heldFor(visits(folder, { path: 'visits.xlsx' }, { unpackedLimit: 500_000 }))).toMatch(
      /unpacks to more than 500,000 bytes \(xl\/a.xml\)/,
    )
  })
})

it('an old .xls in a folder is named and keeps nothing else out', async () => {
  const there = await newFolder()
  const row = 'V1,C1,2026-05-01,5'
  await there.write('in/visits.csv', `${HEAD.join()}\n${row}`)
  await there.write('in/visits-2019.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'))
  await there.write('in/page.XLS', '<table><tr><td>1</td></tr></table>')
  const source = visits(there, { path: 'in' })
  const { records, rejected } = await pull(source)
  expect(records).toHaveLength(1)
  const said = [
    'in/page.XLS is called .xls and is no Excel workbook; save it as .xlsx, or set `format`',
    'in/visits-2019.xls is an old Excel workbook (.xls), or one with a password; save it as .xlsx without a password',
  ]
  expect(rejected.map(({ reason }) => reason)).toEqual(said)
  expect(await source.check()).toEqual(said.map((each) => `shop: ${each}`))
  await there.remove()
})

it('dates are counted as Excel counts them', () => {
  expect(writtenSerial(46143, false, 'iso')).toBe('2026-05-01')
  expect(writtenSerial(44681, true, 'iso')).toBe('2026-05-01')
  expect(writtenSerial(46143.75, false, 'dd/mm/yyyy')).toBe('01/05/2026 18:00:00')
  expect([1, 59, 60, 61].map((day) => writtenSerial(day, false, 'iso'))).toEqual([
    '1900-01-01',
    '1900-02-28',
    '1900-02-29',
    '1900-03-01',
  ])
  expect([0.5, -3, 9e9].map((day) => writtenSerial(day, false, 'iso'))).toEqual([
    '12:00:00',
    '-3',
    '9000000000',
  ])
  const codes = [
    'yyyy-mm-dd',
    '[$-804]d;@',
    'h:mm AM/PM',
    '0.00',
    '[Red]0',
    '"day" 0',
    '[h]:mm',
    'General',
    '0.00E+00',
  ]
  expect(codes.map((code) => showsDate(164, code))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ])
})
