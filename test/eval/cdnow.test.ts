import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cdnow } from './cdnow.ts'

const CUSTOMERS = 160

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreshock-cdnow-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Made-up customers in the shop's format: even ones keep buying, most odd ones stop on a day of their own. */
function orders(): string[] {
  const days = (customer: number) => {
    const stops = customer % 2 === 0 || customer % 7 === 0 ? 546 : 60 + ((customer * 37) % 400)
    const gap = 25 + ((customer * 11) % 60)
    return Array.from({ length: 40 }, (_, order) => (customer % 60) + order * gap).filter(
      (day) => day < stops,
    )
  }
  const written = (day: number) =>
    new Date(Date.UTC(1997, 0, 1 + day)).toISOString().slice(0, 10).replaceAll('-', '')
  return Array.from({ length: CUSTOMERS }, (_, customer) =>
    days(customer).map(
      (day, order) => ` ${String(customer).padStart(5, '0')} ${written(day)}  ${1 + (order % 3)}   11.77`,
    ),
  ).flat()
}

const write = (lines: readonly string[]) =>
  writeFile(
    join(folder, 'cdnow-master.txt.gz'),
    gzipSync([' customer_id  date number_of_cds  dollar_value', ...lines, ''].join('\n')),
  )

test('reads, scores, learns and judges a file of the same shape', async () => {
  await write([...orders(), ' 00001 19970230  1   11.77'])
  const { figures } = await cdnow({ data: folder, quick: true, seed: '1' })
  const found = Object.fromEntries(figures.map(({ id, value }) => [id, value]))
  expect(found).toMatchObject({ 'cdnow.customers': CUSTOMERS, 'cdnow.quarantined': 1 })
  for (const id of ['rules', 'model', 'rfm', 'bgnbd', 'forward.model', 'forward.active.model']) {
    expect(found[`cdnow.${id}.auc`]).toBeGreaterThan(0.6)
  }
  expect(figures.every(({ value }) => Number.isFinite(value))).toBe(true)
})

test('a missing data file is said in one sentence', async () => {
  await expect(cdnow({ data: folder, quick: true, seed: '1' })).rejects.toThrow(
    `There is no cdnow-master.txt.gz in ${folder}.`,
  )
})
