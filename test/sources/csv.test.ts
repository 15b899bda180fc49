import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRows, type RawRow } from '../../src/sources/file/csv.ts'
import { type Line, linesOf } from '../../src/sources/file/lines.ts'

async function* pieces(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function read(
  text: string,
  { delimiter = ',', size = 7, width = null as number | null } = {},
): Promise<RawRow[]> {
  const gatherer = csvRows(delimiter, width)
  const rows: RawRow[] = []
  for await (const lines of linesOf(pieces(text, size))) rows.push(...gatherer.push(lines))
  return [...rows, ...gatherer.end()]
}

const cells = (rows: RawRow[]) => rows.map((row) => ('cells' in row ? row.cells : row.reason))
const UNCLOSED = expect.stringMatching(/^has a quote that is never closed/)

describe('lines', () => {
  it('ends them at \\n, \\r\\n and \\r wherever the pieces are cut', async () => {
    for (const size of [1, 2, 3, 100]) {
      const lines: Line[] = []
      for await (const page of linesOf(pieces('a\r\nb\rc\n\nd\r', size))) lines.push(...page)
      expect(lines.map((line) => line.text)).toEqual(['a', 'b', 'c', '', 'd'])
      expect(lines.map((line) => line.end)).toEqual(['\r\n', '\r', '\n', '\n', '\r'])
      expect(lines.map((line) => line.number)).toEqual([1, 2, 3, 4, 5])
    }
  })

  it('refuses a line no table has', async () => {
    const endless = async () => {
      for await (const _ of linesOf(pieces('x'.repeat(5_000_000), 1_000_000)));
    }
    await expect(endless()).rejects.toThrow(/has a line of more than 4,194,304 characters \(line 1\)/)
  })
})

describe('csvRows', () => {
  it('reads quoted cells with separators, quotes and line breaks', async () => {
    const rows = await read('a,b\r\n"x, y","say ""hi"""\r\n"two\r\nlines",z\r\n')
    expect(cells(rows)).toEqual([
      ['a', 'b'],
      ['x, y', 'say "hi"'],
      ['two\r\nlines', 'z'],
    ])
    expect(rows.map((row) => row.line)).toEqual([1, 2, 3])
  })

  it('takes a quote inside an unquoted cell, or one that does not end it, as it is', async () => {
    expect(cells(await read('a,b\n5" disk,x\n"5" disk",y\n'))).toEqual([
      ['a', 'b'],
      ['5" disk', 'x'],
      ['"5" disk"', 'y'],
    ])
  })

  it('gives up one line for an unclosed quote before other quoted cells', async () => {
    const rows = await read('a,b\n1,"open\n2,"fine"\n3,fine\n')
    expect(cells(rows)).toEqual([['a', 'b'], UNCLOSED, ['2', 'fine'], ['3', 'fine']])
    expect(rows[1]).toMatchObject({ line: 2, raw: '1,"open' })
  })

  it('gives up one line for an unclosed quote that runs to the end', async () => {
    expect(cells(await read('a,b\n1,"open\n2,x\n3,y'))).toEqual([
      ['a', 'b'],
      UNCLOSED,
      ['2', 'x'],
      ['3', 'y'],
    ])
  })

  it('gives up one line where closing the quote later leaves the wrong width', async () => {
    expect(cells(await read('a,b\n1,"open\n2,x",y\n3,z\n'))).toEqual([
      ['a', 'b'],
      UNCLOSED,
      ['2', 'x"', 'y'],
      ['3', 'z'],
    ])
  })

  it('gives up each of several unclosed quotes', async () => {
    const rows = await read('a,b\n1,"open\n2,"open\n3,x\n4,"open\n5,y\n')
    expect(cells(rows)).toEqual([['a', 'b'], UNCLOSED, UNCLOSED, ['3', 'x'], UNCLOSED, ['5', 'y']])
  })

  it('does not let an unclosed quote reach further than a thousand lines', async () => {
    const tail = Array.from({ length: 3000 }, (_, index) => `${index},x`).join('\n')
    const rows = await read(`a,b\n0,"open\n${tail}\n`, { size: 4096 })
    expect(rows.filter((row) => 'reason' in row).map((row) => row.line)).toEqual([2])
    expect(rows).toHaveLength(3002)
  })

  it('leaves out empty lines', async () => {
    expect(cells(await read('a,b\n\n1,2\n  \n'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  const cell = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', ',', ';', '\t', '"', '\n', '\r', '堃', '😀'),
    maxLength: 8,
  })
  const table = fc.integer({ min: 1, max: 5 }).chain((width) => {
    return fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 })
  })
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`

  it('reads back any table of strings written as RFC 4180 CSV', async () => {
    const settings = { delimiter: fc.constantFrom(',', ';', '\t'), size: fc.integer({ min: 1, max: 40 }) }
    await fc.assert(
      fc.asyncProperty(table, fc.record(settings), fc.constantFrom('\n', '\r\n'), async (rows, how, end) => {
        const needed = (text: string) =>
          /["\r\n]/.test(text) || text.includes(how.delimiter) || text.trim() === ''
        const written = rows.map((row) =>
          row.map((text) => (needed(text) ? quote(text) : text)).join(how.delimiter),
        )
        expect(cells(await read(written.join(end) + end, how))).toEqual(rows)
      }),
      { numRuns: 300 },
    )
  })

  it('never loses a line, whatever the file holds', async () => {
    const junk = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '"', '1'), maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(junk, fc.integer({ min: 1, max: 9 }), async (text, size) => {
        const rows = await read(text, { size })
        // Lines of blanks between rows are dropped; all others come back, in order, each in one row.
        const kept = (words: string) => words.split('\n').filter((line) => line.trim() !== '')
        expect(rows.flatMap((row) => kept(row.raw))).toEqual(kept(text))
        expect(rows.every((row) => 'reason' in row || row.cells.length > 0)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('agrees with csv-parse on the cells of single lines', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', ',', '"', 'b', ' '), minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        fc.pre(text.trim() !== '')
        const [row] = await read(text, { size: 50 })
        if ('cells' in row!)
          expect([row.cells]).toEqual(parse(text, { relax_quotes: true, relax_column_count: true }))
      }),
      { numRuns: 500 },
    )
  })
})
