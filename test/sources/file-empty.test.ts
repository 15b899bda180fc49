import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Folder, HEADER, NO_ID, newFolder, pull, visitRows, visits } from './folder.ts'

let folder: Folder
beforeEach(async () => {
  folder = await newFolder()
})
afterEach(() => folder.remove())

it('an empty file holds nothing, and is no fault; emptied, it takes nothing away', async () => {
  for (const name of ['visits.csv', 'visits.tsv', 'visits.txt', 'visits.ndjson', 'visits.csv.gz']) {
    await folder.write(name, name.endsWith('.gz') ? gzipSync('') : '')
    const { records, rejected } = await pull(visits(folder, { path: name }))
    expect([name, records, rejected]).toEqual([name, [], []])
    expect(await visits(folder, { path: name }).check()).toEqual([])
  }
  await folder.write('visits.csv', `${HEADER}\n${visitRows(20)}\n`)
  const full = await pull(visits(folder, { fields: NO_ID }))
  await folder.write('visits.csv', '')
  const { ended, rejected } = await pull(visits(folder, { fields: NO_ID }), full.cursor)
  expect(ended).toEqual([])
  expect(rejected.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('has 0 rows, 20 at an earlier pull'),
  ])
})
