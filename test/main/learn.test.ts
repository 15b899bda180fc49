import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ForeshockError } from '../../src/errors.ts'
import { type LearnWords, learn } from '../../src/main/learn.ts'

/** `foreshock learn` from the words typed to the words printed. */

const folder = mkdtempSync(join(tmpdir(), 'foreshock-learn-'))
const table = join(folder, 'customers.csv')
beforeAll(() => {
  const rows = Array.from({ length: 90 }, (_, row) => {
    const left = (row * 7) % 10 < 4
    return `${left === (row % 5 > 0) ? 'monthly' : 'yearly'},${(row * 13) % 50},${left ? 'yes' : 'no'}`
  })
  writeFileSync(table, `${['plan,visits,left', ...rows].join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true }))

async function typed(words: LearnWords, signal = new AbortController().signal) {
  const printed: { data?: object; words?: string; shares: (number | null)[] } = { shares: [] }
  const terminal = {
    say: () => {},
    note: () => {},
    table: () => {},
    done: () => {},
    fail: (error: ForeshockError) => {
      throw error
    },
    progress: (at: { share: number | null } | null) => void printed.shares.push(at?.share ?? null),
    result: (data: object, result: string) => void Object.assign(printed, { data, words: result }),
  }
  await learn({ table, label: 'left', cv: '3', algo: 'logistic', ...words }, terminal, signal)
  return printed
}

test('prints figures, how far to trust them and what they rest on; a bar shows how far it is', async () => {
  const { words, data, shares } = await typed({})
  expect(words).toMatch(
    /^Out of fold, 3 folds:\nrows +90, of which 36 are "yes" in left\nalgorithm +logistic /,
  )
  expect(words).toMatch(
    /\nAUC +0\.\d{4} \(folds: 0\.\d{3} 0\.\d{3} 0\.\d{3}\)\nPR-AUC +0\.\d{4}\nBrier +0\.\d{4}\n/,
  )
  expect(words).toMatch(/\nfeature +AUC lost without it\nplan +0\.\d{4}\nvisits +-?0\.\d{4}$/)
  expect(data).toMatchObject({
    rows: 90,
    positives: 36,
    positive: 'yes',
    algorithm: 'logistic',
    auc: expect.any(Number),
    prAuc: expect.any(Number),
    brier: expect.any(Number),
    top10: { rows: 9, recall: expect.any(Number), precision: expect.any(Number), lift: expect.any(Number) },
    features: [{ name: 'plan' }, { name: 'visits' }],
    notes: [],
  })
  expect(shares.at(-1)).toBe(1)
})

test.each([
  [{ algo: 'gdbt' }, 'There is no algorithm "gdbt". Did you mean "gbdt"?'],
  [{ seed: 'x' }, '--seed "x" is not a whole number.'],
  [{ cv: 'many' }, '--cv must be a whole number from 2 to 20.'],
  [{ table: join(folder, 'no.csv') }, `There is no file ${join(folder, 'no.csv')}.`],
])('%j is refused', async (words, message) => {
  await expect(typed(words)).rejects.toMatchObject({ message, hint: expect.stringMatching(/\.$/) })
})

test('stopped from outside, it says so', async () => {
  await expect(typed({}, AbortSignal.abort())).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'Stopped before the end.',
  })
})
