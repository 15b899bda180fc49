import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTableFile } from '../../src/sources/table-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreshock-table-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(name: string, content: string | Uint8Array) {
  await writeFile(join(folder, name), content)
  return readTableFile(join(folder, name), new AbortController().signal)
}

// 姓名,流失 / 王芳,是 in GBK.
const GBK = Buffer.from('d0d5c3fb2cc1f7caa70acdf5b7bc2ccac70a', 'hex')

test.each<[string, string | Uint8Array, string[], string[]]>([
  ['a.csv', 'id,plan\n1,"a, b"\n\n', ['id', 'plan'], ['1', 'a, b']],
  ['a.tsv', 'id\tplan\n1\ta,b\n', ['id', 'plan'], ['1', 'a,b']],
  ['semicolons.csv', '\ufeffid;plan\r\n1;x\r\n', ['id', 'plan'], ['1', 'x']],
  ['a.csv.gz', gzipSync('id,plan\n1,x\n'), ['id', 'plan'], ['1', 'x']],
  ['gbk.csv', GBK, ['姓名', '流失'], ['王芳', '是']],
])('reads %s', async (name, content, columns, cells) => {
  const table = await read(name, content)
  expect(table).toEqual({ columns, rows: [{ line: 2, cells }] })
})

test.each<[string, string | Uint8Array, RegExp]>([
  ['ragged.csv', 'a,b\n1,2\n1,2,3\n', /line 3 has 3 columns, the header has 2\.$/],
  ['twice.csv', 'a,a\n1,2\n', /has two columns named "a"; rename one of them\.$/],
  ['empty.csv', '', /is empty; give it a first row with the names of its columns\.$/],
  ['quote.csv', 'a,b\n1,"2\n', /line 2 /],
  ['book.csv', Buffer.from([0x50, 0x4b, 3, 4]), /is an Excel workbook or a zip archive; export it as CSV\.$/],
])('refuses %s in one sentence', async (name, content, wanted) => {
  await expect(read(name, content)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(wanted),
  })
})

test('a folder', async () => {
  await expect(readTableFile(folder, new AbortController().signal)).rejects.toThrow(
    'is a folder, not a file.',
  )
})

test('a file that is not there', async () => {
  await expect(readTableFile(join(folder, 'no.csv'), new AbortController().signal)).rejects.toThrow(
    'There is no file',
  )
})
