import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { telco } from './telco.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreshock-telco-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('reads, learns and judges a file of the same shape', async () => {
  const rows = Array.from({ length: 80 }, (_, row) => {
    const leaves = (row * 7) % 10 < 4
    return `K${row},${leaves === (row % 6 > 0) ? 'Month-to-month' : 'Two year'},${(row * 13) % 70},${leaves ? 'Yes' : 'No'}`
  })
  const words = ['customerID,Contract,tenure,Churn', ...rows, ''].join('\n')
  await writeFile(join(folder, 'telco-churn.csv.gz'), gzipSync(words))
  const { figures } = await telco({ data: folder, quick: true, seed: '1' })
  const found = Object.fromEntries(figures.map(({ id, value }) => [id, value]))
  expect(found).toMatchObject({ 'telco.rows': 80, 'telco.model.auc': expect.any(Number) })
  expect(found['telco.model.auc']).toBeGreaterThan(0.7)
})

test('a missing data file is said in one sentence', async () => {
  await expect(telco({ data: folder, quick: true, seed: '1' })).rejects.toThrow(
    `There is no file ${join(folder, 'telco-churn.csv.gz')}.`,
  )
})
