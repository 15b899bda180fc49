import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sentiment } from './sentiment.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreshock-moods-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Rows of a table whose texts say by their words which side they are on. */
function rows(count: number, row: (at: number, good: boolean) => string): string {
  return Array.from({ length: count }, (_, at) => row(at, at % 2 === 0)).join('\n')
}

test('holds out, learns and judges files of the same shape', async () => {
  const put = (name: string, words: string) => writeFile(join(folder, name), gzipSync(`${words}\n`))
  const zh = (at: number, good: boolean) => `第${at}次来，${good ? '很满意' : '太差了'}`
  const side = (good: boolean) => (good ? 1 : 0)
  await put(
    'zh-shopping-reviews.csv.gz',
    `category,positive,text\n${rows(60, (at, good) => `${at % 3 === 0 ? '书' : '灯'},${side(good)},${zh(at, good)}`)}`,
  )
  await put(
    'zh-hotel-reviews.csv.gz',
    `positive,text\n${rows(40, (at, good) => `${side(good)},${zh(at, good)}`)}`,
  )
  await put(
    'zh-bank-comments.csv.gz',
    `class,text\n${rows(60, (at, good) => (at % 3 === 0 ? `2,几点开门${at}` : `${side(good)},${zh(at, good)}`))}`,
  )
  await put(
    'en-review-sentences.csv.gz',
    `source,positive,text\n${rows(60, (at, good) => `${['amazon', 'yelp', 'imdb'][at % 3]},${side(good)},visit ${at} was ${good ? 'great' : 'awful'}`)}`,
  )
  await put(
    'en-finance-complaints.csv.gz',
    `Consumer complaint narrative\n${rows(10, (at) => `they never called me ${at}`)}`,
  )
  const { figures } = await sentiment({ data: folder, quick: true, seed: '1' })
  const found = Object.fromEntries(figures.map(({ id, value }) => [id, value]))
  expect(found['sentiment.hotel.own.accuracy']).toBe(1)
  expect(found).toMatchObject({
    'sentiment.shopping.together.accuracy': expect.any(Number),
    'sentiment.bank.own.macro_f1': expect.any(Number),
    'sentiment.unseen.hotel.accuracy': expect.any(Number),
    'sentiment.unseen.shopping.书.accuracy': expect.any(Number),
    'sentiment.unseen.shopping.mean': expect.any(Number),
    'sentiment.unseen.english.accuracy': expect.any(Number),
  })
})
