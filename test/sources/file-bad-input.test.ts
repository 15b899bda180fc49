import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isExpected } from '../../src/errors.ts'
import type { Batch, Source } from '../../src/sources/source.ts'
import { type Folder, HEADER, NO_ID, newFolder, pull, visitRows, visits } from './folder.ts'

let folder: Folder
beforeEach(async () => {
  folder = await newFolder()
})
afterEach(() => folder.remove())

const GOOD = visitRows(20)

async function failure(source: Source): Promise<string> {
  const error = await pull(source).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!isExpected(error)) throw error ?? new Error('nothing was thrown')
  expect(error.code).toBe('SOURCE_FAILED')
  expect(error.explain('zh')).toMatch(/。$/)
  return error.explain('en')
}

async function reasons(rows: string): Promise<string[]> {
  await folder.write('visits.csv', `${HEADER}\n${GOOD}\n${rows}\n`)
  const { rejected } = await pull(visits(folder))
  return rejected.map((rejection) => `${rejection.file}:${rejection.line} ${rejection.reason}`)
}

describe('a bad row is refused with its file, line and reason, and the good ones are taken', () => {
  it.each([
    ['V21,C1,2026-05-01', 'visits.csv:22 has 3 columns, the header has 4'],
    ['V21,C1,2026-05-01,5,6', 'visits.csv:22 has 5 columns, the header has 4'],
    [
      'V21,C1,2031-02-01,5',
      'visits.csv:22 date 2031-02-01 is in the future (now 2026-06-01); correct the row or the clock',
    ],
    [
      'V21,C1,1970-01-01,5',
      'visits.csv:22 date 1970-01-01 is before 1990, which usually means it was never filled in; correct the row',
    ],
    ['V21,C1,2026-05-01,12x', 'visits.csv:22 amount "12x" is not a number'],
    [
      'V21,,2026-05-01,5',
      'visits.csv:22 customer is empty (column "customer_id"); every event needs its customer',
    ],
    [',C1,2026-05-01,5', 'visits.csv:22 id is empty (column "order_no"); fill it in'],
    ['V21,C1,,5', 'visits.csv:22 date is empty (column "date"); fill it in'],
    [
      'V21,"C1,2026-05-01,5\nV22,C1,2026-05-01,5',
      'visits.csv:22 has a quote that is never closed; close it, or double quotes inside a quoted cell',
    ],
  ])('%s', async (row, reason) => expect(await reasons(row)).toEqual([reason]))

  it('keeps the row as it stood, clipped and cleaned', async () => {
    await folder.write('visits.csv', `${HEADER}\n${GOOD}\nV21,C1\u0000,${'x'.repeat(900)},5\n`)
    const { rejected, records } = await pull(visits(folder))
    expect(records).toHaveLength(20)
    expect(rejected[0]!.raw).toMatch(/^V21,C1,x+…$/)
    expect(rejected[0]!.raw).toHaveLength(500)
  })

  it('names the kinds there are', async () => {
    await folder.write(
      'visits.csv',
      `kind,customer_id,date,paid\n${'visit,C1,2026-05-01,1\n'.repeat(9)}vist,C1,2026-05-01,1\n`,
    )
    const { rejected } = await pull(visits(folder, { fields: { ...NO_ID, kind: 'kind' } }))
    expect(rejected[0]!.reason).toBe(
      'kind "vist" is not one of the profile\'s kinds: visit, order, login, cancelled; translate it under `kinds`. Did you mean "visit"?',
    )
  })
})

describe('a file with too many bad rows', () => {
  const spoilt = `${HEADER}\n${GOOD}\n${'V,C1,never,5\n'.repeat(6)}`

  it('is held whole until it changes', async () => {
    await folder.write('visits.csv', spoilt)
    const held = await pull(visits(folder))
    expect(held.records).toEqual([])
    expect(held.batches[0]!.begins).toEqual(['visits.csv'])
    expect(held.rejected).toHaveLength(1)
    expect(held.rejected[0]).toMatchObject({ file: 'visits.csv', line: 0 })
    expect(held.rejected[0]!.reason).toMatch(
      /^visits\.csv has 6 unusable rows of 26 \(more than 20%\), so nothing was taken from it\. First reasons: line 22: date "never"/,
    )
    expect((await pull(visits(folder), held.cursor)).batches).toEqual([])
    await folder.write('visits.csv', `${HEADER}\n${GOOD}\n`)
    expect((await pull(visits(folder), held.cursor)).records).toHaveLength(20)
  })

  it('is not held for a handful of bad rows', async () => {
    await folder.write('visits.csv', `${HEADER}\nV1,C1,2026-05-01,5\n${'V,C1,never,5\n'.repeat(4)}`)
    const pulled = await pull(visits(folder))
    expect([pulled.records.length, pulled.rejected.length]).toEqual([1, 4])
  })
})

describe('a file that changes while it is being read', () => {
  it.each([
    ['grows', (whole: string) => `${whole}\nC1,2026-05-01,7`],
    [
      'is damaged',
      (whole: string) => Buffer.concat([Buffer.from(whole.slice(0, -2000)), Buffer.alloc(9000, 0xff)]),
    ],
  ])('%s: is not counted as read, deletes nothing, and is read again', async (_, changed) => {
    const rows = Array.from({ length: 15_000 }, (_, index) => `C${index},2026-05-01,5`)
    const content = `customer_id,date,paid\n${rows.join('\n')}`
    await folder.write('visits.csv', content)
    const batches: Batch[] = []
    for await (const batch of visits(folder, { fields: NO_ID }).pull(null, new AbortController().signal)) {
      if (batches.length === 0) await folder.write('visits.csv', changed(content))
      batches.push(batch)
    }
    const last = batches.at(-1)!
    expect(last.ended).toBeUndefined()
    expect(last.cursor['files']).toEqual({})
    expect(last.rejected.at(-1)!.reason).toMatch(/^visits\.csv changed while it was being read/)
  })
})

describe('a mapping that does not fit', () => {
  it('fails before any row is taken, naming the column that was meant', async () => {
    await folder.write('visits.csv', `order_no,customer_id,date,amount_paid\n${GOOD}\n`)
    const fields = { ...NO_ID, customer: { crm: 'custmer_id' } }
    expect(await failure(visits(folder, { fields }))).toBe(
      'shop: visits.csv has no column "custmer_id", "paid"; it has: order_no, customer_id, date, amount_paid. ' +
        'Did you mean "customer_id"? ' +
        'Correct the mapping in foreshock.yaml, or the data.',
    )
  })

  it('fails on a column name that occurs twice', async () => {
    await folder.write('visits.csv', `order_no,customer_id,date,date,paid\n`)
    expect(await failure(visits(folder))).toMatch(
      /^shop: visits\.csv has two columns named "date"; rename one of them/,
    )
  })

  it('names the separator a file really uses', async () => {
    await folder.write('visits.csv', HEADER.replaceAll(',', ';'))
    expect(await failure(visits(folder))).toMatch(
      /^shop: visits\.csv seems to separate its columns by ";"; set `delimiter`/,
    )
  })

  it('fails on a kind the profile does not have', async () => {
    await folder.write('visits.csv', `${HEADER}\n${GOOD}\n`)
    const source = visits(folder, {
      fields: { ...NO_ID, kind: { value: 'vist' } },
      kinds: { 保养: 'servce' },
    })
    expect(await failure(source)).toMatch(
      /the kind "servce", which is not one of .* the kind "vist".*Did you mean "visit"\?/,
    )
  })

  it('still takes the other files of the folder', async () => {
    await folder.write('visits/a.csv', `wrong\n1\n`)
    await folder.write('visits/b.csv', `${HEADER}\n${GOOD}\n`)
    const taken: number[] = []
    const pulling = async () => {
      for await (const batch of visits(folder, { path: 'visits' }).pull(null, new AbortController().signal)) {
        taken.push(batch.records.length)
      }
    }
    await expect(pulling()).rejects.toThrow(/visits\/a\.csv has no column "order_no".*; it has: wrong\./)
    expect(taken).toEqual([20])
  })
})

describe('a place that cannot be read', () => {
  it('does not exist', async () => {
    expect(await failure(visits(folder, { path: 'gone.csv' }))).toBe(
      `shop: gone.csv does not exist. Paths start from the folder of the config file, ${folder.path}.`,
    )
  })

  it('holds no matching file', async () => {
    await mkdir(path.join(folder.path, 'visits'))
    await writeFile(path.join(folder.path, 'visits', 'readme.md'), '')
    expect(await failure(visits(folder, { path: 'visits' }))).toMatch(
      /^shop: visits holds no matching file\. Put a file/,
    )
    const patterned = visits(folder, { path: 'visits', pattern: 'v-*.csv' })
    expect(await failure(patterned)).toMatch(/Check the pattern "v-\*\.csv"\.$/)
  })

  it('has a pattern but is a file, or an ending that tells nothing', async () => {
    await folder.write('visits.csv', '')
    await folder.write('visits.dat', '')
    expect(await failure(visits(folder, { pattern: '*.csv' }))).toMatch(
      /is a file, and `pattern` is for folders/,
    )
    expect(await failure(visits(folder, { path: 'visits.dat' }))).toMatch(
      /Set `format` to csv, tsv, blank, ndjson or xlsx\.$/,
    )
  })
})

describe('check', () => {
  it('finds nothing wrong with a good source', async () => {
    await folder.write('visits.csv', `${HEADER}\n${GOOD}\n`)
    expect(await visits(folder).check()).toEqual([])
  })

  it('reports everything in one go', async () => {
    await folder.write('visits/a.csv', `order_no,custmer_id,date,paid\n`)
    await folder.write('visits/b.csv', `${HEADER}\n${GOOD}\nV,C1,never,5\n`)
    await folder.write('visits/c.csv', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]))
    const notes: string[] = []
    const source = visits(folder, { path: 'visits', kinds: { 保养: 'servce' } })
    const findings = await source.check((says) => notes.push(says))
    expect(findings).toEqual([
      expect.stringMatching(/^shop: the mapping names the kind "servce"/),
      expect.stringMatching(
        /^shop: visits\/a\.csv has no column "customer_id".* Did you mean "custmer_id"\?$/,
      ),
      expect.stringMatching(
        /^shop: visits\/c\.csv is not UTF-8 \(near line 1\) and not GBK \(near line 1\); save it as UTF-8$/,
      ),
    ])
    // A few bad rows stop nothing.
    expect(notes).toEqual([
      expect.stringMatching(/^shop: visits\/b\.csv has 1 unusable row of 21: line 22: date "never"/),
    ])
  })

  it('reports a missing path once', async () => {
    expect(await visits(folder, { path: 'gone.csv' }).check()).toEqual([
      `shop: gone.csv does not exist. Paths start from the folder of the config file, ${folder.path}.`,
    ])
  })

  it('names NDJSON keys that no row has', async () => {
    await folder.write('visits.ndjson', '{"order_no":"1","customer_id":"C1","date":"2026-05-01","payd":5}\n')
    expect(await visits(folder, { path: 'visits.ndjson' }).check()).toEqual([
      'shop: visits.ndjson has no row with "paid"',
    ])
  })
})
