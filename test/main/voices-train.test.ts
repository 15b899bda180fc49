import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { ForeshockError } from '../../src/errors.ts'
import { type VoicesTrainWords, voicesTrain } from '../../src/main/voices-train.ts'
import { unpackWeights } from '../../src/voice/sentiment-weights.ts'

/** `foreshock voices train` from the words typed to the files written. */

const folder = mkdtempSync(join(tmpdir(), 'foreshock-voices-'))
afterAll(() => rmSync(folder, { recursive: true }))

const put = (name: string, words: string) => {
  const file = join(folder, name)
  writeFileSync(file, words)
  return file
}

async function typed(words: VoicesTrainWords) {
  const printed: { data?: object; words?: string } = {}
  const terminal = {
    say: () => {},
    note: () => {},
    table: () => {},
    done: () => {},
    progress: () => {},
    fail: (error: ForeshockError) => {
      throw error
    },
    result: (data: object, result: string) => void Object.assign(printed, { data, words: result }),
  }
  const out = join(folder, 'out')
  await voicesTrain({ out, ...words }, terminal, new AbortController().signal)
  return printed
}

const rows = Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? `很好${at},正面` : `太差${at},negative`))
const table = put('mine.csv', `text,label\n${rows.join('\n')}\n`)

test('learns from a table and more labelled rows, and writes weights with their card', async () => {
  const more = put(
    'corrected.ndjson',
    '{"text":"还行吧","label":"neutral"}\n{"text":"糟透了","label":"Negative"}\n',
  )
  const { data, words } = await typed({ data: [table, more] })
  expect(data).toMatchObject({ rows: 32, file: join(folder, 'out', 'weights.bin'), shipped: false })
  expect(words).toMatch(
    /^file +negative +neutral +positive\nmine\.csv +15 +0 +15\ncorrected\.ndjson +1 +1 +0\n/,
  )
  expect(unpackWeights(readFileSync(join(folder, 'out', 'weights.bin')), 'it').head.version).toBe(3)
  expect(readFileSync(join(folder, 'out', 'card.md'), 'utf8')).toContain(
    '| mine.csv | 15 | 0 | 15 | your own |',
  )
})

test('a folder is read as its sources.yaml says', async () => {
  put('said.csv', 'mood,what,where\ngood,太好了,a\nbad,太差了,a\ngood,喜欢,b\nbad,讨厌,b\n')
  put('calm.csv', 'what\n几点开门\n\n')
  put(
    'sources.yaml',
    'sources:\n  - {file: said.csv, text: what, label: mood, labels: {good: positive, bad: negative}, domain: where}\n  - {file: calm.csv, text: what, all: neutral, about: c}\n',
  )
  expect((await typed({ data: [folder] })).data).toMatchObject({ rows: 5 })
})

test.each<[string, () => VoicesTrainWords, string]>([
  ['nothing there', () => ({ data: [join(folder, 'away.csv')] }), 'There is nothing at '],
  ['no such column', () => ({ data: [put('a.csv', 'words,label\nx,positive\n')] }), 'has no column "text"'],
  [
    'an unknown label',
    () => ({ data: [put('b.csv', 'text,label\nx,great\n')] }),
    'line 2: "great" is no label.',
  ],
  [
    'a label that every object has',
    () => ({ data: [put('e.csv', 'text,label\nx,constructor\n')] }),
    'line 2: "constructor" is no label.',
  ],
  [
    'one class only',
    () => ({ data: [put('c.csv', 'text,label\nx,positive\n')] }),
    'All texts are labelled positive.',
  ],
  ['broken NDJSON', () => ({ data: [put('d.ndjson', '{"text":"a"\n')] }), 'line 1 is not {"text"'],
  ['a seed that is none', () => ({ data: [table], seed: 'x' }), '--seed "x" is not a whole number.'],
  ['nothing given', () => ({ data: [] }), 'There is no labelled text'],
])('%s is said in one sentence', async (_, words, said) => {
  await expect(typed(words())).rejects.toThrow(said)
})

test('a sources.yaml that cannot be read says where', async () => {
  put('sources.yaml', 'sources:\n  - {file: a.csv, text: t}\n')
  await expect(typed({ data: [folder] })).rejects.toThrow('give either "label" and "labels", or "all"')
})
