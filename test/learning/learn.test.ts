import { expect, test } from 'vitest'
import { chanceOf } from '../../src/learning/chance.ts'
import { type LearnOptions, learnTable, type Words } from '../../src/learning/learn.ts'

const chance = chanceOf(11)
/** Monthly customers mostly leave; the rest of the columns say little or nothing. */
const customers = Array.from({ length: 240 }, (_, row) => {
  const plan = ['monthly', 'yearly', ''][Math.floor(chance() * 2.2)]!
  const left = chance() < (plan === 'monthly' ? 0.7 : 0.1)
  return {
    id: `K-${row}`,
    plan,
    bill: row === 5 ? 'n/a' : (20 + 80 * chance()).toFixed(2),
    country: 'DE',
    row: String(row + 1),
    left: left ? 'Yes' : 'No',
  }
})

function table(rows: readonly Record<string, string>[] = customers): Words {
  const columns = Object.keys(rows[0]!)
  return {
    columns,
    rows: rows.map((row, at) => ({ line: at + 2, cells: columns.map((name) => row[name]!) })),
  }
}

const learn = (words: Words, more: Partial<LearnOptions> = {}) =>
  learnTable(words, { label: 'left', cv: 3, algorithm: 'logistic', seed: 1, ...more })

test('finds out what the columns are, judges out of fold and says what it left out', async () => {
  const shares: number[] = []
  const report = await learn(table(), { progress: (share) => shares.push(share) })
  expect(report).toMatchObject({ rows: 240, positive: 'Yes', cv: 3, algorithm: 'logistic' })
  expect(report.evaluation.auc).toBeGreaterThan(0.7)
  expect(report.evaluation.rows).toHaveLength(240)
  expect(report.evaluation.importance.map(({ name }) => name)).toEqual(['plan', 'bill'])
  expect(report.notes).toEqual([
    '"id" is a different text in nearly every row, like an id, and was left out.',
    '"country" is "DE" everywhere and was left out.',
    '"row" numbers the rows and was left out.',
  ])
  expect(shares.at(-1)).toBe(1)
  expect([...shares].sort((a, b) => a - b)).toEqual(shares)
})

test('the same seed gives the same report; --id is not learned from', async () => {
  const options = { id: 'id' }
  const report = await learn(table(), options)
  expect(await learn(table(), options)).toEqual(report)
  expect(report.notes.join()).not.toContain('"id"')
})

test('rows without a label are left out, odd cells are unknown, both are said', async () => {
  const rows = customers.map((row, at) => ({
    ...row,
    left: at < 3 ? '' : row.left,
    bill: at === 9 ? 'ask Bo' : row.bill,
  }))
  const { notes, rows: used } = await learn(table(rows))
  expect(used).toBe(237)
  expect(notes).toContain('3 rows have no label and were left out.')
  expect(notes).toContain('"bill" holds numbers, but line 11 has "ask Bo": taken as unknown.')
})

test('chance labels cannot be learned', async () => {
  const draw = chanceOf(4)
  const rows = customers.map((row) => ({ ...row, left: draw() < 0.4 ? 'Yes' : 'No' }))
  const { evaluation } = await learn(table(rows))
  expect(Math.abs(evaluation.auc - 0.5)).toBeLessThan(0.1)
})

const with3 = customers.map((row, at) => (at < 9 ? { ...row, left: 'Perhaps' } : row))
test.each<[string, Words, Partial<LearnOptions>, RegExp]>([
  ['no such label', table(), { label: 'Left ' }, /no column "Left " \(--label\)\. Did you mean "left"\?/],
  ['no such id', table(), { id: 'ids' }, /no column "ids" \(--id\)\. Did you mean "id"\?/],
  ['three values', table(with3), {}, /"left" has 3 different values: "No", "Perhaps", "Yes"\./],
  ['no such value', table(), { positive: 'Yess' }, /No row has "Yess" in "left"\. Did you mean "Yes"\?/],
  ['one class', table(customers.map((row) => ({ ...row, left: 'No' }))), {}, /one class only/],
  [
    'a value nobody can know',
    table(customers.map((row) => ({ ...row, left: `${row.left.length}` }))),
    {},
    /Which value of "left"/,
  ],
  ['few rows', table(customers.slice(0, 9)), {}, /There are 9 rows with a label; at least 10/],
  [
    'few of a class',
    table(customers.map((row, at) => ({ ...row, left: at < 4 ? 'Yes' : 'No' }))),
    { cv: 5 },
    /Only 4 rows of one class.*5 folds/,
  ],
  ['folds', table(), { cv: 1.5 }, /--cv must be a whole number from 2 to 20/],
  [
    'infinity',
    table(customers.map((row, at) => ({ ...row, bill: at === 7 ? '-inf' : row.bill }))),
    {},
    /Line 9: bill is "-inf", which is no finite number/,
  ],
  [
    'nothing to learn from',
    table(customers.map(({ id, left }) => ({ id, left }))),
    {},
    /No column is left to learn from/,
  ],
])('%s is refused in one sentence', async (_, words, options, wanted) => {
  await expect(learn(words, options)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(wanted),
    hint: expect.stringMatching(/\.$/),
  })
})

test('a third value is no obstacle when it is said which one means leaving', async () => {
  expect(await learn(table(with3), { positive: 'Yes' })).toMatchObject({ positive: 'Yes', rows: 240 })
})
