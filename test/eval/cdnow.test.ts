import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cdnow } from './cdnow.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreshock-cdnow-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Forty made-up customers in the shop's format: even ones keep buying, odd ones bought once in spring. */
function orders(): string[] {
  return Array.from({ length: 40 }, (_, customer) => {
    const id = String(customer).padStart(5, '0')
    const steady = ['19970201', '19970415', '19970620', '19970910', '19971220']
    const days = customer % 2 === 0 ? steady : ['19970310']
    return days.map((day) => ` ${id} ${day}  1   11.77`)
  }).flat()
}

const write = (lines: readonly string[]) =>
  writeFile(
    join(folder, 'cdnow-master.txt.gz'),
    gzipSync([' customer_id  date number_of_cds  dollar_value', ...lines, ''].join('\n')),
  )

test('reads, scores and judges a file of the same shape', async () => {
  await write([...orders(), ' 00001 19970230  1   11.77'])
  const { figures } = await cdnow({ data: folder, quick: true, seed: '1' })
  expect(Object.fromEntries(figures.map(({ id, value }) => [id, value]))).toEqual({
    'cdnow.customers': 40,
    'cdnow.rows': 120,
    'cdnow.quarantined': 1,
    'cdnow.rules.auc': 1,
    'cdnow.recency.auc': 1,
    'cdnow.seconds': expect.any(Number),
  })
})

test('a missing data file is said in one sentence', async () => {
  await expect(cdnow({ data: folder, quick: true, seed: '1' })).rejects.toThrow(
    `There is no cdnow-master.txt.gz in ${folder}.`,
  )
})
