import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CustomerRecord } from '../../src/records/record.ts'
import { type Folder, HEADER, NO_ID, newFolder, pull, visitRows, visits } from './folder.ts'

let folder: Folder
beforeEach(async () => {
  folder = await newFolder()
})
afterEach(() => folder.remove())

const CUSTOMERS = {
  path: 'customers.csv',
  record: 'customer',
  fields: { keys: { crm: '编号' }, name: '姓名' },
}
const NAMES = ['王堃', '李喆', '欧阳娜娜', '张伟']
const TABLE = `编号,姓名\r\n${NAMES.map((name, index) => `${index + 1},${name}`).join('\r\n')}\r\n`
/** 王堃, 李喆, 欧阳娜娜, 张伟 in GBK; Node writes no GBK itself. */
const GBK = Buffer.from(
  'b1e0bac52cd0d5c3fb0d0a312ccdf588d20d0a322cc0eed54a0d0a332cc5b7d1f4c4c8c4c80d0a342cd5c5ceb00d0a'.replace(
    /\s/g,
    '',
  ),
  'hex',
)

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

async function names(content: Buffer, overrides = {}): Promise<(string | undefined)[]> {
  await folder.write('customers.csv', content)
  const { records, rejected } = await pull(visits(folder, { ...CUSTOMERS, ...overrides }))
  expect(rejected).toEqual([])
  return records.map((record) => (record as CustomerRecord).name)
}

async function heldBecause(content: Buffer, overrides = {}): Promise<string> {
  await folder.write('customers.csv', content)
  const { records, rejected } = await pull(visits(folder, { ...CUSTOMERS, ...overrides }))
  expect(records).toEqual([])
  expect(rejected).toHaveLength(1)
  expect(rejected[0]!.line).toBe(0)
  return rejected[0]!.reason
}

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(TABLE)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TABLE}`)],
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${TABLE}`, 'utf16le')],
    ['UTF-16BE with a mark', utf16be(`\ufeff${TABLE}`)],
    ['UTF-16LE without a mark', Buffer.from(TABLE, 'utf16le')],
    ['UTF-16BE without a mark', utf16be(TABLE)],
  ])('%s', async (_, content) => expect(await names(content)).toEqual(NAMES))

  it('GBK, found and declared', async () => {
    const wanted = new TextDecoder('gbk').decode(GBK).split('\r\n').slice(1, -1)
    const expected = wanted.map((row) => row.split(',')[1])
    expect(expected.slice(2)).toEqual(['欧阳娜娜', '张伟'])
    expect(await names(GBK)).toEqual(expected)
    expect(await names(GBK, { encoding: 'gbk' })).toEqual(expected)
  })

  it('GBK whose first Chinese character comes late in the file', async () => {
    const ascii = Array.from({ length: 6_000 }, (_, index) => `${index},customer ${index}`).join('\n')
    const chinese = Buffer.concat([
      Buffer.from('id,name\n'),
      Buffer.from(`${ascii}\nlast,`),
      Buffer.from('d5c5ceb00a', 'hex'),
    ])
    const found = await names(chinese, { fields: { keys: { crm: 'id' }, name: 'name' } })
    expect(found).toHaveLength(6_001)
    expect(found.at(-1)).toBe('张伟')
  })

  it('refuses what is in no encoding it knows, and never replaces a character', async () => {
    const broken = Buffer.concat([Buffer.from(TABLE), Buffer.from([0x35, 0x2c, 0xff, 0xff, 0x0a])])
    expect(await heldBecause(broken)).toMatch(
      /^customers\.csv is not UTF-8 \(near line 6\) and not GBK .*; save it as UTF-8$/,
    )
    expect(await heldBecause(GBK, { encoding: 'utf-8' })).toMatch(
      /is not UTF-8 \(near line 1\); save it as UTF-8/,
    )
    expect(await heldBecause(Buffer.from('\ufeffa', 'utf16le'), { encoding: 'gbk' })).toMatch(
      /begins with the mark of utf-16le, but the mapping says gbk/,
    )
  })

  it('does not read Western text as GBK', async () => {
    const western = Buffer.from(
      '编号,姓名\n'.replace(/.*/, 'id,name\n1,Renée\n2,Zoë B\n3,José P\n'),
      'latin1',
    )
    const fields = { keys: { crm: 'id' }, name: 'name' }
    expect(await heldBecause(western, { fields })).toMatch(/not UTF-8 .* and not GBK/)
  })

  it('refuses a name that was damaged before it came here', async () => {
    await folder.write('customers.csv', `${TABLE}5,王\ufffd\r\n`)
    const { rejected } = await pull(visits(folder, CUSTOMERS))
    expect(rejected[0]!.reason).toMatch(/^name .* left by a wrong conversion; export it again as UTF-8$/)
  })

  it('names files that are no text', async () => {
    expect(await heldBecause(Buffer.from('PK\u0003\u0004rest'))).toMatch(/is a damaged Excel workbook/)
    expect(await heldBecause(gzipSync(TABLE))).toMatch(/is packed with gzip; give its name the ending \.gz/)
    expect(await heldBecause(Buffer.alloc(64))).toMatch(/is not a text file/)
  })
})

describe('formats', () => {
  const four = (rows: string) => `${HEADER}\n${rows}`

  it.each<[string, string, Record<string, unknown>]>([
    ['visits.csv', four('V1,C1,2026-05-01,5'), {}],
    ['visits.tsv', four('V1,C1,2026-05-01,5').replaceAll(',', '\t'), {}],
    ['visits.txt', `  ${four('  V1   C1\t2026-05-01  5 \n\n').replaceAll(',', ' ')}`, {}],
    ['visits.ndjson', '{"order_no":"V1","customer_id":"C1","date":"2026-05-01","paid":5}\n', {}],
    ['visits.csv', four('V1;C1;2026-05-01;5').replaceAll(',', ';'), { delimiter: ';' }],
    [
      'visits.dat',
      'V1|C1|2026-05-01|5',
      { format: 'csv', delimiter: '|', header: false, columns: HEADER.split(',') },
    ],
  ])('%s', async (name, content, overrides) => {
    for (const [written, packed] of [[name, content] as const, [`${name}.gz`, gzipSync(content)] as const]) {
      await folder.write(written, packed)
      const { records, rejected } = await pull(
        visits(folder, { path: written, ...overrides, format: overrides['format'] }),
      )
      expect(rejected).toEqual([])
      expect(records).toEqual([
        expect.objectContaining({
          sourceId: 'V1',
          amount: { minor: 500, currency: 'CNY' },
          at: new Date('2026-04-30T16:00:00Z'),
        }),
      ])
    }
  })

  it('reads NDJSON by dotted paths, and refuses what is no plain row', async () => {
    const rows = [
      '{"order_no":1,"customer":{"id":"C1"},"date":"2026-05-01","paid":"5"}',
      '{"order_no":2,"customer.id":"C2","date":"2026-05-01","paid":null}',
      ...Array.from(
        { length: 40 },
        (_, index) => `{"order_no":${index + 3},"customer":{"id":"C"},"date":"2026-05-01"}`,
      ),
      '{"order_no":',
      '[1]',
      '{"order_no":"x","customer":{"id":"C1"},"date":"2026-05-01","__proto__":{"paid":1}}',
      '{"order_no":"x","customer":{"id":["C1"]},"date":"2026-05-01"}',
      '{"order_no":9007199254740993,"customer":{"id":"C1"},"date":"2026-05-01"}',
      '{"order_no":"x","customer":{"constructor":1},"date":"2026-05-01"}',
    ]
    await folder.write('visits.ndjson', rows.join('\n'))
    const fields = { ...NO_ID, id: 'order_no', customer: { crm: 'customer.id' } }
    const { records, rejected } = await pull(visits(folder, { path: 'visits.ndjson', fields }))
    expect(records.slice(0, 2)).toMatchObject([{ customer: { value: 'C1' } }, { customer: { value: 'C2' } }])
    expect(records).toHaveLength(42)
    expect(rejected.map((rejection) => rejection.reason)).toEqual([
      'is not valid JSON; write one object a line',
      'is not a JSON object; write one object a line',
      'has a key "__proto__", which is refused; rename it',
      '"customer.id" holds a list or an object, not a value',
      '"order_no" is a number too large to be read exactly; write it as a string',
      'customer is empty (column "customer.id"); every event needs its customer',
    ])
    expect(rejected.map((rejection) => rejection.line)).toEqual([43, 44, 45, 46, 47, 48])
  })

  it('reads the files of a folder in the order of their names, and only those of the pattern', async () => {
    await folder.write('in/visits-2.csv', four(visitRows(2, 3)))
    await folder.write('in/visits-1.csv.gz', gzipSync(four(visitRows(2))))
    await folder.write('in/other.csv', 'a,b\n1,2\n')
    await folder.write('in/.visits-3.csv', 'hidden')
    const source = visits(folder, { path: 'in', pattern: 'visits-*' })
    const first = await pull(source)
    expect(first.records.map((record) => record.sourceId)).toEqual(['V1', 'V2', 'V3', 'V4'])
    expect(first.batches.map((batch) => batch.begins)).toEqual([['in/visits-1.csv.gz'], ['in/visits-2.csv']])

    await folder.write('in/visits-2.csv', four(visitRows(3, 3)))
    const second = await pull(source, first.cursor)
    expect(second.records.map((record) => record.sourceId)).toEqual(['V3', 'V4', 'V5'])
    expect(Object.keys(second.cursor!['files'] as object)).toHaveLength(2)
  })
})

describe('packed files', () => {
  const content = gzipSync(`${HEADER}\n${visitRows(5000)}`)

  it.each([
    [
      'cut short',
      content.subarray(0, content.length - 50),
      /is a damaged \.gz after [\d,]+ unpacked bytes \(unexpected end of file\)/,
    ],
    [
      'not gzip at all',
      Buffer.from(HEADER),
      /is a damaged \.gz from its start \(incorrect header check\); copy it again/,
    ],
  ])('%s', async (_, bytes, reason) => {
    await folder.write('visits.csv.gz', bytes)
    const { records, rejected } = await pull(visits(folder, { path: 'visits.csv.gz' }))
    expect(records).toEqual([])
    expect(rejected.map((rejection) => rejection.reason)).toEqual([expect.stringMatching(reason)])
  })

  it('may unpack to so much and no more', async () => {
    await folder.write('visits.csv.gz', gzipSync(`${HEADER}\n${'V1,C1,2026-05-01,5\n'.repeat(200_000)}`))
    const { rejected } = await pull(visits(folder, { path: 'visits.csv.gz' }, { unpackedLimit: 1_000_000 }))
    expect(rejected[0]!.reason).toMatch(/^visits\.csv\.gz unpacks to more than 1,000,000 bytes; split it/)
  })
})
