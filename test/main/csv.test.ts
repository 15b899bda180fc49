import { expect, test } from 'vitest'
import { csvOf } from '../../src/main/csv.ts'

test('no cell of a table is a formula to a spreadsheet', () => {
  const nasty = ['=1+1', '+86 138', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =cmd|calc', '＝1', '＠x', '|calc']
  const written = csvOf(
    ['words'],
    nasty.map((words) => [words]),
  )
  expect(written.startsWith('\ufeffwords\r\n')).toBe(true)
  const cells = written.slice(1).split('\r\n').slice(1, -1)
  expect(cells.map((cell) => cell.replace(/^"/, '').charAt(0))).toEqual(nasty.map(() => "'"))
})

test('numbers stay numbers, commas and line ends stay in their cell, null is empty', () => {
  expect(csvOf(['a', 'b', 'c'], [[-0.5, '他说，“好”, 真的\n"行"', null]])).toBe(
    '\ufeffa,b,c\r\n-0.5,"他说，“好”, 真的\n""行""",\r\n',
  )
})
