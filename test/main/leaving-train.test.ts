import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type LeavingWords, leavingTrain } from '../../src/main/leaving-train.ts'
import { lexiconBy, senseBy } from '../../src/main/shipped.ts'
import { LEAVING } from '../../src/paths.ts'
import { readWords } from '../../src/voice/words.ts'

/** `foreshock voices leaving` from the words typed to the files written. */

const folder = mkdtempSync(join(tmpdir(), 'foreshock-leaving-'))
afterAll(() => rmSync(folder, { recursive: true }))

const put = (name: string, words: string) => {
  const file = join(folder, name)
  writeFileSync(file, words)
  return file
}

async function typed(words: LeavingWords) {
  const printed: { data?: object; words?: string } = {}
  const nothing = () => {}
  const terminal = {
    say: nothing,
    note: nothing,
    table: nothing,
    done: nothing,
    progress: nothing,
    fail: nothing,
    result: (data: object, result: string) => void Object.assign(printed, { data, words: result }),
  }
  await leavingTrain({ out: join(folder, 'out'), ...words }, terminal, new AbortController().signal, own)
  return printed
}

/** A piece of what is shipped: the whole takes a minute. */
const own = put(
  'own.txt',
  readFileSync(join(LEAVING, 'own.txt'), 'utf8').split('\n').slice(0, 400).join('\n'),
)
const sayings = ['把蓝本子合上吧', '蓝本子今天合上', '那就合上蓝本子', '蓝本子我们合上了']
const cases = put(
  'said.txt',
  `\uFEFF# ours\r\n== leaving\r\n${sayings.map((words) => `strong negative | ${words}`).join('\r\n')}\r\n\r\n- | 蓝本子还差一页\r\n`,
)
const texts = put('reviews.csv', 'text,label\n房间很大。早餐不错,positive\n我要退款,negative\n')

test('learns from judged sentences and ordinary texts, and writes weights with their card', async () => {
  const { data, words } = await typed({ cases: [cases], data: [texts] })
  const file = join(folder, 'out', 'weights.json')
  expect(data).toMatchObject({
    counts: [
      { file: 'said.txt', sentences: 5, 'strong-churn': 4, 'strong-negative': 4, competitor: 0 },
      { file: 'own.txt' },
    ],
    general: 3,
  })
  expect(words).toContain(`written to ${file}.`)
  expect(readFileSync(join(folder, 'out', 'card.md'), 'utf8')).toContain('| said.txt | 5 | 4 | 0 | 0 | 4 |')
  const hits = readWords('我们把蓝本子合上了', lexiconBy(senseBy(file).of, []))
  expect(hits).toContainEqual(expect.objectContaining({ term: '整句要走', counted: true, why: 'sounds' }))
})

test.each<[string, () => LeavingWords, string]>([
  [
    'a line that is none',
    () => ({ cases: [put('a.txt', '- | x\nstrong x\n')] }),
    'a.txt, line 2 is not "classes',
  ],
  [
    'an unknown class',
    () => ({ cases: [put('b.txt', 'leaving | I go\n')] }),
    'b.txt, line 1 is not "classes',
  ],
  ['a file that is away', () => ({ cases: [join(folder, 'away.txt')] }), 'away.txt'],
  [
    'texts that are away',
    () => ({ cases: [cases], data: [join(folder, 'away.csv')] }),
    'There is nothing at ',
  ],
])('%s is said', async (_, words, said) => {
  await expect(typed(words())).rejects.toThrow(said)
})
